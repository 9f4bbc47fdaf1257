// What the models that came after the plan's can say: lengths the model chooses, two frames of one model, references, keyframes, sounds.
import { describe, expect, test } from "vitest";
import { choicesFor } from "./choices.ts";
import { fitSettings } from "./fit-settings.ts";
import type { VideoMode } from "./model.ts";
import { checkVideoRequest } from "./parse-video-request.ts";
import { attachmentsOf } from "./providers/__fixtures__/reachable-requests.ts";
import { getVideoModel, type VideoModelId, videoModelIds } from "./registry.ts";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import type { VideoAttachments, VideoRequest } from "./video-request.ts";

const url = "https://cdn.example.com/a.png";
const urls = (count: number) => Array.from({ length: count }, (_, nth) => `https://cdn.example.com/${nth}.png`);
const image = { attachmentImageUrl: url };
const both = { ...image, endFrameImageUrl: url };
const issuesOf = (request: Partial<VideoRequest> | Record<string, unknown>) => {
  const check = checkVideoRequest({ prompt: "a fox", ...request });
  return check.ok ? [] : check.issues.map(({ path, message }) => `${path}: ${message}`);
};

describe("every mode", () => {
  test("is that of some model, by its attachments", () => {
    const modes = videoModelIds().flatMap((id) =>
      attachmentsOf(id).map((attachments) => choicesFor(id, { attachments }).mode),
    );
    const all: readonly VideoMode[] = [
      "text-to-video",
      "image-to-video",
      "first-last-frame",
      "keyframes",
      "reference-to-video",
      "video-to-video-edit",
      "extend",
      "upscale",
      "lip-sync",
      "avatar",
    ];
    expect(new Set(modes)).toEqual(new Set(all));
  });

  test.each(videoModelIds())("of %s accepts what the choices say must and may be attached", (id) => {
    if (getVideoModel(id).lifecycle.stage === "retired") return;
    for (const attachments of attachmentsOf(id)) {
      expect(issuesOf({ model: id, ...fitSettings(id, {}, attachments), ...attachments })).toEqual([]);
    }
  });
});

describe("a length that the model chooses", () => {
  test("is offered first, is accepted, and is not the default", () => {
    const model = "vid-seedance-2.0";
    expect(choicesFor(model).durations[0]).toBe("auto");
    expect(issuesOf({ model, duration: "auto" })).toEqual([]);
    expect(resolveVideoRequest({ model, prompt: "", duration: "auto" }).request.duration).toBe("auto");
    expect(fitSettings(model, {}).duration).toBe(5);
    expect(fitSettings(model, { duration: 60 }).duration).toBe(15);
  });

  test("is refused where it is not offered, and fitted to the default", () => {
    expect(issuesOf({ model: "vid-kling-3-pro", duration: "auto" })).toEqual([
      "duration: Kling 3 Pro offers 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 here.",
    ]);
    expect(fitSettings("vid-veo-3.1", { duration: "auto" }).duration).toBe(8);
  });
});

describe("resolutions by name", () => {
  test.each([
    ["vid-ltx-2.3", "2K", "1440p"],
    ["vid-ltx-2.3", "4K", "4K"],
    ["vid-minimax-h3", "720p", "2K"],
    ["vid-seedance-2.0", "1440p", "1080p"],
    ["vid-seedance-2.0", "2K", "1080p"],
    ["vid-veo-3.1", "4K", "1080p"],
  ] as const)("%s: %s becomes %s, by its lines", (id, resolution, fitted) => {
    expect(fitSettings(id, { resolution }).resolution).toBe(fitted);
  });
});

describe("the shape", () => {
  test("follows what is attached where the model can, unless one is chosen", () => {
    expect(fitSettings("vid-seedance-2.0", {}).aspectRatio).toBe("16:9");
    expect(fitSettings("vid-seedance-2.0", {}, image).aspectRatio).toBe("auto");
    expect(fitSettings("vid-seedance-2.0", { aspectRatio: "9:16" }, image).aspectRatio).toBe("9:16");
    expect(fitSettings("vid-veo-3.1", {}, image).aspectRatio).toBe("16:9");
  });

  test("of a ratio that only newer models have is fitted for the others", () => {
    expect(fitSettings("vid-happy-horse-1.1", { aspectRatio: "9:21" }).aspectRatio).toBe("9:21");
    expect(fitSettings("vid-veo-3.1", { aspectRatio: "9:21" }).aspectRatio).toBe("9:16");
    expect(fitSettings("vid-kling-3-pro", { aspectRatio: "5:4" }).aspectRatio).toBe("1:1");
  });
});

describe("a first and a last frame of one model", () => {
  const withFrames = videoModelIds().filter((id) => choicesFor(id).attachments.endFrame === "optional");

  test.each(withFrames.filter((id) => choicesFor(id).attachments.image !== "none"))("%s runs in three modes", (id) => {
    const modes = [{}, image, both].map((attachments) => choicesFor(id, { attachments }).mode);
    expect(modes).toEqual(["text-to-video", "image-to-video", "first-last-frame"]);
    expect(issuesOf({ model: id, ...both })).toEqual([]);
  });

  test("a last frame alone needs an image", () => {
    const attachments = { endFrameImageUrl: url };
    expect(choicesFor("vid-kling-3-pro", { attachments }).attachments).toMatchObject({
      image: "required",
      endFrame: "optional",
    });
    expect(issuesOf({ model: "vid-kling-3-pro", ...attachments })).toEqual([
      "attachmentImageUrl: Kling 3 Pro needs an image.",
    ]);
  });

  test("a mode has lists of its own: 8 s between frames, no 360p", () => {
    expect(choicesFor("vid-veo-3.1-lite", { attachments: both }).durations).toEqual([8]);
    expect(choicesFor("vid-vidu-q3", { attachments: both }).resolutions).toEqual(["540p", "720p", "1080p"]);
    expect(fitSettings("vid-vidu-q3", { resolution: "360p" }, both).resolution).toBe("540p");
  });
});

describe("references of several kinds", () => {
  const model = "vid-seedance-2.0-reference";
  const { attachments } = choicesFor(model);

  test("have counts and lengths", () => {
    expect(attachments).toMatchObject({
      referenceImages: { need: "required", max: 9, used: 0 },
      referenceVideos: { need: "optional", max: 3, maxSeconds: 15, used: 0 },
      referenceAudios: { need: "optional", max: 3, maxSeconds: 15, used: 0 },
    });
    const given = { referenceImageUrls: urls(2), referenceVideoUrls: urls(1) };
    expect(choicesFor(model, { attachments: given }).attachments).toMatchObject({
      referenceImages: { need: "optional", used: 2 },
      referenceVideos: { used: 1 },
    });
  });

  test.each<[VideoAttachments, readonly string[]]>([
    [{ referenceImageUrls: urls(9) }, []],
    [{ referenceVideoUrls: urls(3), referenceAudioUrls: urls(3) }, []],
    [{ referenceImageUrls: urls(10) }, ["takes at most 9 reference images here; 10 are attached."]],
    [
      { referenceVideoUrls: urls(4), referenceAudioUrls: urls(4) },
      [
        "takes at most 3 reference videos here; 4 are attached.",
        "takes at most 3 reference sounds here; 4 are attached.",
      ],
    ],
    [
      { referenceImageUrls: urls(9), referenceVideoUrls: urls(3), referenceAudioUrls: urls(1) },
      ["takes at most 12 references of all kinds together here; 13 are attached."],
    ],
    [{ referenceAudioUrls: urls(1) }, ["needs 1 to 9 reference images, or a reference video."]],
    [{}, ["needs 1 to 9 reference images, or a reference video."]],
  ])("%j", (given, messages) => {
    const expected = messages.map((message) => `Seedance 2.0 Reference ${message}`);
    expect(issuesOf({ model, ...given }).map((issue) => issue.replace(/^[^:]+: /, ""))).toEqual(expected);
  });

  test("a kind that the model does not take is refused, and named", () => {
    expect(
      issuesOf({ model: "vid-veo-3.1-reference", referenceImageUrls: urls(1), referenceAudioUrls: urls(1) }),
    ).toEqual(["referenceAudioUrls: Veo 3.1 Reference does not take this, but referenceImageUrls."]);
    expect(choicesFor("vid-veo-3.1-reference").attachments).not.toHaveProperty("referenceVideos");
  });
});

describe("keyframes", () => {
  const model = "vid-luma-ray-3.2";
  const at = (...times: readonly number[]) => ({
    keyframes: times.map((atSeconds) => ({ imageUrl: `https://cdn.example.com/${atSeconds}.png`, atSeconds })),
  });

  test("take the place of the image", () => {
    expect(choicesFor(model).attachments).toMatchObject({ image: "optional", keyframes: { min: 2, max: 32, used: 0 } });
    expect(choicesFor(model, { attachments: at(0, 5) })).toMatchObject({
      mode: "keyframes",
      attachments: { image: "none", endFrame: "none", keyframes: { used: 2 } },
    });
  });

  test.each<[Record<string, unknown>, readonly string[]]>([
    [at(0, 2.5, 5), []],
    [{ ...at(0, 10), duration: 10 }, []],
    [at(1), ["keyframes: Luma Ray 3.2 needs at least 2 keyframes."]],
    [at(0, 7), ["keyframes.1.atSeconds: The clip ends at 5 s; this keyframe is at 7 s."]],
    [at(3, 3), ["keyframes.1.atSeconds: Another keyframe is at 3 s. Give each a time of its own."]],
    [{ ...at(0, 5), ...image }, ["keyframes: Luma Ray 3.2 takes keyframes or an image, not both."]],
    [{ ...at(0, 5), endFrameImageUrl: url }, ["keyframes: Luma Ray 3.2 takes keyframes or an image, not both."]],
    [at(-1, 2), ["keyframes.0.atSeconds: Give seconds from the start, 0 or more."]],
    [{ keyframes: [{ imageUrl: "no URL", atSeconds: 0 }, ...at(2).keyframes] }, ["keyframes.0.imageUrl"]],
  ])("%j", (given, expected) => {
    const issues = issuesOf({ model, ...given });
    expect(issues).toHaveLength(expected.length);
    for (const [nth, issue] of issues.entries()) expect(issue).toContain(expected[nth]);
  });

  test("are refused by other models", () => {
    expect(issuesOf({ model: "vid-grok-imagine", ...at(0, 5) })).toEqual([
      "keyframes: Grok Imagine does not take this.",
    ]);
  });
});

describe("a video that is finished, and a sound", () => {
  const sourceVideoUrl = "https://cdn.example.com/a.mp4";
  const audioUrl = "https://cdn.example.com/a.mp3";

  test.each<[VideoModelId, VideoMode, VideoAttachments]>([
    ["vid-veo-3.1-extend", "extend", { sourceVideoUrl }],
    ["vid-topaz-upscale", "upscale", { sourceVideoUrl }],
    ["vid-sync-lipsync-3", "lip-sync", { sourceVideoUrl, audioUrl }],
    ["vid-kling-avatar-2-pro", "avatar", { ...image, audioUrl }],
  ])("%s always runs as %s, and needs all it is made from", (model, mode, attachments) => {
    expect(choicesFor(model).mode).toBe(mode);
    expect(issuesOf({ model, ...attachments })).toEqual([]);
    for (const left of Object.keys(attachments)) {
      const rest = Object.fromEntries(Object.entries(attachments).filter(([field]) => field !== left));
      expect(issuesOf({ model, ...rest })).toEqual([
        expect.stringMatching(`^${left}: .* needs an? (video|sound|image)\\.$`),
      ]);
    }
  });

  test("a prompt is not needed where there is none, and said to be ignored", () => {
    const request = { model: "vid-topaz-upscale", prompt: "", sourceVideoUrl } as const;
    expect(issuesOf(request)).toEqual([]);
    expect(issuesOf({ ...request, prompt: "x".repeat(50_000) })).toEqual([]);
    expect(resolveVideoRequest(request).notes).toEqual([]);
    expect(resolveVideoRequest({ ...request, prompt: "a fox" }).notes).toEqual([
      { field: "prompt", outcome: "ignored", from: "a fox", reason: "Topaz Upscale takes no prompt." },
    ]);
  });

  test("a sound beside text or frames is the model's to take or leave", () => {
    expect(choicesFor("vid-wan-2.7").attachments.audio).toBe("optional");
    for (const attachments of [{}, image, both])
      expect(issuesOf({ model: "vid-wan-2.7", ...attachments, audioUrl })).toEqual([]);
    expect(issuesOf({ model: "kie-wan-2.5", audioUrl })).toEqual([
      "audioUrl: Wan 2.5 does not take this, but attachmentImageUrl, attachmentImageBytes.",
    ]);
  });
});

test("what may be attached to a model of the plan says nothing of the newer kinds", () => {
  const plan = videoModelIds().filter((id) => getVideoModel(id).baseCredits !== undefined);
  for (const id of plan) {
    expect(Object.keys(choicesFor(id).attachments)).toEqual(["image", "startFrame", "endFrame", "references", "video"]);
  }
});
