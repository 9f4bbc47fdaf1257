// No answer is no answer. Every shape in which a runtime says so means the same to us: a submit may have been accepted and is sent once,
// a question says nothing about the job, and only a signal cancels. The table is __fixtures__/network-errors.ts.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createEngine } from "../engine/create-engine.ts";
import { videoErrorData } from "../errors.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { openHttp, withCancel } from "./__fixtures__/http-world.ts";
import { NETWORK_ERRORS, ODD_ERRORS, type NetworkErrorRow } from "./__fixtures__/network-errors.ts";
import type { ScriptedAnswer } from "./__fixtures__/script-fetch.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import type { HttpResponse, KyLike } from "./fetch-request.ts";

const RUNTIMES = ["React Native", "Chrome", "Safari", "Firefox", "undici", "Bun", "Deno", "workerd", "expo/fetch"];
const ROWS = [...NETWORK_ERRORS, ...ODD_ERRORS];
const UNKNOWN = { ok: false, certainty: "unknown" };
/** The question was ended by its caller: nothing of it is told. */
const ENDED = { ...UNKNOWN, error: videoErrorData("unreachable") };
/** The developer reads what the runtime said. */
const UNANSWERED = { ...UNKNOWN, error: videoErrorData("unreachable", { details: { reason: expect.any(String) } }) };

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

const rejected =
  ({ make }: NetworkErrorRow): ScriptedAnswer =>
  () =>
    Promise.reject(make() as Error); // whatever it is
const brokenOff = ({ make }: NetworkErrorRow): ScriptedAnswer => {
  const response = new Response("{}");
  Object.defineProperty(response, "text", { value: () => Promise.reject(make() as Error) });
  // As React Native has it.
  Object.defineProperty(response, "body", { value: undefined });
  return response;
};
const brokenStream = ({ make }: NetworkErrorRow): ScriptedAnswer =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(make()) }));

test.each(RUNTIMES)("the table has what %s throws: without a network, aborted and out of time", (runtime) => {
  const rows = NETWORK_ERRORS.filter((row) => row.runtime === runtime);
  expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(["network", "abort", "timeout"]));
  expect(new Set(rows.map(({ when }) => when)).size).toBe(rows.length);
});

describe.each(ROWS)("$runtime, $kind: $when", (row) => {
  test.each([
    ["instead of an answer", rejected],
    ["while the answer is read", brokenOff],
    ["while the answer is read as a stream", brokenStream],
  ])("%s: each call is sent once, and has an unknown outcome", async (_, fail) => {
    for (const call of ["submit", "status", "cancel"] as const) {
      const world = openHttp([fail(row)], withCancel);
      expect(await world[call]()).toEqual(UNANSWERED);
      expect(world.requests).toHaveLength(1);
      expect(world.clock.pending).toBe(0);
    }
  });

  test("in the place of three answers about a job: asked again, and the video is delivered", async () => {
    const world = openRoutes(row, { statusFailures: 3 });
    const generation = world.engine.generate(request);
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    expect(world.asked).toEqual({ submit: 1, status: 4 });
  });

  test("in the place of the answer to a submit: it is not sent again, and the outcome says that it is not known", async () => {
    const world = openRoutes(row, { submitFailures: 1 });
    const generation = world.engine.generate(request);
    await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({ status: "failed", error: { code: "submission-unknown" } });
    expect(world.asked).toEqual({ submit: 1, status: 0 });
  });

  test("thrown because a signal aborted: the question is over, and nothing is learned from it", async () => {
    const caller = new AbortController();
    const { api, clock } = openHttp([
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(row.make() as Error)); // whatever it is
          caller.abort();
        }),
    ]);
    const answer = api.status({ job: { requestId: "job-1" }, model: request.model }, { signal: caller.signal });
    expect(await answer).toEqual(ENDED);
    expect(clock.pending).toBe(0);
  });
});

/** An engine over the routes, whose fetch throws the row so often before it answers. Plain objects: nothing waits for real time. */
function openRoutes(row: NetworkErrorRow, { statusFailures = 0, submitFailures = 0 }) {
  const clock = createTestClock();
  const asked = { submit: 0, status: 0 };
  const failures = { submit: submitFailures, status: statusFailures };
  const http: KyLike = (url) => {
    const call = url.includes("generate") ? "submit" : "status";
    asked[call] += 1;
    // The row is thrown as it is: not every runtime throws an error.
    if (asked[call] <= failures[call]) return Promise.reject(row.make() as Error);
    const body = call === "submit" ? { queued: true, requestId: "job-1" } : { success: true, videos: [{ url: VIDEO }] };
    return Promise.resolve(answered(body));
  };
  const engine = createEngine({
    api: createHttpVideoApi({ http, clock }),
    ledger: createFakeLedger(),
    polling: defaultPollingPolicy,
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
  });
  return { engine, clock, asked };
}

const VIDEO = "https://videos.test/a.mp4";

function answered(body: unknown): HttpResponse {
  return { status: 200, headers: { get: () => null }, text: () => Promise.resolve(JSON.stringify(body)) };
}
