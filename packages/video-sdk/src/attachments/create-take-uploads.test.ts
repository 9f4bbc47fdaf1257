// How a generation's files are sent: one upload per file, however many callers need it. Scripted uploads.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test, vi } from "vitest";
import type { StoredFile } from "../file-ports.ts";
import { ASSET, ON_DEVICE, pngBlob, REQUEST, STORED } from "./__fixtures__/local-files.ts";
import { pngOf } from "./__fixtures__/pictures.ts";
import { attachmentsWorld, settled, UNREACHABLE } from "./__fixtures__/scripted-uploader.ts";
import type { Attachments } from "./create-attachments.ts";

/** Sends one file as a generation does. */
function send({ uploads }: Pick<Attachments, "uploads">, fileId: string | undefined, stored?: StoredFile) {
  const controller = new AbortController();
  const onProgress = vi.fn();
  const done = uploads.upload({ fileId: fileId ?? "", stored, signal: controller.signal, onProgress });
  return { controller, onProgress, done };
}

describe("the uploads of a generation", () => {
  test("send a file once, and answer its URL afterwards without another byte", async () => {
    const world = attachmentsWorld();
    const [file] = world.take({ ...REQUEST, attachmentImageUrl: ASSET }).files;
    const first = send(world, file?.fileId, STORED);
    const upload = await world.begunAt(0);
    upload.progress({ sentBytes: 10, totalBytes: 20 });
    upload.succeed("https://cdn.example/1.jpg");
    const done = { ok: true, value: "https://cdn.example/1.jpg" };
    expect(await first.done).toEqual(done);
    expect(first.onProgress).toHaveBeenCalledWith({ sentBytes: 10, totalBytes: 20 });
    expect(await send(world, file?.fileId, STORED).done).toEqual(done);
    expect(world.begun).toHaveLength(1);
  });

  test("join the upload of an attachment, and go on when that is canceled", async () => {
    const world = attachmentsWorld();
    const attachment = world.attach(ASSET);
    const upload = await world.begunAt(0);
    const [file] = world.take({ ...REQUEST, attachmentImageUrl: attachment }).files;
    const { done } = send(world, file?.fileId);
    await settled();
    attachment.cancel();
    await settled();
    expect(upload.signal.aborted).toBe(false);
    upload.succeed("https://cdn.example/1.jpg");
    expect(await done).toEqual({ ok: true, value: "https://cdn.example/1.jpg" });
    expect(world.begun).toHaveLength(1);
  });

  test("are one for the same file in two places and in two generations", async () => {
    const world = attachmentsWorld();
    const blob = pngBlob();
    const { files } = world.take({ model: "kling-o1", prompt: "one", klingO1Images: [blob, blob] });
    const [again] = world.take({ ...REQUEST, attachmentImageUrl: blob }).files;
    const all = [...files, again].map((file) => send(world, file?.fileId).done);
    (await world.begunAt(0)).succeed("https://cdn.example/1.png");
    expect(await Promise.all(all)).toEqual(Array(3).fill({ ok: true, value: "https://cdn.example/1.png" }));
    expect(world.begun).toHaveLength(1);
  });

  test("are ended by their signal, and leave the attachment's own alone", async () => {
    const world = attachmentsWorld();
    const attachment = world.attach(ASSET);
    const [file] = world.take({ ...REQUEST, attachmentImageUrl: attachment }).files;
    const { done, controller } = send(world, file?.fileId);
    const upload = await world.begunAt(0);
    controller.abort();
    expect(await done).toMatchObject({ ok: false, error: { code: "canceled" } });
    expect(upload.signal.aborted).toBe(false);
    upload.succeed();
    expect(await attachment.uploaded).toMatchObject({ status: "uploaded" });
  });

  test("are one try each: the failure is returned unchanged", async () => {
    const world = attachmentsWorld();
    const [file] = world.take({ ...REQUEST, attachmentImageUrl: ASSET }).files;
    const { done } = send(world, file?.fileId);
    (await world.begunAt(0)).fail();
    expect(await done).toEqual({ ok: false, certainty: "not-done", error: UNREACHABLE });
    expect(world.clock.pending).toBe(0);
    const again = send(world, file?.fileId);
    (await world.begunAt(1)).succeed();
    expect(await again.done).toMatchObject({ ok: true });
  });

  test("refuse what the bytes tell only now, by the rules of the place, before anything is sent", async () => {
    const world = attachmentsWorld();
    const narrow = new Blob([pngOf(300, 800)], { type: "image/png" });
    const { files, issues } = world.take({ model: "kling-o1-transition", prompt: "one", startFrameImageUrl: narrow });
    expect(issues).toEqual([]);
    expect(await send(world, files[0]?.fileId).done).toEqual({
      ok: false,
      certainty: "not-done",
      error: {
        code: "upload-failed",
        retryable: false,
        message: expect.stringMatching(/0\.4 to 2\.5.*300 x 800.*Crop it/),
        details: {
          rule: "wrong-shape",
          issues: [expect.objectContaining({ path: "startFrameImageUrl", value: "300 x 800" })],
        },
      },
    });
    expect(world.begun).toEqual([]);
    const [narrowed] = world.take({ ...REQUEST, attachmentImageUrl: narrow }).files;
    void send(world, narrowed?.fileId);
    await world.begunAt(0);
  });

  test("send a file on the device again after the app was closed, and keep its URL", async () => {
    const world = attachmentsWorld();
    const { done } = send(world, "of-another-start", STORED);
    const upload = await world.begunAt(0);
    expect(upload.file).toEqual(ON_DEVICE);
    upload.succeed("https://cdn.example/1.jpg");
    expect(await done).toMatchObject({ ok: true });
    expect(await send(world, "of-another-start", STORED).done).toMatchObject({ value: "https://cdn.example/1.jpg" });
    expect(world.begun).toHaveLength(1);
  });

  test("say that a file in memory is gone with the app that was closed", async () => {
    const error = { code: "upload-failed", retryable: false, message: expect.stringMatching(/Attach it again/) };
    expect(await send(attachmentsWorld(), "of-another-start").done).toMatchObject({ ok: false, error });
  });

  test("look into a file once, however often it is tried", async () => {
    const world = attachmentsWorld();
    const source = pngBlob();
    const slice = vi.spyOn(source, "slice");
    const [file] = world.take({ ...REQUEST, attachmentImageUrl: source }).files;
    const first = send(world, file?.fileId);
    (await world.begunAt(0)).fail();
    await first.done;
    const second = send(world, file?.fileId);
    (await world.begunAt(1)).succeed();
    await second.done;
    expect(slice).toHaveBeenCalledOnce();
  });

  test("release a file that is uploaded", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void; // put there by the flag
    const world = attachmentsWorld();
    const upload = async () => {
      const blob = pngBlob();
      const [file] = world.take({ ...REQUEST, attachmentImageUrl: blob }).files;
      const { done } = send(world, file?.fileId);
      await settled();
      return { reference: new WeakRef(blob), fileId: file?.fileId, done };
    };
    const { reference, fileId, done } = await upload();
    (await world.begunAt(0)).succeed("https://cdn.example/1.png");
    await done;
    world.forget();
    const isGone = (): boolean => {
      collect();
      return reference.deref() === undefined;
    };
    await expect.poll(isGone).toBe(true);
    expect(await send(world, fileId).done).toMatchObject({ value: "https://cdn.example/1.png" });
  });
});
