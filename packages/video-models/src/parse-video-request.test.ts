import { describe, expect, test } from "vitest";
import { checkVideoRequest, parseVideoRequest } from "./parse-video-request.ts";
import { VideoRequestError } from "./video-request-error.ts";

const url = "https://cdn.example.com/a.png";
const veo = { model: "vid-veo-3.1", prompt: "a fox" };
const transition = { model: "veo3.1-transition", prompt: "a fox", startFrameImageUrl: url, endFrameImageUrl: url };
const o1 = { model: "kling-o1", prompt: "a fox", klingO1Images: [url] };
const element = { frontalImageUrl: url, referenceImageUrls: [url] };

function issuesOf(value: unknown) {
  const check = checkVideoRequest(value);
  return check.ok ? [] : check.issues;
}
const pathsOf = (value: unknown) => issuesOf(value).map(({ path }) => path);

describe("a good request", () => {
  test("comes back as it was given, the prompt without the space around it", () => {
    const request = { ...veo, prompt: "  a fox\0\r\nruns ", duration: 8, aspectRatio: "9:16", generateAudio: false };
    expect(parseVideoRequest(request)).toEqual({ ...request, prompt: "a fox\nruns" });
  });

  test("may have undefined members, which are dropped", () => {
    expect(parseVideoRequest({ ...veo, duration: undefined })).toStrictEqual(veo);
  });

  test.each([
    transition,
    o1,
    { ...o1, klingO1Images: [], klingO1Elements: [element] },
    {
      model: "kling-o1",
      prompt: "@Image1 as in @video1",
      klingO1Video: url,
      klingO1Images: [url],
      duration: 5,
      aspectRatio: "1:1",
    },
    { model: "kling-o1-transition", prompt: "a fox", startFrameImageUrl: url, duration: 3 },
    { model: "vid-lucy-lite", prompt: "a fox", attachmentImageBytes: "aGk=" },
    { model: "vid-hailuo-2.3", prompt: "a fox", attachmentImageUrl: url, fastMode: true },
    { model: "vid-seedance-pro", prompt: "a fox", cameraFixed: true },
  ])("$model with what it takes", (request) => {
    expect(parseVideoRequest(request)).toEqual(request);
  });

  test("may set what the model leaves no choice of: apps send it always", () => {
    expect(issuesOf({ model: "vid-ovi", prompt: "a fox", duration: 5, resolution: "720p" })).toEqual([]);
    expect(
      issuesOf({ model: "vid-kling-2.6-pro", prompt: "a fox", attachmentImageUrl: url, aspectRatio: "21:9" }),
    ).toEqual([]);
    expect(issuesOf({ model: "vid-kling-2.5-pro", prompt: "a fox", generateAudio: true })).toEqual([]);
  });

  test("may switch off what the model cannot do", () => {
    expect(issuesOf({ ...veo, fastMode: false, removeWatermark: false, cameraFixed: false })).toEqual([]);
  });

  test("may attach nothing by an empty list", () => {
    expect(issuesOf({ ...veo, klingO1Images: [], klingO1Elements: [] })).toEqual([]);
  });
});

describe("the shape", () => {
  test.each([undefined, null, 3, "vid-ovi", [], [veo], () => veo])("%j is no request", (value) => {
    expect(issuesOf(value)).toEqual([expect.objectContaining({ path: "", message: "Give an object." })]);
  });

  test("needs a model and a prompt", () => {
    expect(pathsOf({})).toEqual(["model", "prompt"]);
  });

  test.each([
    ["duration", 4.5],
    ["duration", "8"],
    ["duration", 0],
    ["duration", -8],
    ["duration", Number.NaN],
    ["duration", Infinity],
    ["duration", 8n],
    ["aspectRatio", "17:9"],
    ["aspectRatio", 1.5],
    ["resolution", "4k"],
    ["resolution", "1080"],
    ["generateAudio", "true"],
    ["fastMode", 1],
    ["cameraFixed", null],
    ["removeWatermark", []],
    ["attachmentImageUrl", "http://cdn.example.com/a.png"],
    ["attachmentImageUrl", ""],
    ["attachmentImageUrl", { url }],
    ["attachmentImageBytes", "not base64"],
    ["prompt", 3],
    ["prompt", ["a fox"]],
    ["prompt", "a".repeat(100_001)],
  ])("%s: %o is refused", (field, value) => {
    expect(pathsOf({ ...veo, [field]: value })).toEqual([field]);
  });

  test("a list is a list, not an object like one", () => {
    expect(pathsOf({ ...o1, klingO1Images: { 0: url, length: 1 } })).toEqual(["klingO1Images"]);
    expect(pathsOf({ ...o1, klingO1Images: [url, 3, "ftp://x"] })).toEqual(["klingO1Images.1", "klingO1Images.2"]);
  });

  test("a member of a list is told by its index, a field of an element by its name", () => {
    const klingO1Elements = [element, { frontalImageUrl: "x", referenceImageUrls: [], extra: 1 }];
    expect(pathsOf({ ...o1, klingO1Elements }).sort()).toEqual([
      "klingO1Elements.1.extra",
      "klingO1Elements.1.frontalImageUrl",
      "klingO1Elements.1.referenceImageUrls",
    ]);
    expect(pathsOf({ ...o1, klingO1Elements: [{ ...element, referenceImageUrls: [url, url, url, url] }] })).toEqual([
      "klingO1Elements.0.referenceImageUrls",
    ]);
    const both = [{ ...element, referenceImageUrls: [url, url, "x", url] }];
    expect(pathsOf({ ...o1, klingO1Elements: both })).toEqual([
      "klingO1Elements.0.referenceImageUrls.2",
      "klingO1Elements.0.referenceImageUrls",
    ]);
    expect(pathsOf({ ...o1, klingO1Images: [{ url, extra: 1 }, { url: "x" }, { extra: url }] })).toEqual([
      "klingO1Images.0.extra",
      "klingO1Images.1",
      "klingO1Images.2",
    ]);
  });

  test("unknown fields are refused, whatever they are called", () => {
    const hostile = JSON.parse(
      '{"__proto__": {"x": 1}, "constructor": 1, "toString": 2, "endpoint": "https://evil.example"}',
    );
    expect(pathsOf(Object.assign(Object.create(null), veo, { fal_webhook: url }))).toEqual(["fal_webhook"]);
    expect(pathsOf({ ...JSON.parse(JSON.stringify(veo)), constructor: 1, endpoint: url })).toEqual([
      "constructor",
      "endpoint",
    ]);
    expect(pathsOf(hostile).sort()).toEqual(["__proto__", "constructor", "endpoint", "model", "prompt", "toString"]);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  test("a getter is refused unread", () => {
    const sly = {
      ...veo,
      get duration(): number {
        throw new Error("run");
      },
    };
    expect(pathsOf(sly)).toEqual(["duration"]);
  });

  test("a value tells what was given and what is allowed, but no prompt, URL or image is repeated", () => {
    expect(issuesOf({ ...veo, resolution: "4k" })).toEqual([
      {
        path: "resolution",
        message: expect.any(String),
        value: "4k",
        allowed: ["360p", "480p", "540p", "720p", "1080p", "1440p", "2K", "4K"],
      },
    ]);
    const secrets = {
      ...veo,
      prompt: "secret".repeat(2000),
      attachmentImageUrl: "http://x.example/?secret",
      attachmentImageBytes: "secret!",
    };
    expect(issuesOf(secrets)).toHaveLength(4);
    expect(JSON.stringify(issuesOf(secrets))).not.toContain("secret");
  });
});

describe("an unknown model", () => {
  test("has its own code, names near matches, and does not hide the other issues", () => {
    const check = checkVideoRequest({ model: "veo-3.1", prompt: 3, extra: true });
    expect(check).toMatchObject({ ok: false, code: "unknown-model" });
    expect(check.ok ? [] : check.issues.map(({ path }) => path).sort()).toEqual(["extra", "model", "prompt"]);
    expect(check.ok ? "" : check.issues.at(-1)?.message).toContain("vid-veo-3.1");
  });

  test.each(["__proto__", "constructor", "toString", ""])("%j is one", (model) => {
    expect(checkVideoRequest({ model, prompt: "a fox" })).toMatchObject({ ok: false, code: "unknown-model" });
  });

  test("a model that is no text is a request that is not valid", () => {
    expect(checkVideoRequest({ model: 3, prompt: "a fox" })).toMatchObject({ ok: false, code: "invalid-request" });
  });
});

describe("the prompt", () => {
  test.each([
    ["vid-veo-3.1", "   "],
    ["vid-veo-3.1", "\0\u202e"],
    ["kie-seedance-1.5-pro", "ab"],
    ["kie-wan-2.5", "a".repeat(801)],
    ["vid-kling-2.6-pro", "a".repeat(1001)],
    ["vid-kling-2.5-pro", "a".repeat(2501)],
    ["pixverse-v5", "é".repeat(1025)],
    ["vid-veo-3.1", "a".repeat(5001)],
  ])("of %s is refused: %.10s", (model, prompt) => {
    expect(pathsOf({ model, prompt })).toEqual(["prompt"]);
  });

  test.each([
    ["kie-seedance-1.5-pro", "a".repeat(20_000)],
    ["kie-wan-2.5", ` ${"a".repeat(800)}\n`],
    ["pixverse-v5", "é".repeat(1024)],
    ["vid-veo-3.1", "a@Image1.com and @Element9"],
  ])("of %s is accepted: %.10s", (model, prompt) => {
    expect(pathsOf({ model, prompt })).toEqual([]);
  });

  test("says how long it is and may be", () => {
    expect(issuesOf({ model: "pixverse-v5", prompt: "é".repeat(1025) })[0]?.message).toBe(
      "Pixverse v5 takes at most 2048 bytes; this prompt has 2050.",
    );
    expect(issuesOf({ model: "kie-seedance-1.5-pro", prompt: "ab" })[0]?.message).toBe(
      "Seedance 1.5 Pro needs a prompt of at least 3 characters.",
    );
  });

  test("for Kling O1 mentions only what is attached", () => {
    const attached = { ...o1, klingO1Images: [url, url], klingO1Elements: [element] };
    expect(issuesOf({ ...attached, prompt: "@Image1 and @Image2 meet @element1, see @images" })).toEqual([]);
    expect(issuesOf({ ...attached, prompt: "@Image3 @Image3 @Image0 @Element2 @Video1 @Image10" })).toEqual([
      { path: "prompt", message: "Nothing is attached as @Image3, @Image0, @Element2, @Video1, @Image10." },
    ]);
  });
});

describe("the settings", () => {
  test("outside the list are refused with the list", () => {
    expect(issuesOf({ ...veo, duration: 5, aspectRatio: "1:1", resolution: "480p" })).toEqual([
      { path: "aspectRatio", message: "Veo 3.1 offers 16:9, 9:16 here.", value: "1:1", allowed: ["16:9", "9:16"] },
      { path: "duration", message: "Veo 3.1 offers 4, 6, 8 here.", value: 5, allowed: [4, 6, 8] },
      { path: "resolution", message: "Veo 3.1 offers 720p, 1080p here.", value: "480p", allowed: ["720p", "1080p"] },
    ]);
  });

  test("are judged with the resolution: Pixverse makes 8 s, but not at 1080p", () => {
    const pixverse = { model: "pixverse-v5", prompt: "a fox", duration: 8 };
    expect(issuesOf(pixverse)).toEqual([]);
    expect(issuesOf({ ...pixverse, resolution: "1080p" })).toMatchObject([{ path: "duration", allowed: [5] }]);
  });

  test("that the model cannot do are refused when on", () => {
    expect(pathsOf({ ...veo, fastMode: true, removeWatermark: true, cameraFixed: true })).toEqual([
      "fastMode",
      "removeWatermark",
      "cameraFixed",
    ]);
    expect(issuesOf({ model: "vid-hailuo-2.3-pro", prompt: "a fox", fastMode: true })).toEqual([
      {
        path: "fastMode",
        message: "Hailuo 2.3 Pro cannot do this without an image.",
        value: true,
        allowed: [false],
      },
    ]);
  });
});

describe("the attachments", () => {
  test("that the model does not take are refused, naming those that it takes", () => {
    expect(issuesOf({ ...veo, startFrameImageUrl: url, klingO1Video: url })).toEqual([
      {
        path: "startFrameImageUrl",
        message: "Veo 3.1 does not take this, but attachmentImageUrl, attachmentImageBytes.",
      },
      { path: "klingO1Video", message: "Veo 3.1 does not take this, but attachmentImageUrl, attachmentImageBytes." },
    ]);
    expect(issuesOf({ model: "vid-kandinsky-5", prompt: "a fox", attachmentImageUrl: url })).toEqual([
      { path: "attachmentImageUrl", message: "Kandinsky 5 does not take this." },
    ]);
  });

  test.each([
    [{ model: "vid-lucy-pro", prompt: "a fox" }, ["attachmentImageUrl"]],
    [{ model: "veo3.1-transition", prompt: "a fox" }, ["startFrameImageUrl", "endFrameImageUrl"]],
    [{ ...transition, endFrameImageUrl: undefined }, ["endFrameImageUrl"]],
    [{ model: "kling-2.5-turbo-transition", prompt: "a fox", endFrameImageUrl: url }, ["startFrameImageUrl"]],
    [{ model: "kling-o1", prompt: "a fox" }, ["klingO1Images"]],
    [{ model: "kling-o1", prompt: "a fox", klingO1Images: [] }, ["klingO1Images"]],
  ])("that are needed and missing are named: %j", (request, paths) => {
    expect(pathsOf(request)).toEqual(paths);
  });

  test("an image comes as a URL or as bytes, not both", () => {
    expect(pathsOf({ ...veo, attachmentImageUrl: url, attachmentImageBytes: "aGk=" })).toEqual([
      "attachmentImageBytes",
    ]);
  });

  test("Kling O1 takes seven images and elements together, four beside a video", () => {
    const images = (count: number) => Array.from({ length: count }, () => url);
    expect(pathsOf({ ...o1, klingO1Images: images(6), klingO1Elements: [element] })).toEqual([]);
    expect(pathsOf({ ...o1, klingO1Images: images(7), klingO1Elements: [element] })).toEqual(["klingO1Images"]);
    expect(pathsOf({ ...o1, klingO1Images: images(4), klingO1Video: url })).toEqual([]);
    expect(pathsOf({ ...o1, klingO1Images: images(5), klingO1Video: url })).toEqual(["klingO1Images"]);
    expect(pathsOf({ ...o1, klingO1Images: images(1000) })).toEqual(["klingO1Images"]);
  });

  test("one with a bad URL counts as attached: it brings no second issue", () => {
    expect(pathsOf({ ...transition, endFrameImageUrl: "nonsense" })).toEqual(["endFrameImageUrl"]);
    expect(
      pathsOf({ model: "vid-hailuo-2.3", prompt: "a fox", fastMode: true, attachmentImageUrl: "nonsense" }),
    ).toEqual(["attachmentImageUrl"]);
  });
});

describe("all issues at once", () => {
  const bad = {
    model: "vid-veo-3.1",
    prompt: " ",
    duration: "8",
    aspectRatio: "1:1",
    fastMode: true,
    klingO1Video: url,
    extra: 1,
  };
  const paths = ["duration", "extra", "prompt", "aspectRatio", "fastMode", "klingO1Video"];

  test("those of the shape and those of the model", () => {
    expect(pathsOf(bad)).toEqual(paths);
  });

  test("are carried and told by the error", () => {
    const parse = () => parseVideoRequest(bad);
    expect(parse).toThrow(VideoRequestError);
    expect(parse).toThrow(expect.objectContaining({ code: "invalid-request", issues: issuesOf(bad) }));
    for (const path of paths) expect(parse).toThrow(`${path}: `);
    expect(() => parseVideoRequest(null)).toThrow("Give an object.");
  });
});
