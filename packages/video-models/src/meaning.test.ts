// What two frames, one image and lists of objects mean, the same wherever a request is read: checked, quoted, drawn, fitted and sent.
import { describe, expect, test } from "vitest";
import { inputOf } from "./attached.ts";
import { choicesFor } from "./choices.ts";
import { createRegistry } from "./create-registry.ts";
import { fitSettings } from "./fit-settings.ts";
import { kling } from "./models/kling.ts";
import { veo } from "./models/veo.ts";
import { checkVideoRequest } from "./parse-video-request.ts";
import { toProviderJob } from "./providers/to-provider-job.ts";
import { quoteVideo } from "./quote.ts";
import { VIDEO_MODELS, videoModelIds } from "./registry.ts";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import { transitionOf } from "./transition-of.ts";

const a = "https://cdn.example.com/a.png";
const b = "https://cdn.example.com/b.png";
const frames = { startFrameImageUrl: a, endFrameImageUrl: b };
const prompt = "a fox in the snow";

const PAIRS = videoModelIds().flatMap((id) => {
  const sibling = transitionOf(id);
  return sibling === undefined || inputOf(VIDEO_MODELS[id], "frames") ? [] : [{ id, sibling }];
});

test("seven models have a transition", () => {
  expect(PAIRS).toHaveLength(7);
});

describe.each(PAIRS)("two frames on $id", ({ id, sibling }) => {
  const asked = { model: id, prompt, ...frames };
  const named = { ...asked, model: sibling };

  test("are a request for its transition: checked, priced and sent as one", () => {
    expect(checkVideoRequest(asked)).toEqual({ ok: true, request: named });
    const { request, credits, lines } = quoteVideo(asked);
    expect({ request, credits, lines }).toEqual({ ...quoteVideo(named), notes: undefined, refused: undefined });
    expect(toProviderJob(asked)).toEqual(toProviderJob(named));
  });

  test("are told by a note, and nothing of them is refused", () => {
    const { notes, refused } = quoteVideo(asked);
    const reason = `Two frames are rendered by ${VIDEO_MODELS[sibling].label}.`;
    expect(notes).toEqual([{ field: "model", outcome: "fitted", from: id, to: sibling, reason }]);
    expect(refused).toEqual([]);
    expect(quoteVideo(named).notes).toEqual([]);
  });

  test("draw and fit the form of the transition", () => {
    expect(choicesFor(id, { attachments: frames })).toEqual(choicesFor(sibling, { attachments: frames }));
    expect(fitSettings(id, { duration: 7 }, frames)).toEqual(fitSettings(sibling, { duration: 7 }, frames));
  });

  test("beside an image are refused, because nothing could be made of all three", () => {
    const check = checkVideoRequest({ ...asked, attachmentImageUrl: a });
    expect(check).toMatchObject({ ok: false, issues: [{ path: "attachmentImageUrl" }] });
  });

  test("but one frame alone is no transition", () => {
    const check = checkVideoRequest({ model: id, prompt, startFrameImageUrl: a });
    expect(check.ok).toBe(false);
    expect(resolveVideoRequest({ model: id, prompt, endFrameImageUrl: b }).request.model).toBe(id);
  });
});

describe("settings of a transition are those of the transition", () => {
  test("a length that only the model offers is refused with the lengths of the transition", () => {
    const check = checkVideoRequest({ model: "kling-o1", prompt, duration: 11, ...frames });
    expect(check).toMatchObject({ ok: false, issues: [{ path: "duration", allowed: [3, 4, 5, 6, 7, 8, 9, 10] }] });
  });
});

describe("two frames on a model that takes a last frame itself", () => {
  const taking = videoModelIds().filter(
    (id) => inputOf(VIDEO_MODELS[id], "image")?.endFrame && VIDEO_MODELS[id].lifecycle.stage !== "retired",
  );

  test.each(taking)("%s: are its image and its last frame", (model) => {
    const check = checkVideoRequest({ model, prompt, ...frames });
    expect(check).toEqual({ ok: true, request: { model, prompt, attachmentImageUrl: a, endFrameImageUrl: b } });
    const { request, notes } = resolveVideoRequest({ model, prompt, ...frames });
    expect(request).toMatchObject({ model, mode: "first-last-frame", attachmentImageUrl: a, endFrameImageUrl: b });
    expect(notes).toMatchObject([{ field: "startFrameImageUrl", outcome: "fitted", from: a, to: a }]);
  });

  test("beside an image as bytes are refused", () => {
    const [model = "vid-kling-3-pro"] = taking;
    const check = checkVideoRequest({ model, prompt, ...frames, attachmentImageBytes: "aGk=" });
    expect(check).toMatchObject({ ok: false, issues: [{ path: "startFrameImageUrl" }] });
  });
});

test.each(["vid-ovi", "vid-kling-2.6-pro", "vid-kandinsky-5"])("two frames on %s, which has no transition", (model) => {
  const check = checkVideoRequest({ model, prompt, ...frames });
  const issues = [{ path: "startFrameImageUrl" }, { path: "endFrameImageUrl" }];
  expect(check).toMatchObject({ ok: false, code: "invalid-request", issues });
});

describe("one image on a Kling of references", () => {
  const editing = videoModelIds().filter((id) => inputOf(VIDEO_MODELS[id], "references"));

  test.each(editing)("%s: is its reference, told by a note", (model) => {
    const asked = { model, prompt, attachmentImageUrl: a };
    expect(checkVideoRequest(asked)).toEqual({ ok: true, request: { model, prompt, klingO1Images: [a] } });
    const { request, notes } = resolveVideoRequest(asked);
    expect(request).toMatchObject({ klingO1Images: [a], mode: "reference-to-video" });
    expect(request).not.toHaveProperty("attachmentImageUrl");
    expect(notes).toMatchObject([{ field: "attachmentImageUrl", outcome: "fitted", from: a, to: [a] }]);
    expect(choicesFor(model, { attachments: asked }).attachments.references).toMatchObject({ used: 1 });
  });

  test("stands beside a video, and counts towards its limit", () => {
    const video = "https://cdn.example.com/v.mp4";
    const { request } = resolveVideoRequest({ model: "kling-o1", prompt, klingO1Video: video, attachmentImageUrl: a });
    expect(request).toMatchObject({ mode: "video-to-video-edit", klingO1Video: video, klingO1Images: [a] });
  });

  test("beside other images is refused: which of them it is cannot be told", () => {
    const check = checkVideoRequest({ model: "kling-o1", prompt, attachmentImageUrl: a, klingO1Images: [b] });
    expect(check).toMatchObject({ ok: false, issues: [{ path: "attachmentImageUrl" }] });
  });

  test("that is no URL is named as it was given", () => {
    const check = checkVideoRequest({ model: "kling-o1", prompt, attachmentImageUrl: "javascript:alert(1)" });
    expect(check).toMatchObject({ ok: false, issues: [{ path: "attachmentImageUrl" }] });
  });
});

describe("images of Kling as objects", () => {
  const asked = { model: "kling-o1", prompt, klingO1Images: [{ url: a }, b] } as const;

  test("are their URLs", () => {
    expect(checkVideoRequest(asked)).toEqual({
      ok: true,
      request: { model: "kling-o1", prompt, klingO1Images: [a, b] },
    });
    expect(resolveVideoRequest(asked)).toMatchObject({ request: { klingO1Images: [a, b] }, notes: [] });
    expect(toProviderJob(asked)).toEqual(toProviderJob({ ...asked, klingO1Images: [a, b] }));
  });

  test.each([[{ url: "http://cdn.example.com/a.png" }], [{ url: a, more: 1 }], [{}], [null], [5], [[a]]])(
    "%j is refused by its place",
    (image) => {
      const check = checkVideoRequest({ ...asked, klingO1Images: [b, image] });
      expect(check.ok || check.issues.map(({ path }) => path)).toEqual([expect.stringMatching(/^klingO1Images\.1/)]);
    },
  );
});

test("a registry of families means the same by its own models", () => {
  const registry = createRegistry([veo, kling]);
  const asked = { model: "vid-veo-3.1", prompt, ...frames } as const;
  expect(registry.checkVideoRequest(asked)).toMatchObject({ ok: true, request: { model: "veo3.1-transition" } });
  expect(registry.resolveVideoRequest(asked)).toEqual(resolveVideoRequest(asked));
  expect(registry.choicesFor("vid-veo-3.1", { attachments: frames }).mode).toBe("first-last-frame");
  expect(registry.fitSettings("kling-o1", { aspectRatio: "9:16" }, frames)).not.toHaveProperty("aspectRatio");
  expect(registry.createPricing({}).quoteVideo(asked)).toEqual(quoteVideo(asked));
});

describe("settings without a control", () => {
  test("are kept beside the request, without effect on its price", () => {
    const asked = { model: "vid-ovi", prompt, duration: 8, resolution: "1080p", aspectRatio: "1:1" } as const;
    const { request, credits } = quoteVideo(asked);
    expect(request).toMatchObject({ aspectRatio: "1:1", unused: { duration: 8, resolution: "1080p" } });
    expect(request).not.toHaveProperty("duration");
    expect(credits).toBe(quoteVideo({ model: "vid-ovi", prompt, aspectRatio: "1:1" }).credits);
  });

  test("are absent where there is none", () => {
    expect(resolveVideoRequest({ model: "vid-ovi", prompt }).request).not.toHaveProperty("unused");
  });
});
