// What an edit of a clip costs, whose length neither side can trust: the same on both, by today's charges and by an owner's own rule.
import {
  calculateVideoCost,
  createPricing,
  DEFAULT_PRICE_TABLE,
  parseVideoRequest,
  type VideoQuote,
  type VideoRequest,
} from "@video-engine/video-models";
import { expect, test } from "vitest";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { createRoutesWorld, KEY } from "./__fixtures__/routes-world.ts";

const EDIT = parseVideoRequest({
  model: "kling-o1",
  prompt: "@Video1 at night",
  klingO1Video: "https://files.test/clip.mp4",
});
const today = createPricing(DEFAULT_PRICE_TABLE);

/** As docs/decisions/0046 has it. */
function byTheLongestClip(request: VideoRequest): VideoQuote {
  const quote = today.quoteVideo(request);
  const isEdit = quote.request.model === "kling-o1" && quote.request.mode === "video-to-video-edit";
  return isEdit ? { ...quote, credits: calculateVideoCost("kling-o1", { duration: 10 }) } : quote;
}

test.each([
  ["today's charges", today.quoteVideo, 35],
  ["the longest clip, by the owner's own rule", byTheLongestClip, 70],
] as const)("an edit costs the same on client and server: %s", async (_, quoteVideo, credits) => {
  const { engine, clock, ledger } = createTestEngine({ quote: quoteVideo });
  const { outcome } = engine.generate(EDIT);
  await clock.advance(30 * 60_000);
  expect(await outcome).toMatchObject({ status: "completed", credits });
  expect(ledger.books.captured).toBe(credits);
  const { generate, fal } = createRoutesWorld({ pricing: { ...today, quoteVideo } });
  expect((await generate({ ...EDIT, credits: 105 - credits }, { key: KEY })).body.error.code).toBe("price-changed");
  expect((await generate({ ...EDIT, credits }, { key: KEY })).status).toBe(200);
  expect(fal.jobs).toMatchObject([{ endpoint: "fal-ai/kling-video/o1/video-to-video/edit" }]);
});

test("a length that a caller says of a clip prices nothing: a member for it is refused, and a duration is told to be ignored", async () => {
  const { generate } = createRoutesWorld();
  for (const said of [{ clipSeconds: 3 }, { klingO1VideoSeconds: 3 }]) {
    expect((await generate({ ...EDIT, ...said }, { key: KEY })).status).toBe(400);
  }
  for (const duration of [3, 10]) {
    const { credits, notes } = today.quoteVideo({ ...EDIT, duration });
    expect([credits, notes]).toMatchObject([35, [{ field: "duration", from: duration, outcome: "ignored" }]]);
  }
});
