// A session that ends while a generation runs, through the real engine: a paid job outlives it, nothing is sent without a token, and a
// refused one is renewed once per request.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createEngine } from "../engine/create-engine.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { json } from "./__fixtures__/script-fetch.ts";
import { ask, byAddress, NOT_SENT, NOT_SIGNED_IN } from "./__fixtures__/send-world.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import type { HttpAddress } from "./send.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const HOUR = 3_600_000;

type GetToken = HttpAddress["getToken"];
interface NoToken {
  readonly token: string;
  readonly none: GetToken;
  readonly answer: object;
}
const notNow = (reason: string): object => ({ ...NOT_SENT, reason });
const NO_TOKEN: readonly NoToken[] = [
  { token: "null", none: () => null, answer: NOT_SIGNED_IN },
  { token: "empty", none: () => "", answer: notNow("getToken gave none") },
  {
    token: "undefined, as from a caller without types",
    none: () => undefined as unknown as null,
    answer: notNow("getToken gave none"),
  },
  {
    token: "rejected",
    none: () => Promise.reject(new Error("The session is over.")),
    answer: notNow("getToken threw Error: The session is over."),
  },
  {
    token: "thrown",
    none: () => {
      throw new Error("The session is over.");
    },
    answer: notNow("getToken threw Error: The session is over."),
  },
  { token: "never there", none: () => new Promise(() => undefined), answer: notNow("getToken gave none") },
];

describe.each(NO_TOKEN)("a token that is $token", ({ none, answer: expected }) => {
  test("is no token: nothing is sent, and after ten seconds at the latest that is the answer", async () => {
    const world = byAddress([json({})], { getToken: none });
    const answer = ask(world);
    await world.clock.advance(10_000);
    expect(await answer).toEqual(expected);
    expect(world.requests).toHaveLength(0);
    expect(world.clock.pending).toBe(0);
  });

  test("once it is forced: the request is not repeated", async () => {
    const getToken: GetToken = ({ isForced }) => (isForced ? none({ isForced }) : "old");
    const world = byAddress([json({}, { status: 401 }), json({})], { getToken });
    const answer = ask(world);
    await world.clock.advanceUntil(() => world.requests.length === 1);
    await world.clock.advance(10_000);
    expect(await answer).toEqual(expected);
    expect(world.requests).toHaveLength(1);
    expect(world.clock.pending).toBe(0);
  });

  test("for an hour in the middle of a job is a series of missed questions: the video is delivered after it", async () => {
    const world = openSession();
    const generation = world.engine.generate(REQUEST);
    await world.clock.advanceUntil(() => world.sent.length === 1);
    world.signOut(none);
    await world.clock.advance(HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    expect(world.sent).toEqual(["POST Bearer 1"]);
    world.signIn();
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    world.ledger.assertBalanced();
  });

  test("before the submit means that there is certainly no job, and the credits are released", async () => {
    const world = openSession();
    world.signOut(none);
    const generation = world.engine.generate(REQUEST);
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code: expected === NOT_SIGNED_IN ? "not-signed-in" : "unreachable" },
    });
    expect(world.sent).toEqual([]);
    world.ledger.assertBalanced();
  });
});

describe("a token that the route refuses", () => {
  test("is renewed once for each request, submit and question alike, and the job is one", async () => {
    const world = openSession({ refused: (token) => token % 2 === 1 });
    const generation = world.engine.generate(REQUEST);
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    expect(world.sent).toEqual(["POST Bearer 1", "POST Bearer 2", "GET Bearer 3", "GET Bearer 4"]);
    expect(world.forced).toEqual([false, true, false, true]);
    expect(new Set(world.keys)).toEqual(new Set(["generation-1"]));
  });

  test("however often it is renewed does not end a paid job", async () => {
    let isRefusing = false;
    const world = openSession({ refused: () => isRefusing });
    const generation = world.engine.generate(REQUEST);
    await world.clock.advanceUntil(() => world.sent.length === 1);
    isRefusing = true;
    await world.clock.advance(HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    isRefusing = false;
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
  });
});

/** An engine over routes that check tokens, which are numbered. The video is there at the first question that gets through. */
function openSession({ refused = () => false }: { refused?: (token: number) => boolean } = {}) {
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const sent: string[] = [];
  const keys: string[] = [];
  const forced: boolean[] = [];
  let [tokens, instead]: [number, GetToken | undefined] = [0, undefined];
  const getToken: GetToken = (options) => {
    if (instead !== undefined) return instead(options);
    forced.push(options.isForced);
    return String(++tokens);
  };
  const fetch: typeof globalThis.fetch = (input, init) => {
    const { method, headers } = new Request(input, init);
    sent.push(`${method} ${headers.get("authorization")}`);
    const key = headers.get("idempotency-key");
    if (key !== null) keys.push(key);
    if (refused(tokens)) return Promise.resolve(json({ error: "expired" }, { status: 401 }));
    const video = { success: true, videos: [{ url: "https://videos.test/a.mp4" }] };
    return Promise.resolve(json(method === "POST" ? { queued: true, requestId: "job-1" } : video));
  };
  const api = createHttpVideoApi({ clock, http: { baseUrl: "https://app.test", getToken, fetch } });
  const engine = createEngine({
    api,
    ledger,
    polling: defaultPollingPolicy,
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
  });
  const signOut = (none: GetToken): void => void (instead = none);
  return { clock, ledger, engine, sent, keys, forced, signOut, signIn: () => void (instead = undefined) };
}
