// Jobs about which the routes refuse to tell, with a status that their map calls a verdict: through a whole engine, with its books.
import type { VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS } from "../errors.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";

const request: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };
const MINUTE = 60_000;

describe("a job that is refused twice", () => {
  test.each([400, 403, 422])(
    "with %i fails with the text, releases its credits, and leaves nothing open",
    async (status) => {
      const world = createTestEngine();
      world.api.playNext({ refuse: status, text: "Flagged." });
      const generation = world.engine.generate(request);
      await world.clock.advance(5 * MINUTE);
      expect(generation.getSnapshot()).toMatchObject({
        status: "failed",
        settlement: "released",
        error: { code: "provider-failed", message: "Flagged.", details: { status, text: "Flagged." } },
      });
      expect(world.ledger.books.rows).toMatchObject([{ isLoading: false, error: "Flagged." }]);
      world.ledger.assertBalanced();
      expect(world.events.filter(({ type }) => type === "job-refused").length).toBeGreaterThanOrEqual(2);
    },
  );

  test("without a sentence says what every failed job says", async () => {
    const world = createTestEngine();
    const text = JSON.stringify({ reason: 7 });
    world.api.playNext({ refuse: 422, text });
    const generation = world.engine.generate(request);
    await world.clock.advance(5 * MINUTE);
    const { message } = VIDEO_ERRORS["provider-failed"];
    expect(generation.getSnapshot().error).toMatchObject({ message, details: { text } });
  });

  test("is still watched: a late video is delivered to its row, uncharged", async () => {
    const world = createTestEngine();
    world.api.playNext({ refuse: 422, text: "Flagged.", lateMs: 10 * MINUTE });
    const generation = world.engine.generate(request);
    await world.clock.advance(60 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "released",
      videos: [expect.any(String)],
    });
    expect(world.ledger.books).toMatchObject({
      captured: 0,
      reserved: 0,
      rows: [{ isLoading: false, videos: [expect.any(String)] }],
    });
    world.ledger.assertBalanced();
  });

  test("that was canceled meanwhile is canceled", async () => {
    const world = createTestEngine();
    world.api.playNext({ refuse: 422, text: "Flagged." });
    world.api.answerCancelWith("requested");
    const generation = world.engine.generate(request);
    await world.clock.advance(80_000);
    void generation.cancel();
    await world.clock.advance(5 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "canceled", settlement: "released" });
    world.ledger.assertBalanced();
  });
});
