// Taking files out of a request, so that it can be checked and priced as it will be sent.
import { checkVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { isPlaceholder, placeholderFor } from "../core/upload-placeholder.ts";
import { ASSET, pngBlob, REQUEST, STORED } from "./__fixtures__/local-files.ts";
import { headOfBrand, pngOf } from "./__fixtures__/pictures.ts";
import { attachmentsWorld, settled } from "./__fixtures__/scripted-uploader.ts";
import type { GenerateRequest } from "./attachment.ts";

describe("take, for newer models,", () => {
  test("finds references, keyframes, videos and sounds", () => {
    const { take } = attachmentsWorld();
    const mp4 = new Blob([headOfBrand("mp42")], { type: "video/mp4" });
    const mp3 = new File(["ID3"], "speech.mp3");
    const { request, files, issues } = take({
      model: "vid-seedance-2.0-reference",
      prompt: "@Image1 dances as in @Video1",
      referenceImageUrls: [ASSET, "https://cdn.example/2.png"],
      referenceVideoUrls: [mp4],
      referenceAudioUrls: [mp3],
    });
    expect([issues, files.length]).toEqual([[], 3]);
    expect(request.referenceImageUrls?.[1]).toBe("https://cdn.example/2.png");
    expect(checkVideoRequest(request)).toMatchObject({ ok: true });
    const lips = take({ model: "vid-sync-lipsync-3", prompt: "", sourceVideoUrl: mp4, audioUrl: mp3 });
    expect([lips.issues, lips.files.length, checkVideoRequest(lips.request).ok]).toEqual([[], 2, true]);
    const keyframes = [0, 5].map((atSeconds) => ({ imageUrl: pngBlob(), atSeconds }));
    const moving = take({ model: "vid-luma-ray-3.2", prompt: "a fox", keyframes });
    expect([moving.issues, moving.files.length, checkVideoRequest(moving.request).ok]).toEqual([[], 2, true]);
  });

  test("refuses a file of another kind in the place of a video or a sound", () => {
    const { take } = attachmentsWorld();
    const { issues } = take({ model: "vid-sync-lipsync-3", prompt: "", sourceVideoUrl: ASSET, audioUrl: ASSET });
    expect(issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      expect.stringMatching(
        /^sourceVideoUrl: Sync Lipsync 3 takes video\/mp4, video\/quicktime here; .* Convert it to MP4\.$/,
      ),
      expect.stringMatching(/^audioUrl: Sync Lipsync 3 takes audio\/mpeg, audio\/wav here; .* Convert it to MP3\.$/),
    ]);
  });
});

describe("take", () => {
  test("puts a placeholder in every place of a file, so that the request can be checked as it will be sent", async () => {
    const { take, begun } = attachmentsWorld();
    const [main, side] = [pngBlob(), pngBlob()];
    const { request, files, issues } = take({
      model: "kling-o1",
      prompt: "@Image1 walks",
      klingO1Images: [ASSET, "https://cdn.example/2.png"],
      klingO1Elements: [{ frontalImageUrl: main, referenceImageUrls: [side, "https://cdn.example/3.png"] }],
      klingO1Video: new Blob([headOfBrand("mp42")], { type: "video/mp4" }),
    });
    expect(issues).toEqual([]);
    expect(files).toEqual([
      { fileId: expect.any(String), stored: undefined },
      { fileId: expect.any(String), stored: STORED },
      { fileId: expect.any(String), stored: undefined },
      { fileId: expect.any(String), stored: undefined },
    ]);
    expect(request).toMatchObject({
      klingO1Images: [expect.stringMatching(/^https:\/\/upload\.invalid\//), "https://cdn.example/2.png"],
      klingO1Elements: [{ referenceImageUrls: [expect.any(String), "https://cdn.example/3.png"] }],
    });
    const { klingO1Images = [], klingO1Elements = [], klingO1Video = "" } = request;
    const places = [
      klingO1Video,
      klingO1Images[0],
      klingO1Elements[0]?.frontalImageUrl,
      klingO1Elements[0]?.referenceImageUrls[0],
    ];
    expect(places).toEqual(files.map(({ fileId }) => placeholderFor(fileId)));
    expect(checkVideoRequest(request)).toMatchObject({ ok: true });
    await settled();
    expect(begun).toEqual([]);
  });

  test.each(["attachmentImageUrl", "startFrameImageUrl", "endFrameImageUrl"] as const)(
    "finds a file at %s",
    (field) => {
      const { request, files } = attachmentsWorld().take({ ...REQUEST, [field]: ASSET });
      expect(files).toHaveLength(1);
      expect(request).toEqual({ ...REQUEST, [field]: placeholderFor(files[0]?.fileId ?? "") });
    },
  );

  test("leaves a request without files as it was, bytes in base64 included", () => {
    const { take } = attachmentsWorld();
    const request = { ...REQUEST, attachmentImageBytes: "AAAA", attachmentImageUrl: "" };
    expect(take(request)).toEqual({ request, files: [], issues: [] });
  });

  test("gives an attachment its URL once it has one, and a file that was uploaded before as well", async () => {
    const { attach, take, begunAt } = attachmentsWorld();
    const blob = pngBlob();
    const attachment = attach(blob);
    const before = take({ ...REQUEST, attachmentImageUrl: attachment });
    expect(before.files).toHaveLength(1);
    (await begunAt(0)).succeed("https://cdn.example/1.png");
    await attachment.uploaded;
    for (const source of [attachment, blob]) {
      expect(take({ ...REQUEST, attachmentImageUrl: source })).toEqual({
        request: { ...REQUEST, attachmentImageUrl: "https://cdn.example/1.png" },
        files: [],
        issues: [],
      });
    }
  });

  test("judges each file in its place, names that, and leaves no place empty", () => {
    const { take } = attachmentsWorld();
    const { request, files, issues } = take({
      model: "kling-o1",
      prompt: "two",
      klingO1Images: [ASSET, { ...ASSET, mimeType: "image/gif" }],
      klingO1Elements: [{ frontalImageUrl: { ...ASSET, width: 299 }, referenceImageUrls: [ASSET] }],
      klingO1Video: ASSET,
    });
    expect(issues.map(({ path }) => path)).toEqual([
      "klingO1Video",
      "klingO1Images.1",
      "klingO1Elements.0.frontalImageUrl",
    ]);
    expect(files).toHaveLength(2);
    expect(isPlaceholder(request.klingO1Video ?? "")).toBe(true);
    expect(checkVideoRequest(request)).toMatchObject({ ok: true });
  });

  test("judges by what the bytes have shown since", async () => {
    const { attach, take, begunAt } = attachmentsWorld();
    const blob = new Blob([pngOf(200, 200)], { type: "image/png" });
    const request = { model: "kling-o1-transition", prompt: "two", startFrameImageUrl: blob } as const;
    expect(take(request).issues).toEqual([]);
    const attachment = attach(blob);
    (await begunAt(0)).succeed();
    await attachment.uploaded;
    expect(take(request).issues).toMatchObject([{ path: "startFrameImageUrl", value: "200 x 200" }]);
  });

  test("refuses attachments that were canceled, that broke a rule, or that are of another engine", async () => {
    const { attach, take } = attachmentsWorld();
    const canceled = attach(ASSET);
    canceled.cancel();
    const refused = attach({ ...ASSET, fileSize: 20_000_001 });
    const foreign = attachmentsWorld().attach(ASSET);
    const issuesOf = (source: GenerateRequest["attachmentImageUrl"]) =>
      take({ ...REQUEST, attachmentImageUrl: source }).issues;
    const issue = (rule: string, message: RegExp) => [
      { path: "attachmentImageUrl", message: expect.stringMatching(message), rule },
    ];
    expect(issuesOf(canceled)).toEqual(issue("attachment-canceled", /canceled/));
    expect(issuesOf(refused)).toEqual(issue("too-many-bytes", /20000000/));
    expect(issuesOf(foreign)).toEqual(issue("other-engine", /another engine/));
    expect(issuesOf(attach("https://cdn.example/1.png"))).toEqual([]);
    expect(issuesOf(attachmentsWorld().attach("https://cdn.example/1.png"))).toEqual([]);
  });

  test("gives an attachment that the network has failed another chance", async () => {
    const { attach, take, begunAt, clock } = attachmentsWorld();
    const attachment = attach(ASSET);
    for (let index = 0; index < 6; index++) {
      (await begunAt(index)).fail();
      await settled();
      await clock.advance(15_000);
    }
    expect(attachment.getSnapshot().status).toBe("failed");
    expect(take({ ...REQUEST, attachmentImageUrl: attachment })).toMatchObject({
      issues: [],
      files: [{ stored: STORED }],
    });
  });

  test.each([
    ["null", null],
    ["a number", 7],
    ["an empty object", {}],
  ])("has an issue for %s in the place of a file", (_, source) => {
    const { take } = attachmentsWorld();
    const untyped = { ...REQUEST, attachmentImageUrl: source } as unknown as GenerateRequest;
    expect(take(untyped).issues).toEqual([
      { path: "attachmentImageUrl", message: expect.stringMatching(/^Attach an https URL/), rule: "no-file" },
    ]);
  });

  test("takes { url } for the URL in it, as some clients write the images of Kling", () => {
    const { take } = attachmentsWorld();
    const klingO1Images = [{ url: "https://cdn.example/1.png" }, "https://cdn.example/2.png"];
    const { request, files, issues } = take({ model: "kling-o1", prompt: "x", klingO1Images });
    expect([files, issues]).toEqual([[], []]);
    expect(request.klingO1Images).toEqual(["https://cdn.example/1.png", "https://cdn.example/2.png"]);
  });

  test.each([[null], [undefined], ["text"], [{ klingO1Images: 7, klingO1Elements: [null, 7, {}] }], [[]]])(
    "throws nothing at %j, and leaves it to the check of the request",
    (untyped) => {
      const { request } = attachmentsWorld().take(untyped as unknown as GenerateRequest);
      expect(checkVideoRequest(request)).toMatchObject({ ok: false });
    },
  );
});
