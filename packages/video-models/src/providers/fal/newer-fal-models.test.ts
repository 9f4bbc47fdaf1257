// What fal is sent for the models that came after those of the plan, written out by hand: one exact input for each endpoint.
import { describe, expect, test } from "vitest";
import type { VideoRequest } from "../../video-request.ts";
import { NEWER_ENDPOINTS } from "../__fixtures__/published-schema.ts";
import { toProviderJob } from "../to-provider-job.ts";

const prompt = "A fox";
const url = (name: string) => `https://media.example.com/${name}`;
const [image, last, clip, sound] = [url("image.png"), url("last.png"), url("clip.mp4"), url("sound.mp3")];
const frame = { attachmentImageUrl: image } as const;
const frames = { ...frame, endFrameImageUrl: last } as const;
const images = { referenceImageUrls: [image, last] } as const;
const references = { ...images, referenceVideoUrls: [clip], referenceAudioUrls: [sound] } as const;

type Case = readonly [request: Omit<VideoRequest, "prompt">, endpoint: string, input: Record<string, unknown>];

const kling = "fal-ai/kling-video";
const take = { duration: 7, aspectRatio: "9:16", generateAudio: true } as const;

const SEEDANCE: readonly Case[] = [
  [
    { model: "vid-seedance-2.0", duration: "auto", resolution: "4K", aspectRatio: "21:9", generateAudio: false },
    "bytedance/seedance-2.0/text-to-video",
    {
      prompt,
      duration: "auto",
      resolution: "4k",
      aspect_ratio: "21:9",
      generate_audio: false,
      bitrate_mode: "standard",
    },
  ],
  [
    { model: "vid-seedance-2.0", duration: 15, resolution: "1080p", ...frames },
    "bytedance/seedance-2.0/image-to-video",
    {
      prompt,
      duration: "15",
      resolution: "1080p",
      aspect_ratio: "auto",
      generate_audio: true,
      bitrate_mode: "standard",
      image_url: image,
      end_image_url: last,
    },
  ],
  [
    { model: "vid-seedance-2.0-fast", ...take, resolution: "480p" },
    "bytedance/seedance-2.0/fast/text-to-video",
    {
      prompt,
      duration: "7",
      resolution: "480p",
      aspect_ratio: "9:16",
      generate_audio: true,
      bitrate_mode: "standard",
    },
  ],
  [
    { model: "vid-seedance-2.0-fast", ...take, ...frame },
    "bytedance/seedance-2.0/fast/image-to-video",
    {
      prompt,
      duration: "7",
      resolution: "720p",
      aspect_ratio: "9:16",
      generate_audio: true,
      bitrate_mode: "standard",
      image_url: image,
    },
  ],
  [
    { model: "vid-seedance-2.0-mini", ...take },
    "bytedance/seedance-2.0/mini/text-to-video",
    { prompt, duration: "7", resolution: "720p", aspect_ratio: "9:16", generate_audio: true },
  ],
  [
    { model: "vid-seedance-2.0-mini", ...take, ...frames },
    "bytedance/seedance-2.0/mini/image-to-video",
    {
      prompt,
      duration: "7",
      resolution: "720p",
      aspect_ratio: "9:16",
      generate_audio: true,
      image_url: image,
      end_image_url: last,
    },
  ],
  [
    { model: "vid-seedance-2.0-reference", ...take, ...references },
    "bytedance/seedance-2.0/reference-to-video",
    {
      prompt,
      duration: "7",
      resolution: "720p",
      aspect_ratio: "9:16",
      generate_audio: true,
      bitrate_mode: "standard",
      image_urls: [image, last],
      video_urls: [clip],
      audio_urls: [sound],
    },
  ],
  [
    { model: "vid-seedance-pro-fast", duration: 2, resolution: "480p", aspectRatio: "4:3", cameraFixed: true },
    "fal-ai/bytedance/seedance/v1/pro/fast/text-to-video",
    { prompt, duration: "2", resolution: "480p", aspect_ratio: "4:3", camera_fixed: true },
  ],
  [
    { model: "vid-seedance-pro-fast", ...frame },
    "fal-ai/bytedance/seedance/v1/pro/fast/image-to-video",
    { prompt, duration: "5", resolution: "720p", aspect_ratio: "16:9", camera_fixed: false, image_url: image },
  ],
];

const KLING: readonly Case[] = [
  ...(["pro", "standard"] as const).flatMap((tier): readonly Case[] => [
    [
      { model: `vid-kling-3-${tier}`, ...take },
      `${kling}/v3/${tier}/text-to-video`,
      { prompt, duration: "7", aspect_ratio: "9:16", generate_audio: true },
    ],
    [
      { model: `vid-kling-3-${tier}`, ...take, generateAudio: false, ...frames },
      `${kling}/v3/${tier}/image-to-video`,
      { prompt, duration: "7", generate_audio: false, start_image_url: image, end_image_url: last },
    ],
  ]),
  [
    { model: "vid-kling-3-turbo", ...take },
    `${kling}/v3/turbo/pro/text-to-video`,
    { prompt, duration: "7", aspect_ratio: "9:16" },
  ],
  [
    { model: "vid-kling-3-turbo", ...take, ...frame },
    `${kling}/v3/turbo/pro/image-to-video`,
    { prompt, duration: "7", image_url: image },
  ],
  [
    { model: "vid-kling-o3", ...take },
    `${kling}/o3/pro/text-to-video`,
    { prompt, duration: "7", aspect_ratio: "9:16", generate_audio: true },
  ],
  [
    { model: "vid-kling-o3", ...take, ...frames },
    `${kling}/o3/pro/image-to-video`,
    { prompt, duration: "7", generate_audio: true, image_url: image, end_image_url: last },
  ],
  [
    {
      model: "vid-kling-o3-reference",
      ...take,
      klingO1Images: [image],
      klingO1Elements: [{ frontalImageUrl: image, referenceImageUrls: [last] }],
    },
    `${kling}/o3/pro/reference-to-video`,
    {
      prompt,
      duration: "7",
      aspect_ratio: "9:16",
      generate_audio: true,
      image_urls: [image],
      elements: [{ frontal_image_url: image, reference_image_urls: [last] }],
    },
  ],
  [
    { model: "vid-kling-o3-reference", ...take, klingO1Video: clip },
    `${kling}/o3/pro/video-to-video/edit`,
    { prompt, video_url: clip, keep_audio: true },
  ],
  [
    { model: "vid-kling-avatar-2-pro", ...frame, audioUrl: sound },
    `${kling}/ai-avatar/v2/pro`,
    { prompt, image_url: image, audio_url: sound },
  ],
];

const veoTake = { generateAudio: false, resolution: "720p" } as const;
const veo = { prompt, resolution: "720p", generate_audio: false, auto_fix: false };

const VEO: readonly Case[] = [
  [
    { model: "vid-veo-3.1-lite", ...veoTake, duration: 4 },
    "fal-ai/veo3.1/lite",
    { ...veo, duration: "4s", aspect_ratio: "16:9", auto_fix: true },
  ],
  [
    { model: "vid-veo-3.1-lite", ...veoTake, duration: 6, ...frame },
    "fal-ai/veo3.1/lite/image-to-video",
    { ...veo, duration: "6s", aspect_ratio: "auto", image_url: image },
  ],
  [
    { model: "vid-veo-3.1-lite", ...veoTake, duration: 8, aspectRatio: "9:16", ...frames },
    "fal-ai/veo3.1/lite/first-last-frame-to-video",
    { ...veo, duration: "8s", aspect_ratio: "9:16", first_frame_url: image, last_frame_url: last },
  ],
  [
    { model: "vid-veo-3.1-reference", resolution: "4K", ...images },
    "fal-ai/veo3.1/reference-to-video",
    {
      ...veo,
      duration: "8s",
      resolution: "4k",
      aspect_ratio: "16:9",
      generate_audio: true,
      image_urls: [image, last],
    },
  ],
  [
    { model: "vid-veo-3.1-extend", ...veoTake, sourceVideoUrl: clip },
    "fal-ai/veo3.1/extend-video",
    { ...veo, duration: "7s", aspect_ratio: "auto", video_url: clip },
  ],
];

const ltx = { prompt, resolution: "2160p", generate_audio: true, fps: 25 };
const pixverse = {
  prompt,
  duration: 7,
  resolution: "540p",
  generate_audio_switch: true,
  generate_multi_clip_switch: false,
};
const pixverseTake = { model: "vid-pixverse-6", duration: 7, resolution: "540p", generateAudio: true } as const;
const wan = { prompt, duration: 2, resolution: "1080p", enable_prompt_expansion: true };
const wanTake = { model: "vid-wan-2.7", duration: 2, resolution: "1080p" } as const;

const MORE: readonly Case[] = [
  [
    { model: "vid-ltx-2.3", resolution: "4K", duration: 10 },
    "fal-ai/ltx-2.3/text-to-video",
    { ...ltx, duration: 10, aspect_ratio: "16:9" },
  ],
  [
    { model: "vid-ltx-2.3", resolution: "4K", duration: 10, ...frames },
    "fal-ai/ltx-2.3/image-to-video",
    { ...ltx, duration: 10, aspect_ratio: "auto", image_url: image, end_image_url: last },
  ],
  [
    { model: "vid-ltx-2.3-fast", resolution: "4K", duration: 20, aspectRatio: "9:16" },
    "fal-ai/ltx-2.3/text-to-video/fast",
    { ...ltx, duration: 20, aspect_ratio: "9:16" },
  ],
  [
    { model: "vid-ltx-2.3-fast", resolution: "1440p", ...frame },
    "fal-ai/ltx-2.3/image-to-video/fast",
    { ...ltx, resolution: "1440p", duration: 6, aspect_ratio: "auto", image_url: image },
  ],
  [{ ...pixverseTake, aspectRatio: "2:3" }, "fal-ai/pixverse/v6/text-to-video", { ...pixverse, aspect_ratio: "2:3" }],
  [{ ...pixverseTake, ...frame }, "fal-ai/pixverse/v6/image-to-video", { ...pixverse, image_url: image }],
  [
    { ...pixverseTake, aspectRatio: "21:9", ...frames },
    "fal-ai/pixverse/v6/transition",
    { ...pixverse, aspect_ratio: "21:9", first_image_url: image, end_image_url: last },
  ],
  [
    { model: "vid-wan-2.6", duration: 15, ...frame, audioUrl: sound },
    "wan/v2.6/image-to-video",
    {
      prompt,
      duration: "15",
      resolution: "720p",
      enable_prompt_expansion: true,
      multi_shots: false,
      image_url: image,
      audio_url: sound,
    },
  ],
  [
    { ...wanTake, audioUrl: sound },
    "fal-ai/wan/v2.7/text-to-video",
    { ...wan, aspect_ratio: "16:9", audio_url: sound },
  ],
  [{ ...wanTake, ...frames }, "fal-ai/wan/v2.7/image-to-video", { ...wan, image_url: image, end_image_url: last }],
  [
    { model: "vid-happy-horse-1.1", duration: 3, aspectRatio: "9:21" },
    "alibaba/happy-horse/v1.1/text-to-video",
    { prompt, duration: 3, resolution: "720p", aspect_ratio: "9:21" },
  ],
  [
    { model: "vid-happy-horse-1.1", resolution: "1080p", ...frame },
    "alibaba/happy-horse/v1.1/image-to-video",
    { prompt, duration: 5, resolution: "1080p", image_url: image },
  ],
  [
    { model: "vid-minimax-h3", aspectRatio: "3:4" },
    "minimax/h3/text-to-video",
    { prompt, duration: 5, resolution: "2K", aspect_ratio: "3:4" },
  ],
  [
    { model: "vid-minimax-h3", ...frames },
    "minimax/h3/image-to-video",
    { prompt, duration: 5, resolution: "2K", image_url: image, end_image_url: last },
  ],
  [
    { model: "vid-minimax-h3-reference", ...references },
    "minimax/h3/reference-to-video",
    {
      prompt,
      duration: 5,
      resolution: "2K",
      aspect_ratio: "adaptive",
      reference_image_urls: [image, last],
      reference_video_urls: [clip],
      reference_audio_urls: [sound],
    },
  ],
  [
    { model: "vid-grok-imagine", aspectRatio: "3:2", resolution: "480p" },
    "xai/grok-imagine-video/text-to-video",
    { prompt, duration: 6, resolution: "480p", aspect_ratio: "3:2" },
  ],
  [
    { model: "vid-grok-imagine-1.5", duration: 1, resolution: "1080p", ...frame },
    "xai/grok-imagine-video/v1.5/image-to-video",
    { prompt, duration: 1, resolution: "1080p", image_url: image },
  ],
  [
    { model: "vid-luma-ray-3.2", duration: 10, resolution: "1080p" },
    "luma/agent/ray/v3.2/text-to-video",
    {
      prompt,
      duration: "10s",
      resolution: "1080p",
      aspect_ratio: "16:9",
      hdr: false,
      exr_export: false,
      loop: false,
    },
  ],
  [
    { model: "vid-luma-ray-3.2", ...frames },
    "luma/agent/ray/v3.2/image-to-video",
    {
      prompt,
      duration: "5s",
      resolution: "720p",
      aspect_ratio: "16:9",
      hdr: false,
      exr_export: false,
      loop: false,
      image_url: image,
      end_image_url: last,
    },
  ],
  [
    { model: "vid-vidu-q3", duration: 16, generateAudio: false },
    "fal-ai/vidu/q3/text-to-video",
    { prompt, duration: 16, resolution: "720p", audio: false, aspect_ratio: "16:9" },
  ],
  [
    { model: "vid-vidu-q3", resolution: "360p", ...frame },
    "fal-ai/vidu/q3/image-to-video",
    { prompt, duration: 5, resolution: "360p", audio: true, image_url: image },
  ],
  [
    { model: "vid-gemini-omni-flash", ...frame },
    "google/gemini-omni-flash/image-to-video",
    { prompt, duration: 8, aspect_ratio: "16:9", image_url: image },
  ],
  [
    { model: "vid-gemini-omni-flash-reference", duration: 3, ...images },
    "google/gemini-omni-flash/reference-to-video",
    { prompt, duration: 3, aspect_ratio: "16:9", image_urls: [image, last] },
  ],
  [
    { model: "vid-hunyuan-1.5", aspectRatio: "9:16" },
    "fal-ai/hunyuan-video-v1.5/text-to-video",
    { prompt, aspect_ratio: "9:16", num_frames: 121, resolution: "480p", enable_prompt_expansion: true },
  ],
  [
    { model: "vid-topaz-upscale", sourceVideoUrl: clip },
    "fal-ai/topaz/upscale/video",
    { video_url: clip, model: "Proteus", upscale_factor: 2, H264_output: true },
  ],
  [
    { model: "vid-sync-lipsync-3", sourceVideoUrl: clip, audioUrl: sound },
    "fal-ai/sync-lipsync/v3",
    { video_url: clip, audio_url: sound, sync_mode: "cut_off" },
  ],
];

const CASES = [...SEEDANCE, ...KLING, ...VEO, ...MORE];

describe("fal is sent", () => {
  test.each(CASES)("%o as %s", (request, endpoint, input) => {
    expect(toProviderJob({ ...request, prompt })).toStrictEqual({ provider: "fal", endpoint, input });
  });

  test("every newer endpoint, each written out above", () => {
    expect(new Set(CASES.map(([, endpoint]) => endpoint))).toEqual(new Set(NEWER_ENDPOINTS));
    expect(NEWER_ENDPOINTS).toHaveLength(51);
  });

  test("keyframes by the number of their frame, the last one within the clip", () => {
    const keyframes = [0, 2.5, 10].map((atSeconds) => ({ imageUrl: url(`${atSeconds}.png`), atSeconds }));
    const { endpoint, input } = toProviderJob({ model: "vid-luma-ray-3.2", prompt, duration: 10, keyframes });
    expect(endpoint).toBe("luma/agent/ray/v3.2/image-to-video");
    expect(input).toMatchObject({
      keyframes: [url("0.png"), url("2.5.png"), url("10.png")],
      keyframe_indexes: [0, 60, 239],
    });
    expect(input).not.toHaveProperty("image_url");
  });

  test("an avatar without a prompt as fal's own default", () => {
    const request = { model: "vid-kling-avatar-2-pro", prompt: "", ...frame, audioUrl: sound } as const;
    expect(toProviderJob(request).input["prompt"]).toBe(".");
  });
});
