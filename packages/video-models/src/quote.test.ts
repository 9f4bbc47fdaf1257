import { describe, expect, test } from "vitest";
import { quoteVideo } from "./quote.ts";

const url = "https://cdn.example.com/a.png";

describe("a quote", () => {
  test("shows each step with the credits after it", () => {
    const quote = quoteVideo({ model: "vid-veo-3.1", prompt: "a fox", resolution: "1080p", duration: 8 });
    expect(quote.lines).toEqual([
      { label: "Veo 3.1", credits: 240 },
      { label: "1080p", factor: 1.5, credits: 360 },
      { label: "Audio", factor: 1.2, credits: 432 },
      { label: "8 s", factor: 1.6, credits: 692 },
    ]);
    expect(quote.credits).toBe(692);
    expect(quote).toMatchObject({ notes: [], refused: [] });
  });

  test("shows fast mode and watermark removal", () => {
    const fast = quoteVideo({
      model: "vid-hailuo-2.3",
      prompt: "a fox",
      attachmentImageUrl: url,
      fastMode: true,
      duration: 6,
    });
    expect(fast.lines.slice(1)).toEqual([
      { label: "6 s", factor: 1.2, credits: 36 },
      { label: "Fast mode", factor: 0.7, credits: 26 },
    ]);
    const clean = quoteVideo({ model: "kie-sora-2", prompt: "a fox", removeWatermark: true });
    expect(clean.lines.at(-1)).toEqual({ label: "No watermark", factor: 1.3, credits: 78 });
  });

  test("prices what will be made, not what was asked for", () => {
    const quote = quoteVideo({ model: "vid-lucy-pro", prompt: "a fox", attachmentImageUrl: url, resolution: "1080p" });
    expect(quote.credits).toBe(32);
    expect(quote.notes).toEqual([
      { field: "resolution", outcome: "ignored", from: "1080p", reason: "Lucy Pro leaves no choice here." },
    ]);
  });

  test("tells apart what was changed and what cannot be done", () => {
    const quote = quoteVideo({ model: "vid-hailuo-2.3", prompt: "a fox", duration: 7, fastMode: true });
    expect(quote.notes).toEqual([
      { field: "duration", outcome: "fitted", from: 7, to: 6, reason: "Hailuo 2.3 Standard offers 6, 10 here." },
    ]);
    expect(quote.refused).toEqual([
      { field: "fastMode", outcome: "refused", from: true, reason: "Hailuo 2.3 Standard cannot do this here." },
    ]);
    expect(quote.credits).toBe(36);
  });

  test("of an unfinished request works: no prompt, no frames yet", () => {
    expect(quoteVideo({ model: "veo3.1-transition", prompt: "" }).credits).toBe(461);
  });
});
