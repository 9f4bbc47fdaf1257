// What stands between an app and its routes may answer anything, for minutes. It ends no job.
import { HttpResponse } from "msw";
import { describe, expect, test, vi } from "vitest";
import {
  CREDITS,
  expectSettled,
  fakeNetworkAndTime,
  MINUTE,
  openApp,
  request,
  SECOND,
  video,
} from "./support/open-app.ts";

fakeNetworkAndTime();

const ANSWERS: readonly (readonly [string, () => Response])[] = [
  ["an empty 404, as an auth middleware gives it", () => new HttpResponse(null, { status: 404 })],
  ["a 404 in HTML", () => HttpResponse.html("<h1>404</h1>", { status: 404 })],
  ["a host's own 404", () => HttpResponse.json({ error: { code: "404" } }, { status: 404 })],
  ["a bare 410", () => new HttpResponse(null, { status: 410 })],
  ["a bare 401", () => new HttpResponse(null, { status: 401 })],
  ["a firewall's 403", () => HttpResponse.html("<h1>Forbidden</h1>", { status: 403 })],
  ["a bare 402", () => new HttpResponse(null, { status: 402 })],
  ["a 422 without a word", () => HttpResponse.json({}, { status: 422 })],
  ["a status without a verdict", () => HttpResponse.json({ status: "processing", error: {} })],
  ["an error of nulls", () => HttpResponse.json({ error: { code: null, message: null } })],
  ["success that is still processing", () => HttpResponse.json({ success: true, status: "processing" })],
  ["success in a shape that is new to us", () => HttpResponse.json({ success: true, clip: { id: 7 } })],
];

describe("seven minutes of this, and then the video", () => {
  test.each(ANSWERS)("%s: the video is delivered and charged once", async (_, answer) => {
    const app = openApp({ routes: { jobMs: 30 * SECOND } });
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    expect(app.routes.jobs).toHaveLength(1);
    app.routes.answerNext("status", ...Array.from({ length: 1_000 }, () => answer));
    await vi.advanceTimersByTimeAsync(7 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    app.routes.clearFaults("status");
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured", videos: [video] });
    expect(app.backend.books.captured).toBe(CREDITS);
    expectSettled(app);
  });

  test("a not-found of our own routes does end the job", async () => {
    const app = openApp({ routes: { jobMs: 30 * SECOND } });
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    const gone = () => HttpResponse.json({ error: { code: "not-found", message: "Gone." } }, { status: 404 });
    app.routes.answerNext("status", ...Array.from({ length: 1_000 }, () => gone));
    await vi.advanceTimersByTimeAsync(7 * MINUTE);
    expect(await generation.outcome).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code: "not-found" },
    });
    expectSettled(app);
  });
});
