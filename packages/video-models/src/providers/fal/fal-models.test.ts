// What fal is sent, written out by hand: one exact input for each endpoint of the plan. The newer ones are in newer-fal-models.test.ts.
import { describe, expect, test } from "vitest";
import type { ResolvedVideoRequest, VideoRequest } from "../../video-request.ts";
import { NEWER_ENDPOINTS, publishedEndpoints } from "../__fixtures__/published-schema.ts";
import { Refusal } from "../refusal.ts";
import { toProviderJob } from "../to-provider-job.ts";
import { FAL_MODELS } from "./fal-models.ts";

const prompt = "A fox";
const attachmentImageUrl = "https://media.example.com/image.png";
const startFrameImageUrl = "https://media.example.com/start.png";
const endFrameImageUrl = "https://media.example.com/end.png";

type Case = readonly [request: Omit<VideoRequest, "prompt">, endpoint: string, input: Record<string, unknown>];

const veo = { prompt, duration: "6s", resolution: "1080p", aspect_ratio: "9:16", generate_audio: false };
const veoSettings = { duration: 6, resolution: "1080p", aspectRatio: "9:16", generateAudio: false } as const;
const wan = { prompt, duration: "10", resolution: "720p", enable_prompt_expansion: true };
const wanSettings = { model: "kie-wan-2.5", duration: 10, resolution: "720p" } as const;
const hailuo = { prompt, prompt_optimizer: true };
const seedance = { prompt, duration: "8", resolution: "480p", aspect_ratio: "4:3", camera_fixed: true };
const seedanceSettings = { duration: 8, resolution: "480p", aspectRatio: "4:3", cameraFixed: true } as const;
const pixverse = { prompt, duration: "8", resolution: "540p" };
const pixverseSettings = { duration: 8, resolution: "540p" } as const;

const CASES: readonly Case[] = [
  [{ model: "vid-veo-3.1", ...veoSettings }, "fal-ai/veo3.1", { ...veo, auto_fix: true }],
  [
    { model: "vid-veo-3.1", ...veoSettings, attachmentImageUrl },
    "fal-ai/veo3.1/image-to-video",
    { ...veo, auto_fix: false, image_url: attachmentImageUrl },
  ],
  [{ model: "vid-veo-3.1-fast", ...veoSettings }, "fal-ai/veo3.1/fast", { ...veo, auto_fix: true }],
  [
    { model: "vid-veo-3.1-fast", ...veoSettings, attachmentImageUrl },
    "fal-ai/veo3.1/fast/image-to-video",
    { ...veo, auto_fix: false, image_url: attachmentImageUrl },
  ],
  [
    { model: "veo3.1-transition", ...veoSettings, startFrameImageUrl, endFrameImageUrl },
    "fal-ai/veo3.1/first-last-frame-to-video",
    { ...veo, auto_fix: false, first_frame_url: startFrameImageUrl, last_frame_url: endFrameImageUrl },
  ],
  [
    { model: "veo3.1-fast-transition", ...veoSettings, startFrameImageUrl, endFrameImageUrl },
    "fal-ai/veo3.1/fast/first-last-frame-to-video",
    { ...veo, auto_fix: false, first_frame_url: startFrameImageUrl, last_frame_url: endFrameImageUrl },
  ],
  [
    { model: "vid-kling-2.6-pro", duration: 10, aspectRatio: "1:1" },
    "fal-ai/kling-video/v2.6/pro/text-to-video",
    { prompt, duration: "10", aspect_ratio: "1:1", generate_audio: false },
  ],
  [
    { model: "vid-kling-2.6-pro", generateAudio: true, attachmentImageUrl },
    "fal-ai/kling-video/v2.6/pro/image-to-video",
    { prompt, duration: "5", generate_audio: true, start_image_url: attachmentImageUrl },
  ],
  [
    { model: "vid-kling-2.5-pro", duration: 10, aspectRatio: "9:16" },
    "fal-ai/kling-video/v2.5-turbo/pro/text-to-video",
    { prompt, duration: "10", aspect_ratio: "9:16" },
  ],
  [
    { model: "vid-kling-2.5-pro", attachmentImageUrl },
    "fal-ai/kling-video/v2.5-turbo/pro/image-to-video",
    { prompt, duration: "5", image_url: attachmentImageUrl },
  ],
  [
    { model: "kling-2.5-turbo-transition", startFrameImageUrl },
    "fal-ai/kling-video/v2.5-turbo/pro/image-to-video",
    { prompt, duration: "5", image_url: startFrameImageUrl },
  ],
  [
    { model: "kling-2.5-turbo-transition", startFrameImageUrl, endFrameImageUrl },
    "fal-ai/kling-video/v2.5-turbo/pro/image-to-video",
    { prompt, duration: "5", image_url: startFrameImageUrl, tail_image_url: endFrameImageUrl },
  ],
  [
    { model: "kling-o1", duration: 7, aspectRatio: "1:1", klingO1Images: [attachmentImageUrl] },
    "fal-ai/kling-video/o1/reference-to-video",
    { prompt, duration: "7", aspect_ratio: "1:1", image_urls: [attachmentImageUrl] },
  ],
  [
    {
      model: "kling-o1",
      duration: 7,
      aspectRatio: "9:16",
      klingO1Video: "https://media.example.com/clip.mp4",
      klingO1Elements: [{ frontalImageUrl: attachmentImageUrl, referenceImageUrls: [startFrameImageUrl] }],
    },
    "fal-ai/kling-video/o1/video-to-video/edit",
    {
      prompt,
      video_url: "https://media.example.com/clip.mp4",
      elements: [{ frontal_image_url: attachmentImageUrl, reference_image_urls: [startFrameImageUrl] }],
      keep_audio: false,
    },
  ],
  [
    { model: "kling-o1-transition", duration: 3, startFrameImageUrl },
    "fal-ai/kling-video/o1/image-to-video",
    { prompt, duration: "3", start_image_url: startFrameImageUrl },
  ],
  [
    { model: "kling-o1-transition", startFrameImageUrl, endFrameImageUrl },
    "fal-ai/kling-video/o1/image-to-video",
    { prompt, duration: "5", start_image_url: startFrameImageUrl, end_image_url: endFrameImageUrl },
  ],
  [{ model: "vid-ovi", aspectRatio: "16:9" }, "fal-ai/ovi", { prompt, resolution: "992x512" }],
  [{ model: "vid-ovi", aspectRatio: "9:16" }, "fal-ai/ovi", { prompt, resolution: "512x992" }],
  [{ model: "vid-ovi", aspectRatio: "1:1" }, "fal-ai/ovi", { prompt, resolution: "720x720" }],
  [{ model: "vid-ovi", attachmentImageUrl }, "fal-ai/ovi/image-to-video", { prompt, image_url: attachmentImageUrl }],
  [{ ...wanSettings, aspectRatio: "1:1" }, "fal-ai/wan-25-preview/text-to-video", { ...wan, aspect_ratio: "1:1" }],
  [
    { ...wanSettings, attachmentImageUrl },
    "fal-ai/wan-25-preview/image-to-video",
    { ...wan, image_url: attachmentImageUrl },
  ],
  [{ model: "vid-hailuo-2.3-pro" }, "fal-ai/minimax/hailuo-2.3/pro/text-to-video", hailuo],
  [
    { model: "vid-hailuo-2.3-pro", attachmentImageUrl },
    "fal-ai/minimax/hailuo-2.3/pro/image-to-video",
    { ...hailuo, image_url: attachmentImageUrl },
  ],
  [
    { model: "vid-hailuo-2.3-pro", fastMode: true, attachmentImageUrl },
    "fal-ai/minimax/hailuo-2.3-fast/pro/image-to-video",
    { ...hailuo, image_url: attachmentImageUrl },
  ],
  [
    { model: "vid-hailuo-2.3", duration: 10 },
    "fal-ai/minimax/hailuo-2.3/standard/text-to-video",
    { ...hailuo, duration: "10" },
  ],
  [
    { model: "vid-hailuo-2.3", duration: 6, attachmentImageUrl },
    "fal-ai/minimax/hailuo-2.3/standard/image-to-video",
    { ...hailuo, duration: "6", image_url: attachmentImageUrl },
  ],
  [
    { model: "vid-hailuo-2.3", duration: 10, fastMode: true, attachmentImageUrl },
    "fal-ai/minimax/hailuo-2.3-fast/standard/image-to-video",
    { ...hailuo, duration: "10", image_url: attachmentImageUrl },
  ],
  [
    { model: "vid-kandinsky-5", duration: 10, aspectRatio: "2:3" },
    "fal-ai/kandinsky5/text-to-video",
    { prompt, duration: "10s", resolution: "768x512", aspect_ratio: "2:3" },
  ],
  [{ model: "vid-seedance-lite", ...seedanceSettings }, "fal-ai/bytedance/seedance/v1/lite/text-to-video", seedance],
  [
    { model: "vid-seedance-lite", ...seedanceSettings, attachmentImageUrl },
    "fal-ai/bytedance/seedance/v1/lite/image-to-video",
    { ...seedance, image_url: attachmentImageUrl },
  ],
  [{ model: "vid-seedance-pro", ...seedanceSettings }, "fal-ai/bytedance/seedance/v1/pro/text-to-video", seedance],
  [
    { model: "vid-seedance-pro", ...seedanceSettings, attachmentImageUrl },
    "fal-ai/bytedance/seedance/v1/pro/image-to-video",
    { ...seedance, image_url: attachmentImageUrl },
  ],
  [
    {
      model: "seedance-pro-transition",
      ...seedanceSettings,
      generateAudio: true,
      startFrameImageUrl,
      endFrameImageUrl,
    },
    "fal-ai/bytedance/seedance/v1.5/pro/image-to-video",
    { ...seedance, generate_audio: false, image_url: startFrameImageUrl, end_image_url: endFrameImageUrl },
  ],
  [
    { model: "kie-seedance-1.5-pro", ...seedanceSettings, generateAudio: true },
    "fal-ai/bytedance/seedance/v1.5/pro/text-to-video",
    { ...seedance, generate_audio: true },
  ],
  [
    { model: "kie-seedance-1.5-pro", ...seedanceSettings, attachmentImageUrl },
    "fal-ai/bytedance/seedance/v1.5/pro/image-to-video",
    { ...seedance, generate_audio: false, image_url: attachmentImageUrl },
  ],
  [
    {
      model: "kie-seedance-1.5-pro-transition",
      ...seedanceSettings,
      generateAudio: true,
      startFrameImageUrl,
      endFrameImageUrl,
    },
    "fal-ai/bytedance/seedance/v1.5/pro/image-to-video",
    { ...seedance, generate_audio: true, image_url: startFrameImageUrl, end_image_url: endFrameImageUrl },
  ],
  [
    { model: "pixverse-v5", ...pixverseSettings, aspectRatio: "3:4" },
    "fal-ai/pixverse/v5/text-to-video",
    { ...pixverse, aspect_ratio: "3:4" },
  ],
  [
    { model: "pixverse-v5", ...pixverseSettings, attachmentImageUrl },
    "fal-ai/pixverse/v5/image-to-video",
    { ...pixverse, image_url: attachmentImageUrl },
  ],
  [
    { model: "pixverse-v5-transition", ...pixverseSettings, aspectRatio: "3:4", startFrameImageUrl, endFrameImageUrl },
    "fal-ai/pixverse/v5/transition",
    { ...pixverse, aspect_ratio: "3:4", first_image_url: startFrameImageUrl, end_image_url: endFrameImageUrl },
  ],
  [
    { model: "vid-lucy-lite", aspectRatio: "9:16", attachmentImageUrl },
    "fal-ai/decart/lucy-5b/image-to-video",
    { prompt, image_url: attachmentImageUrl, aspect_ratio: "9:16", resolution: "720p", sync_mode: false },
  ],
  [
    { model: "vid-lucy-pro", aspectRatio: "9:16", attachmentImageUrl },
    "decart/lucy-14b/image-to-video",
    { prompt, image_url: attachmentImageUrl, aspect_ratio: "9:16", sync_mode: false },
  ],
];

describe("fal is sent", () => {
  test.each(CASES)("%o as %s", (request, endpoint, input) => {
    expect(toProviderJob({ ...request, prompt }, { provider: "fal" })).toStrictEqual({
      provider: "fal",
      endpoint,
      input,
    });
  });

  test("nothing that is not written out above, but for Sora", () => {
    const written = new Set([...CASES.map(([, endpoint]) => endpoint), ...NEWER_ENDPOINTS]);
    expect(publishedEndpoints("fal").filter((endpoint) => !written.has(endpoint))).toEqual([
      "fal-ai/sora-2/text-to-video",
      "fal-ai/sora-2/image-to-video",
    ]);
  });
});

describe("Sora on fal", () => {
  const { encode } = FAL_MODELS["kie-sora-2"];
  const request: ResolvedVideoRequest = {
    model: "kie-sora-2",
    prompt,
    mode: "text-to-video",
    aspectRatio: "9:16",
    duration: 8,
    generateAudio: true,
    cameraFixed: false,
    fastMode: false,
    removeWatermark: false,
  };
  const input = { prompt, duration: 8, aspect_ratio: "9:16", resolution: "720p", delete_video: true };

  test("takes durations as numbers", () => {
    expect(encode(request)).toStrictEqual({ endpoint: "fal-ai/sora-2/text-to-video", input });
    expect(encode({ ...request, mode: "image-to-video", attachmentImageUrl })).toStrictEqual({
      endpoint: "fal-ai/sora-2/image-to-video",
      input: { ...input, image_url: attachmentImageUrl },
    });
  });

  test("refuses to charge for a watermark that it cannot remove", () => {
    expect(() => encode({ ...request, removeWatermark: true })).toThrow(Refusal);
  });
});

test("Kling O1 keeps the sound of an edited video only where the request decided on sound", () => {
  const edit: ResolvedVideoRequest = {
    model: "kling-o1",
    prompt,
    mode: "video-to-video-edit",
    klingO1Video: "https://media.example.com/clip.mp4",
    generateAudio: true,
    cameraFixed: false,
    fastMode: false,
    removeWatermark: false,
  };
  expect(FAL_MODELS["kling-o1"].encode(edit).input["keep_audio"]).toBe(true);
  expect(FAL_MODELS["kling-o1"].encode({ ...edit, generateAudio: false }).input["keep_audio"]).toBe(false);
});
