// Attaching before there is a request, and how many files are sent at a time. Scripted uploads, simulated time.
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { ASSET, ON_DEVICE } from "./__fixtures__/local-files.ts";
import { headOfBrand, PNG } from "./__fixtures__/pictures.ts";
import { attachmentsWorld, scriptedUploader, settled, UNREACHABLE } from "./__fixtures__/scripted-uploader.ts";
import { createGate } from "../gate.ts";
import { createAttachments } from "./create-attachments.ts";

describe("attach", () => {
  test("begins at once, tells how far it is, and ends with the URL", async () => {
    const { attach, begunAt } = attachmentsWorld();
    const attachment = attach(ASSET);
    const seen = [attachment.getSnapshot()];
    attachment.subscribe(() => void seen.push(attachment.getSnapshot()));
    const upload = await begunAt(0);
    expect(upload.file).toEqual({ ...ON_DEVICE, width: 1600, height: 900 });
    const careless = { sentBytes: 2_000, totalBytes: 5_100, status: "what a careless put adds" };
    upload.progress(careless);
    upload.succeed("https://cdn.example/1.jpg");
    const last = {
      id: "id-1",
      status: "uploaded",
      sentBytes: 5_000,
      totalBytes: 5_000,
      url: "https://cdn.example/1.jpg",
    };
    expect(await attachment.uploaded).toEqual({ ...last, error: undefined });
    expect(seen).toMatchObject([
      { status: "uploading", sentBytes: 0, totalBytes: 5_000, url: undefined },
      { status: "uploading", sentBytes: 2_000, totalBytes: 5_100 },
      last,
    ]);
    expect(attachment.getSnapshot()).toBe(seen[2]);
  });

  test("tries again with growing waits, and gives up after six times", async () => {
    const { attach, begunAt, begun, clock } = attachmentsWorld();
    const attachment = attach(ASSET);
    for (const [index, waitMs] of [1_000, 2_000, 4_000, 8_000, 15_000].entries()) {
      (await begunAt(index)).fail();
      await settled();
      expect(attachment.getSnapshot()).toMatchObject({ status: "uploading", error: undefined });
      await clock.advance(waitMs - 1);
      expect(begun).toHaveLength(index + 1);
      await clock.advance(1);
    }
    (await begunAt(5)).fail();
    expect(await attachment.uploaded).toMatchObject({ status: "failed", error: UNREACHABLE, url: undefined });
    expect([begun.length, clock.pending]).toEqual([6, 0]);
  });

  test("waits as long as the other side asks for, and does not repeat what cannot help", async () => {
    const { attach, begunAt, begun, clock } = attachmentsWorld();
    const attachment = attach(ASSET);
    (await begunAt(0)).fail(videoErrorData("rate-limited", { retryAfterMs: 30_000 }));
    await settled();
    await clock.advance(29_999);
    expect(begun).toHaveLength(1);
    await clock.advance(1);
    (await begunAt(1)).fail(videoErrorData("too-large"));
    expect(await attachment.uploaded).toMatchObject({ status: "failed", error: { code: "too-large" } });
    expect(clock.pending).toBe(0);
  });

  test("sends three at a time, in the order of attaching", async () => {
    const { attach, begunAt, begun } = attachmentsWorld();
    const assets = [1, 2, 3, 4, 5].map((number) => ({ ...ASSET, uri: `file:///${number}.jpg` }));
    const attachments = assets.map(attach);
    await settled();
    expect(begun.map(({ file }) => file.source)).toEqual(assets.slice(0, 3).map(({ uri }) => ({ uri })));
    (await begunAt(1)).succeed();
    expect((await begunAt(3)).file.source).toEqual({ uri: "file:///4.jpg" });
    expect(attachments.map((one) => one.getSnapshot().status)).toEqual([
      "uploading",
      "uploaded",
      "uploading",
      "uploading",
      "uploading",
    ]);
  });

  test("is ended by cancel at once, while it is sent and while it waits, and cancel comes too late after the end", async () => {
    const { attach, begunAt, begun, clock } = attachmentsWorld();
    const sending = attach(ASSET);
    const upload = await begunAt(0);
    sending.cancel();
    expect(sending.getSnapshot()).toMatchObject({ status: "canceled", error: undefined, url: undefined });
    await settled();
    expect(upload.signal.aborted).toBe(true);

    const waiting = attach({ ...ASSET });
    (await begunAt(1)).fail();
    await settled();
    expect(clock.pending).toBe(1);
    waiting.cancel();
    expect(await waiting.uploaded).toMatchObject({ status: "canceled" });
    expect([clock.pending, begun.length]).toEqual([0, 2]);

    const over = attach({ ...ASSET });
    (await begunAt(2)).succeed();
    await over.uploaded;
    over.cancel();
    expect(over.getSnapshot()).toMatchObject({ status: "uploaded" });
  });

  test("leaves no timer behind, at whatever moment after a failure it is canceled", async () => {
    for (let moment = 0; moment < 30; moment++) {
      const { attach, begunAt, clock } = attachmentsWorld();
      const attachment = attach(ASSET);
      (await begunAt(0)).fail();
      for (let passed = 0; passed < moment; passed++) await Promise.resolve();
      attachment.cancel();
      expect(await attachment.uploaded).toMatchObject({ status: "canceled" });
      expect(clock.pending).toBe(0);
    }
  });

  test("takes an https URL as it is, and an attachment for itself", async () => {
    const { attach, begun } = attachmentsWorld();
    const url = "https://cdn.example/earlier.mp4";
    for (const source of [url, { uri: url }]) {
      const attachment = attach(source);
      expect(attachment.getSnapshot()).toMatchObject({ status: "uploaded", url });
      expect(await attachment.uploaded).toBe(attachment.getSnapshot());
      expect(attach(attachment)).toBe(attachment);
      attachment.subscribe(() => undefined)();
      attachment.cancel();
      expect(attachment.getSnapshot()).toMatchObject({ status: "uploaded" });
    }
    await settled();
    expect(begun).toEqual([]);
  });
});

describe("what cannot be uploaded", () => {
  test.each([
    ["a type that is not taken", { ...ASSET, mimeType: "image/heic" }, /image\/heic.*JPEG/],
    ["too many bytes", { ...ASSET, fileSize: 20_000_001 }, /at most 20000000 bytes/],
    ["a path as a text", "file:///cache/1.jpg", /as \{ uri, mimeType \}/],
    ["bytes as a text", "data:image/png;base64,AAAA", /not as text/],
    ["bytes as a uri", { uri: "data:image/png;base64,AAAA" }, /an https URL, a Blob or File/],
  ])("refuses %s at once and sends nothing", async (_, source, message) => {
    const { attach, begun } = attachmentsWorld();
    const attachment = attach(source);
    const error = { code: "upload-failed", retryable: false, message: expect.stringMatching(message) };
    expect(attachment.getSnapshot()).toMatchObject({ status: "failed", error });
    await settled();
    expect(begun).toEqual([]);
  });

  test.each([
    ["a HEIC with the name of a JPEG", headOfBrand("heic"), /image\/heic/],
    ["unknown bytes", Uint8Array.from([1, 2, 3]), /no content type/],
  ])("looks into a Blob before it is sent, and refuses %s", async (_, bytes, message) => {
    const { attach, begun } = attachmentsWorld();
    const type = bytes.length > 3 ? "image/jpeg" : "";
    const attachment = attach(new Blob([bytes], { type }));
    expect(attachment.getSnapshot().status).toBe("uploading");
    expect(await attachment.uploaded).toMatchObject({
      status: "failed",
      error: { retryable: false, message: expect.stringMatching(message), details: { issues: [{ path: "" }] } },
    });
    expect(begun).toEqual([]);
  });

  test("sends a Blob as what it is, and says when it cannot be read", async () => {
    const { attach, begunAt } = attachmentsWorld();
    attach(new Blob([PNG.bytes]));
    expect((await begunAt(0)).file).toMatchObject({ contentType: "image/png", width: 40, height: 30 });
    const broken = {
      size: 9,
      type: "image/png",
      slice: () => broken,
      arrayBuffer: () => Promise.reject(new Error()),
    };
    const attachment = attach(broken as unknown as Blob); // of another realm
    expect(await attachment.uploaded).toMatchObject({ error: { message: expect.stringMatching(/cannot be read/) } });
  });

  test("never rejects, even when the uploader does", async () => {
    const { begun, ...uploader } = { ...scriptedUploader(), upload: () => Promise.reject(new Error("broken")) };
    const { attach } = createAttachments({ uploader, clock: createTestClock(), random: () => 0, createId: () => "id" });
    expect(await attach(ASSET).uploaded).toMatchObject({ status: "failed", error: { code: "internal" } });
    expect(begun).toEqual([]);
  });
});

describe("dispose", () => {
  test("cancels what attach has begun, and nothing is begun afterwards", async () => {
    const { attach, dispose, begunAt, begun, clock } = attachmentsWorld();
    const [sending, waiting, over] = [attach(ASSET), attach({ ...ASSET }), attach({ ...ASSET })];
    (await begunAt(1)).fail();
    (await begunAt(2)).succeed();
    await settled();
    dispose();
    expect([sending, waiting, over].map((one) => one.getSnapshot().status)).toEqual([
      "canceled",
      "canceled",
      "uploaded",
    ]);
    await settled();
    expect([begun[0]?.signal.aborted, clock.pending]).toEqual([true, 0]);
    expect(attach({ ...ASSET }).getSnapshot()).toMatchObject({ status: "failed", error: { code: "disposed" } });
    await settled();
    expect(begun).toHaveLength(3);
  });
});

describe("a gate", () => {
  test("runs so many at a time, the others in the order of their calls", async () => {
    const gate = createGate(2);
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const enter = (name: string) =>
      gate(async () => {
        log.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
        return name;
      });
    const all = Promise.all(["a", "b", "c", "d"].map(enter));
    await settled();
    expect(log).toEqual(["a", "b"]);
    ends[1]?.();
    await settled();
    expect(log).toEqual(["a", "b", "c"]);
    const late = enter("e");
    await settled();
    expect(log).toEqual(["a", "b", "c"]);
    ends[0]?.();
    await settled();
    ends[2]?.();
    ends[3]?.();
    expect(await all).toEqual(["a", "b", "c", "d"]);
    ends[4]?.();
    expect(await late).toBe("e");
  });

  test("gives a place back after a failure", async () => {
    const gate = createGate(1);
    await expect(gate(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await gate(async () => "in")).toBe("in");
  });
});
