import { describe, expect, test } from "vitest";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import type { VideoRequest } from "./video-request.ts";

const url = "https://cdn.example.com/a.png";
const veo = { model: "vid-veo-3.1", prompt: "a fox" } as const;
const outcomesOf = (request: VideoRequest) =>
  resolveVideoRequest(request).notes.map(({ field, outcome }) => `${field} ${outcome}`);

describe("the resolved request", () => {
  test("has every setting decided", () => {
    expect(resolveVideoRequest(veo)).toEqual({
      request: {
        ...veo,
        mode: "text-to-video",
        aspectRatio: "16:9",
        duration: 8,
        resolution: "720p",
        generateAudio: true,
        cameraFixed: false,
        fastMode: false,
        removeWatermark: false,
      },
      notes: [],
    });
  });

  test("passes on what is offered as it came, without a note", () => {
    const request = {
      ...veo,
      aspectRatio: "9:16",
      duration: 4,
      resolution: "1080p",
      generateAudio: false,
      attachmentImageUrl: url,
    } as const;
    const resolution = resolveVideoRequest(request);
    expect(resolution.request).toMatchObject({ ...request, mode: "image-to-video" });
    expect(resolution.notes).toEqual([]);
  });

  test("keeps only the attachments that the model takes", () => {
    const { request, notes } = resolveVideoRequest({
      ...veo,
      attachmentImageUrl: url,
      klingO1Video: url,
      endFrameImageUrl: url,
    });
    expect(request).toMatchObject({ attachmentImageUrl: url, mode: "image-to-video" });
    expect(request).not.toHaveProperty("klingO1Video");
    expect(notes).toEqual([
      { field: "klingO1Video", outcome: "refused", from: url, reason: "Veo 3.1 does not take this." },
      { field: "endFrameImageUrl", outcome: "refused", from: url, reason: "Veo 3.1 does not take this." },
    ]);
  });

  test("an unknown model throws", () => {
    expect(() => Reflect.apply(resolveVideoRequest, undefined, [{ model: "x", prompt: "" }])).toThrow(
      "There is no video model",
    );
  });
});

describe("a note", () => {
  test("says what a value was fitted to, and what is offered", () => {
    expect(resolveVideoRequest({ ...veo, duration: 5, aspectRatio: "1:1" }).notes).toEqual([
      { field: "duration", outcome: "fitted", from: 5, to: 4, reason: "Veo 3.1 offers 4, 6, 8 here." },
      { field: "aspectRatio", outcome: "fitted", from: "1:1", to: "16:9", reason: "Veo 3.1 offers 16:9, 9:16 here." },
    ]);
  });

  test("says that there is no such choice in this mode", () => {
    const kling = { model: "vid-kling-2.6-pro", prompt: "a fox", aspectRatio: "1:1", attachmentImageUrl: url } as const;
    expect(outcomesOf(kling)).toEqual(["aspectRatio ignored"]);
    const edit = { model: "kling-o1", prompt: "a fox", klingO1Video: url, aspectRatio: "1:1", duration: 5 } as const;
    expect(outcomesOf(edit)).toEqual(["aspectRatio ignored", "duration ignored"]);
    expect(outcomesOf({ model: "vid-ovi", prompt: "a fox", duration: 5, resolution: "720p" })).toEqual([
      "duration ignored",
      "resolution ignored",
    ]);
  });

  test("says that sound cannot be chosen", () => {
    const silent = { model: "vid-kling-2.5-pro", prompt: "a fox" } as const;
    const loud = { model: "kie-wan-2.5", prompt: "a fox" } as const;
    expect(outcomesOf({ ...silent, generateAudio: true })).toEqual(["generateAudio ignored"]);
    expect(outcomesOf({ ...silent, generateAudio: false })).toEqual([]);
    expect(outcomesOf({ ...loud, generateAudio: false })).toEqual(["generateAudio ignored"]);
    expect(resolveVideoRequest({ ...loud, generateAudio: false }).request.generateAudio).toBe(true);
  });

  test("says that an extra cannot be had, and nothing when it is off", () => {
    expect(outcomesOf({ ...veo, fastMode: true, removeWatermark: true, cameraFixed: true })).toEqual([
      "fastMode refused",
      "removeWatermark refused",
      "cameraFixed refused",
    ]);
    expect(outcomesOf({ ...veo, fastMode: false, removeWatermark: false, cameraFixed: false })).toEqual([]);
  });

  test("says that an empty attachment attaches nothing", () => {
    expect(outcomesOf({ ...veo, attachmentImageUrl: "", klingO1Images: [] })).toEqual([
      "attachmentImageUrl ignored",
      "klingO1Images ignored",
    ]);
  });

  test("says that a flag is no flag, and that a field does not exist", () => {
    const garbage: Record<string, unknown> = {
      generateAudio: "no",
      fastMode: "yes",
      webhook: url,
      toString: 1,
      duration: undefined,
    };
    expect(outcomesOf({ ...garbage, ...veo })).toEqual([
      "generateAudio fitted",
      "fastMode fitted",
      "webhook refused",
      "toString refused",
    ]);
  });
});
