import { describe, expect, test } from "vitest";
import { choicesFor } from "./choices.ts";
import { type VideoModelId, videoModelIds } from "./registry.ts";

const url = "https://cdn.example.com/a.png";
const image = { attachmentImageUrl: url };

describe("attaching an image", () => {
  test("changes the mode, by URL, bytes or local file alike", () => {
    expect(choicesFor("vid-veo-3.1").mode).toBe("text-to-video");
    expect(choicesFor("vid-veo-3.1", { attachments: image }).mode).toBe("image-to-video");
    expect(choicesFor("vid-veo-3.1", { attachments: { attachmentImageBytes: "aGk=" } }).mode).toBe("image-to-video");
    expect(choicesFor("vid-veo-3.1", { attachments: { attachmentImageUrl: { uri: "file:///a" } } }).mode).toBe(
      "image-to-video",
    );
  });

  test.each<VideoModelId>(["vid-kling-2.6-pro", "vid-kling-2.5-pro", "vid-ovi", "kie-wan-2.5", "pixverse-v5"])(
    "hides the aspect ratio of %s",
    (id) => {
      expect(choicesFor(id).aspectRatios).not.toEqual([]);
      expect(choicesFor(id, { attachments: image }).aspectRatios).toEqual([]);
    },
  );

  test("leaves Veo's aspect ratios and all three durations", () => {
    expect(choicesFor("vid-veo-3.1", { attachments: image })).toMatchObject({
      aspectRatios: ["16:9", "9:16"],
      durations: [4, 6, 8],
    });
  });

  test.each<VideoModelId>(["vid-hailuo-2.3", "vid-hailuo-2.3-pro"])("brings the fast mode of %s", (id) => {
    expect(choicesFor(id).fastMode).toBe(false);
    expect(choicesFor(id, { attachments: image }).fastMode).toBe(true);
  });

  test("an empty text attaches nothing", () => {
    expect(choicesFor("vid-veo-3.1", { attachments: { attachmentImageUrl: "" } }).mode).toBe("text-to-video");
  });
});

describe("what may be attached", () => {
  const none = { need: "none", max: 0, used: 0 };

  test("an image beside text, or nothing, or necessarily", () => {
    const rest = { startFrame: "none", endFrame: "none", references: none, video: "none" };
    expect(choicesFor("vid-veo-3.1").attachments).toEqual({ image: "optional", ...rest });
    expect(choicesFor("vid-kandinsky-5").attachments).toEqual({ image: "none", ...rest });
    expect(choicesFor("vid-lucy-lite").attachments).toEqual({ image: "required", ...rest });
    expect(choicesFor("vid-lucy-lite").mode).toBe("image-to-video");
  });

  test("frames: the last one is required by Veo, Pixverse and Seedance, and optional for Kling", () => {
    const endFrames = videoModelIds()
      .map((id) => [id, choicesFor(id)] as const)
      .filter(([, { mode }]) => mode === "first-last-frame")
      .map(([id, { attachments }]) => [id, attachments.startFrame, attachments.endFrame]);
    expect(endFrames).toEqual([
      ["veo3.1-transition", "required", "required"],
      ["veo3.1-fast-transition", "required", "required"],
      ["kling-2.5-turbo-transition", "required", "optional"],
      ["kling-o1-transition", "required", "optional"],
      ["seedance-pro-transition", "required", "required"],
      ["kie-seedance-1.5-pro-transition", "required", "required"],
      ["pixverse-v5-transition", "required", "required"],
    ]);
  });

  test("seven references to Kling O1, or a video and four", () => {
    expect(choicesFor("kling-o1")).toMatchObject({
      mode: "reference-to-video",
      attachments: { references: { need: "required", max: 7, used: 0 }, video: "optional" },
    });
    const attachments = { klingO1Video: url, klingO1Images: [url, url], klingO1Elements: [{}] };
    expect(choicesFor("kling-o1", { attachments })).toMatchObject({
      mode: "video-to-video-edit",
      aspectRatios: [],
      durations: [],
      attachments: { references: { need: "optional", max: 4, used: 3 }, video: "optional" },
    });
  });

  test("things that the model does not take change nothing", () => {
    const strange = { klingO1Video: url, startFrameImageUrl: url };
    expect(choicesFor("vid-veo-3.1", { attachments: strange })).toEqual(choicesFor("vid-veo-3.1"));
    expect(choicesFor("vid-kandinsky-5", { attachments: image }).mode).toBe("text-to-video");
  });
});

describe("the other controls", () => {
  test.each<VideoModelId>(["pixverse-v5", "pixverse-v5-transition"])("%s at 1080p offers 5 s only", (id) => {
    expect(choicesFor(id).durations).toEqual([5, 8]);
    expect(choicesFor(id, { resolution: "720p" }).durations).toEqual([5, 8]);
    expect(choicesFor(id, { resolution: "1080p" }).durations).toEqual([5]);
  });

  test("sound is hidden, optional or always there", () => {
    const audio = (id: VideoModelId) => choicesFor(id).audio;
    expect([audio("vid-kling-2.5-pro"), audio("vid-kling-2.6-pro"), audio("kie-wan-2.5")]).toEqual([
      "hidden",
      "optional",
      "always",
    ]);
  });

  test("the watermark is Sora's, the fixed camera Seedance's", () => {
    expect(videoModelIds().filter((id) => choicesFor(id).removeWatermark)).toEqual(["kie-sora-2"]);
    expect(videoModelIds().filter((id) => choicesFor(id).cameraFixed)).toEqual(
      videoModelIds().filter((id) => id.includes("seedance") && !id.includes("2.0")),
    );
    expect(videoModelIds().some((id) => choicesFor(id).fastMode)).toBe(false);
  });
});
