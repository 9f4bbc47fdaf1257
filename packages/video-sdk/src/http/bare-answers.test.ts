// What stands between an app and its routes may answer anything, for minutes. It ends no job.
import { describe, expect, test } from "vitest";
import {
  answering,
  engineOverRoutes,
  MINUTE,
  request,
  SECOND,
  VIDEO,
  type Answer,
} from "./__fixtures__/engine-over-routes.ts";

const bare =
  (status: number, body = "") =>
  (): Answer => ({ status, body });

const ANSWERS: readonly (readonly [string, () => Answer])[] = [
  ["an empty 404, as an auth middleware gives it", bare(404)],
  ["a 404 in HTML", bare(404, "<h1>404</h1>")],
  ["a host's own 404", answering({ error: { code: "404" } }, 404)],
  ["a bare 410", bare(410)],
  ["a bare 401", bare(401)],
  ["a firewall's 403", bare(403, "<h1>Forbidden</h1>")],
  ["a bare 402", bare(402)],
  ["a 422 without a word", answering({}, 422)],
  ["a 422 with a text", answering({ error: "Flagged." }, 422)],
  ["a refusal of our routes for now, to which a gateway gave 200", answering({ error: { code: "rate-limited" } })],
  ["the same in the plain shape", answering({ success: false, error: "Later.", code: "not-signed-in" })],
  ...(["invalid-request", "unknown-model", "insufficient-credits", "price-changed", "too-large"] as const).map(
    (code) => [`${code} with 200, which is about a call`, answering({ success: false, error: "?", code })] as const,
  ),
  ["key-reused with 200", answering({ error: { code: "key-reused" } })],
  ["not-configured with 200", answering({ error: { code: "not-configured" } })],
  ["a status without a verdict", answering({ status: "processing", error: {} })],
  ["an error of nulls", answering({ error: { code: null, message: null } })],
  ["success that is still processing", answering({ success: true, status: "processing" })],
  ["success in a shape that is new to us", answering({ success: true, clip: { id: 7 } })],
];

describe("seven minutes of this, and then the video", () => {
  test.each(ANSWERS)("%s: the video is delivered and charged once", async (_, answer) => {
    const { engine, clock, ledger, answerStatus } = engineOverRoutes();
    const generation = engine.generate(request);
    await clock.advance(5 * SECOND);
    answerStatus(answer);
    await clock.advance(7 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    answerStatus(undefined);
    await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured", videos: [VIDEO] });
    ledger.assertBalanced();
  });
});

test.each([404, 200])("seven minutes of a `not-found` of our own routes (%i) do end the job", async (status) => {
  const { engine, clock, ledger, answerStatus } = engineOverRoutes();
  const generation = engine.generate(request);
  await clock.advance(5 * SECOND);
  answerStatus(answering({ error: { code: "not-found", message: "Gone." } }, status));
  await clock.advance(MINUTE);
  expect(generation.getSnapshot()).toMatchObject({ status: "running" });
  await clock.advance(7 * MINUTE);
  expect(generation.getSnapshot()).toMatchObject({
    status: "failed",
    settlement: "released",
    error: { code: "not-found" },
  });
  ledger.assertBalanced();
});

test.each([
  { success: true, videos: JSON.stringify([VIDEO]) },
  { success: true, data: JSON.stringify({ videos: [{ url: VIDEO }] }) },
  { status: "succeeded", result: { resultUrls: [VIDEO] } },
  { success: true, videos: [], output: VIDEO },
])("a video that is said as %j is delivered and charged once", async (body) => {
  const { engine, clock, ledger, answerStatus } = engineOverRoutes();
  const generation = engine.generate(request);
  await clock.advance(5 * SECOND);
  answerStatus(answering(body));
  await clock.advance(MINUTE);
  expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured", videos: [VIDEO] });
  ledger.assertBalanced();
});

test("a text that begins with a byte order mark is read, also where the runtime leaves the mark there", async () => {
  const { engine, clock, ledger, answerStatus } = engineOverRoutes();
  const generation = engine.generate(request);
  await clock.advance(5 * SECOND);
  answerStatus(bare(200, `\uFEFF${JSON.stringify({ success: true, videos: [VIDEO] })}`));
  await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured", videos: [VIDEO] });
  ledger.assertBalanced();
});
