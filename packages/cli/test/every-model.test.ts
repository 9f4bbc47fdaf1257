// Every model, from the request to a playable file, through everything that is real: engine, ky, routes, @fal-ai/client or kie's
// protocol, the sandbox behind HTTP, and Convex functions behind Convex's own WebSocket. The row is checked after each, the books after all.
import { currentModelOf, VIDEO_MODEL_IDS, type VideoModelId, type VideoRequest } from "@video-engine/video-models";
import type { GenerationOutcome } from "@video-engine/video-sdk";
import { makeFunctionReference } from "convex/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type App } from "../src/compose.ts";

const IMAGE = "https://images.test/start.png";
const LAST_IMAGE = "https://images.test/end.png";
const CLIP = "https://clips.test/clip.mp4";
const SOUND = "https://sounds.test/speech.mp3";
const FRAMES = { attachmentImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE } as const;

/** What each model needs beside a prompt. A new model does not compile until this knows it. */
const ATTACHMENTS: Record<VideoModelId, Partial<VideoRequest>> = {
  "vid-veo-3.1": {},
  "vid-veo-3.1-fast": { attachmentImageUrl: IMAGE },
  "veo3.1-transition": { startFrameImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE },
  "veo3.1-fast-transition": { startFrameImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE },
  "vid-kling-2.6-pro": {},
  "vid-kling-2.5-pro": { attachmentImageUrl: IMAGE },
  "kling-2.5-turbo-transition": { startFrameImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE },
  "kling-o1": { klingO1Images: [IMAGE], prompt: "@Image1 walks along a beach" },
  "kling-o1-transition": { startFrameImageUrl: IMAGE },
  "kie-sora-2": {},
  "vid-ovi": {},
  "kie-wan-2.5": { attachmentImageUrl: IMAGE },
  "vid-hailuo-2.3-pro": { attachmentImageUrl: IMAGE, fastMode: true },
  "vid-hailuo-2.3": {},
  "vid-kandinsky-5": {},
  "vid-seedance-lite": {},
  "vid-seedance-pro": { cameraFixed: true },
  "seedance-pro-transition": { startFrameImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE },
  "kie-seedance-1.5-pro": { generateAudio: true },
  "kie-seedance-1.5-pro-transition": { startFrameImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE },
  "pixverse-v5": { resolution: "1080p", duration: 5 },
  "pixverse-v5-transition": { startFrameImageUrl: IMAGE, endFrameImageUrl: LAST_IMAGE },
  "vid-lucy-lite": { attachmentImageUrl: IMAGE },
  "vid-lucy-pro": { attachmentImageUrl: IMAGE },
  "vid-veo-3.1-lite": FRAMES,
  "vid-veo-3.1-reference": { referenceImageUrls: [IMAGE, LAST_IMAGE] },
  "vid-veo-3.1-extend": { sourceVideoUrl: CLIP },
  "vid-kling-3-pro": FRAMES,
  "vid-kling-3-standard": { duration: 15 },
  "vid-kling-3-turbo": { attachmentImageUrl: IMAGE },
  "vid-kling-o3": FRAMES,
  "vid-kling-o3-reference": { klingO1Video: CLIP, prompt: "@Video1 in the snow" },
  "vid-kling-avatar-2-pro": { attachmentImageUrl: IMAGE, audioUrl: SOUND, prompt: "" },
  "vid-seedance-pro-fast": { cameraFixed: true },
  "vid-seedance-2.0": { ...FRAMES, duration: "auto", resolution: "4K" },
  "vid-seedance-2.0-fast": { duration: "auto" },
  "vid-seedance-2.0-mini": { aspectRatio: "auto" },
  "vid-seedance-2.0-reference": {
    referenceImageUrls: [IMAGE],
    referenceVideoUrls: [CLIP],
    referenceAudioUrls: [SOUND],
    prompt: "@Image1 dances as in @Video1",
  },
  "vid-pixverse-6": { ...FRAMES, duration: 1, resolution: "360p" },
  "vid-wan-2.6": { attachmentImageUrl: IMAGE, audioUrl: SOUND },
  "vid-wan-2.7": { ...FRAMES, audioUrl: SOUND },
  "vid-happy-horse-1.1": { aspectRatio: "9:21" },
  "vid-minimax-h3": FRAMES,
  "vid-minimax-h3-reference": { referenceVideoUrls: [CLIP], referenceAudioUrls: [SOUND] },
  "vid-ltx-2.3": { ...FRAMES, resolution: "1440p" },
  "vid-ltx-2.3-fast": { duration: 20 },
  "vid-grok-imagine": {},
  "vid-grok-imagine-1.5": { attachmentImageUrl: IMAGE },
  "vid-luma-ray-3.2": {
    keyframes: [
      { imageUrl: IMAGE, atSeconds: 0 },
      { imageUrl: LAST_IMAGE, atSeconds: 5 },
    ],
  },
  "vid-vidu-q3": FRAMES,
  "vid-gemini-omni-flash": { attachmentImageUrl: IMAGE },
  "vid-gemini-omni-flash-reference": { referenceImageUrls: [IMAGE] },
  "vid-hunyuan-1.5": {},
  "vid-topaz-upscale": { sourceVideoUrl: CLIP, prompt: "" },
  "vid-sync-lipsync-3": { sourceVideoUrl: CLIP, audioUrl: SOUND, prompt: "" },
};

const CURRENT = Object.values(VIDEO_MODEL_IDS).filter((id) => currentModelOf(id) === id);
const RETIRED = Object.values(VIDEO_MODEL_IDS).filter((id) => currentModelOf(id) !== id);

interface Books {
  readonly credits: { readonly total: number; readonly reserved: number; readonly available: number };
  readonly openSlots: number;
  readonly rows: readonly {
    readonly isLoading: boolean;
    readonly videos?: readonly string[];
    readonly model?: string;
    readonly externalRequestId?: string;
  }[];
}

const booksQuery = makeFunctionReference<"query", Record<string, never>, Books>("extras:books");
const CREDITS = 100_000;
/** As many as the user's plan has slots: each waits for most of a second. */
const AT_ONCE = 3;
const endings = new Map<VideoModelId, Promise<GenerationOutcome>>();
let app: App;

beforeAll(async () => {
  app = await openApp({ credits: CREDITS, takesOperationIds: false, jobMs: 0 });
});

afterAll(async () => {
  await app.close();
});

/** Starts the models in their order, a few ahead of the one that is asked about. */
async function outcomeFor(model: VideoModelId): Promise<GenerationOutcome> {
  for (const next of CURRENT.slice(0, CURRENT.indexOf(model) + AT_ONCE)) {
    if (endings.has(next)) continue;
    endings.set(next, app.engine.generate({ model: next, prompt: "a corgi surfing", ...ATTACHMENTS[next] }).outcome);
  }
  const ending = endings.get(model);
  if (ending === undefined) throw new Error(`${model} was not started.`);
  return await ending;
}

describe("every model generates a video end to end and leaves balanced books", () => {
  test.each(CURRENT)("%s", async (model) => {
    const outcome = await outcomeFor(model);
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    const videos = outcome.status === "completed" ? outcome.videos : [];
    await expect(firstBytes(videos[0] ?? "")).resolves.toContain("ftyp");
    const { rows } = await app.convex.query(booksQuery, {});
    expect(rows.filter((row) => row.model === model)).toEqual([
      expect.objectContaining({ isLoading: false, videos, externalRequestId: expect.any(String) as string }),
    ]);
  });

  test("the books are those of all of them", async () => {
    const outcomes = await Promise.all(endings.values());
    expect(outcomes).toHaveLength(CURRENT.length);
    const spent = outcomes.reduce((sum, outcome) => sum + (outcome.status === "completed" ? outcome.credits : 0), 0);
    const { credits, openSlots, rows } = await app.convex.query(booksQuery, {});
    expect(credits).toEqual({ total: CREDITS - spent, reserved: 0, available: CREDITS - spent });
    expect(openSlots).toBe(0);
    expect(rows).toHaveLength(CURRENT.length);
  });

  test.each(RETIRED)("except %s, which is refused with its replacement before anything is called", async (model) => {
    const { outcome } = app.engine.generate({ model, prompt: "a corgi surfing", ...ATTACHMENTS[model] });
    expect(await outcome).toMatchObject({
      status: "failed",
      settlement: "none",
      error: { code: "model-retired", message: expect.stringContaining(currentModelOf(model)) as string },
    });
  });

  test("every model has been asked", () => {
    expect(app.engine.list()).toHaveLength(Object.keys(ATTACHMENTS).length);
  });
});

async function firstBytes(url: string): Promise<string> {
  const response = await fetch(url);
  return new TextDecoder("latin1").decode((await response.arrayBuffer()).slice(0, 12));
}
