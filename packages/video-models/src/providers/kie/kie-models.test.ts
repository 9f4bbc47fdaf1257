// What kie is sent, written out by hand: one exact input for each model name and mode.
import { describe, expect, test } from "vitest";
import type { VideoRequest } from "../../video-request.ts";
import { publishedEndpoints } from "../__fixtures__/published-schema.ts";
import { toProviderJob } from "../to-provider-job.ts";

const prompt = "A fox";
const attachmentImageUrl = "https://media.example.com/image.png";
const startFrameImageUrl = "https://media.example.com/start.png";
const endFrameImageUrl = "https://media.example.com/end.png";

type Case = readonly [request: Omit<VideoRequest, "prompt">, endpoint: string, input: Record<string, unknown>];

const seedance = {
  prompt,
  duration: 12,
  resolution: "480p",
  aspect_ratio: "3:4",
  fixed_lens: true,
  generate_audio: true,
  nsfw_checker: true,
};
const seedanceSettings = {
  duration: 12,
  resolution: "480p",
  aspectRatio: "3:4",
  cameraFixed: true,
  generateAudio: true,
} as const;

const CASES: readonly Case[] = [
  [
    { model: "kie-wan-2.5", duration: 10, resolution: "1080p", aspectRatio: "9:16" },
    "wan/2-5-text-to-video",
    {
      prompt,
      duration: "10",
      resolution: "1080p",
      aspect_ratio: "9:16",
      enable_prompt_expansion: true,
      nsfw_checker: true,
    },
  ],
  [
    { model: "kie-wan-2.5", attachmentImageUrl },
    "wan/2-5-image-to-video",
    {
      prompt,
      duration: "5",
      resolution: "720p",
      image_url: attachmentImageUrl,
      enable_prompt_expansion: true,
      nsfw_checker: true,
    },
  ],
  [{ model: "kie-seedance-1.5-pro", ...seedanceSettings }, "bytedance/seedance-1.5-pro", seedance],
  [
    { model: "kie-seedance-1.5-pro", ...seedanceSettings, attachmentImageUrl },
    "bytedance/seedance-1.5-pro",
    { ...seedance, input_urls: [attachmentImageUrl] },
  ],
  [
    { model: "kie-seedance-1.5-pro-transition", ...seedanceSettings, startFrameImageUrl, endFrameImageUrl },
    "bytedance/seedance-1.5-pro",
    { ...seedance, input_urls: [startFrameImageUrl, endFrameImageUrl] },
  ],
  [
    { model: "vid-kling-2.6-pro", duration: 10, aspectRatio: "1:1" },
    "kling-2.6/text-to-video",
    { prompt, duration: "10", aspect_ratio: "1:1", sound: false },
  ],
  [
    { model: "vid-kling-2.6-pro", generateAudio: true, attachmentImageUrl },
    "kling-2.6/image-to-video",
    { prompt, duration: "5", sound: true, image_urls: [attachmentImageUrl] },
  ],
  [
    { model: "vid-kling-2.5-pro", duration: 10, aspectRatio: "9:16" },
    "kling/v2-5-turbo-text-to-video-pro",
    { prompt, duration: "10", aspect_ratio: "9:16" },
  ],
  [
    { model: "vid-kling-2.5-pro", attachmentImageUrl },
    "kling/v2-5-turbo-image-to-video-pro",
    { prompt, duration: "5", image_url: attachmentImageUrl },
  ],
  [
    { model: "kling-2.5-turbo-transition", startFrameImageUrl },
    "kling/v2-5-turbo-image-to-video-pro",
    { prompt, duration: "5", image_url: startFrameImageUrl },
  ],
  [
    { model: "kling-2.5-turbo-transition", startFrameImageUrl, endFrameImageUrl },
    "kling/v2-5-turbo-image-to-video-pro",
    { prompt, duration: "5", image_url: startFrameImageUrl, tail_image_url: endFrameImageUrl },
  ],
  [
    { model: "kie-sora-2", duration: 15, aspectRatio: "16:9" },
    "sora-2-text-to-video",
    { prompt, n_frames: "15", aspect_ratio: "landscape", remove_watermark: false },
  ],
  [
    { model: "kie-sora-2", aspectRatio: "9:16", removeWatermark: true, attachmentImageUrl },
    "sora-2-image-to-video",
    { prompt, n_frames: "10", aspect_ratio: "portrait", remove_watermark: true, image_urls: [attachmentImageUrl] },
  ],
];

describe("kie is sent", () => {
  test.each(CASES)("%o as %s", (request, endpoint, input) => {
    expect(toProviderJob({ ...request, prompt }, { provider: "kie" })).toStrictEqual({
      provider: "kie",
      endpoint,
      input,
    });
  });

  test("nothing that is not written out above", () => {
    expect(new Set(CASES.map(([, endpoint]) => endpoint))).toEqual(new Set(publishedEndpoints("kie")));
  });
});
