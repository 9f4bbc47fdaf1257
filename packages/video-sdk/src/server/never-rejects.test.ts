// Every handler answers with a Response, whatever the app's parts throw, return or reject with.
import { afterEach, describe, expect, test, vi } from "vitest";
import { VideoError, type VideoErrorCode } from "../errors.ts";
import { createRoutesWorld, GOOD, KEY, MODEL } from "./__fixtures__/routes-world.ts";
import { falProvider } from "./providers/fal-provider.ts";
import type { VideoProvider } from "./providers/provider.ts";
import type { VideoRoutes, VideoRoutesOptions } from "./create-video-routes.ts";

const cycle: Record<string, unknown> = {};
cycle["itself"] = cycle;
const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
const throwing = (): never => {
  throw new Error("do not look");
};
const withDetails = (details: Record<string, unknown>) => new VideoError("rate-limited", { details });
const withMembers = (members: PropertyDescriptorMap) =>
  Object.defineProperties(new VideoError("rate-limited"), members);

/** What an app can throw, and the code of the answer. */
const THROWN: readonly [string, unknown, VideoErrorCode][] = [
  ["details with a BigInt", withDetails({ credits: 1n }), "rate-limited"],
  ["details with a cycle", withDetails(cycle), "rate-limited"],
  ["details that are too deep to write", withDetails({ deep }), "rate-limited"],
  [
    "details with a getter that throws",
    withDetails(Object.defineProperty({}, "a", { get: throwing, enumerable: true })),
    "rate-limited",
  ],
  ["details that cannot be written", withDetails({ toJSON: throwing }), "rate-limited"],
  ["a code that this copy does not know", withMembers({ code: { value: "busy-today" } }), "internal"],
  ["a code that is a member of every object", withMembers({ code: { value: "constructor" } }), "internal"],
  ["a code that is no text", withMembers({ code: { value: 7 } }), "internal"],
  ["a code that throws", withMembers({ code: { get: throwing } }), "internal"],
  ["a message that throws", withMembers({ message: { get: throwing } }), "internal"],
  ["a message that is no text", withMembers({ message: { value: 7n } }), "rate-limited"],
  ["a wait that is no number", withMembers({ retryAfterMs: { value: "soon" } }), "rate-limited"],
  ["an endless wait", withMembers({ retryAfterMs: { value: Number.POSITIVE_INFINITY } }), "rate-limited"],
  ["an object that throws when it is looked at", new Proxy({}, { has: throwing, get: throwing }), "internal"],
  ["nothing", undefined, "internal"],
  ["null", null, "internal"],
  ["a text", "no", "internal"],
  ["a symbol", Symbol("no"), "internal"],
  ["a BigInt", 1n, "internal"],
  ["an object without a prototype", Object.create(null), "internal"],
];

const ROUTES = [
  "generateVideo",
  "videoStatus",
  "cancelVideo",
  "presignUpload",
  "extractFirstFrame",
  "webhook",
] as const;

const unhandled = vi.fn<(reason: unknown) => void>();
process.on("unhandledRejection", unhandled);
afterEach(() => unhandled.mockClear());

function requestTo(route: keyof VideoRoutes): Request {
  const url = `https://app.example/?provider=fal&modelId=${MODEL}&requestId=x`;
  const headers = { authorization: "Bearer u1", "idempotency-key": KEY };
  if (route === "videoStatus") return new Request(url, { headers });
  return new Request(url, { method: "POST", headers, body: JSON.stringify(GOOD) });
}

describe.each(THROWN)("an app that throws %s", (_, thrown, code) => {
  const throws = (): never => {
    throw thrown;
  };

  test.each(ROUTES)("gets an answer of %s in the protocol's shape", async (route) => {
    const limiter = { take: throws };
    const { routes } = createRoutesWorld({ authenticate: () => ({ userId: "u1" }), rateLimits: { limiter } });
    const response = await routes[route](requestTo(route));
    expect(response.status).toBeGreaterThan(399);
    expect(await response.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  test("gets an answer with what can be said of it", async () => {
    const submit: VideoProvider["submit"] = async () => ({ kind: "accepted", requestId: "job-0001" });
    const provider = { ...falProvider({ credentials: "" }), submit, cancel: throws };
    const { generate, cancel } = createRoutesWorld({ providers: [provider] });
    const { requestId } = (await generate(GOOD)).body;
    const { body } = await cancel({ requestId });
    expect(body.error.code).toBe(code);
    expect(body.error).not.toHaveProperty("details");
  });

  test("gets the same answer for a repeat of a submit that was kept", async () => {
    const provider = { ...falProvider({ credentials: "" }), submit: throws };
    const { generate } = createRoutesWorld({ verifyReservation: () => true, providers: [provider] });
    const { body } = await generate(GOOD, { key: KEY });
    expect((await generate(GOOD, { key: KEY })).body).toEqual(body);
  });
});

test.each(ROUTES)("a log that rejects costs nothing, and leaves nothing unhandled: %s", async (route) => {
  const onEvent: VideoRoutesOptions["onEvent"] = async () => await Promise.reject(new Error("log is full"));
  const { routes } = createRoutesWorld({ onEvent });
  const response = await routes[route](new Request("https://app.example/", { method: "PUT" }));
  expect(response.status).toBe(405);
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).not.toHaveBeenCalled();
});

test.each([undefined, null, "", 7n, {}])("a copy of a video to %s leaves the user the provider's URL", async (url) => {
  const rehost = JSON.parse("null") ?? (async () => url);
  const { generate, status, clock, events } = createRoutesWorld({ rehost });
  const { requestId } = (await generate(GOOD)).body;
  clock.jump(60_000);
  expect(await status({ requestId })).toMatchObject({
    status: 200,
    body: { videos: [{ url: expect.stringContaining("https://") }] },
  });
  expect(events).toContainEqual(expect.objectContaining({ type: "rehost-failed" }));
});
