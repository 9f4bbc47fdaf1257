// The engine with real files, settings and pictures around it, on simulated time: what a screen does, and what a killed app leaves.
import { describe, expect, test } from "vitest";
import { createLocalLocks } from "./platform/local-locks.ts";
import { createMemoryStorage } from "./platform/memory-storage.ts";
import { createTestEngine, type TestEngineOptions } from "./testing/create-test-engine.ts";

const PNG = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 5, 0, 0, 0, 2, 208, 8, 2,
  0, 0, 0, 0, 0, 0, 0,
]);
const picture = (): Blob => new Blob([PNG], { type: "image/png" });
const asset = { uri: "file:///pictures/1.png", mimeType: "image/png", fileName: "1.png", fileSize: 1_000 };
const request = { model: "vid-seedance-pro", prompt: "a corgi surfing" } as const;

/** A user's storage, as several starts of the app find it. */
function keep(): NonNullable<TestEngineOptions["persistence"]> {
  return {
    storage: createMemoryStorage(),
    locks: createLocalLocks(),
    user: "user-1",
    onUnreadable: () => undefined,
  };
}

describe("a request with a file", () => {
  test("is uploaded, then generated with the file's URL, and charged once", async () => {
    const { engine, clock, ledger, uploads } = createTestEngine();
    const handle = engine.generate({ ...request, attachmentImageUrl: picture() });
    expect(handle.getSnapshot()).toMatchObject({ phase: "uploading", settlement: "none", status: "running" });
    await clock.advance(500);
    expect(handle.getSnapshot().upload).toEqual({ sentBytes: 0, totalBytes: PNG.length, files: 1, filesDone: 0 });
    expect(ledger.calls).toEqual([]);
    await clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    expect(handle.getSnapshot()).toMatchObject({
      settlement: "captured",
      upload: undefined,
      request: { mode: "image-to-video", attachmentImageUrl: "https://uploads.test/1" },
    });
    expect(uploads.sent).toBe(1);
    ledger.assertBalanced();
  });

  test("may be attached beforehand: the bytes are sent once, and the price is known before they are there", async () => {
    const { engine, clock, uploads } = createTestEngine();
    const attachment = engine.attach(picture());
    const withImage = { ...request, attachmentImageUrl: attachment };
    expect(engine.quote(withImage).credits).toBe(engine.quote(request).credits);
    expect(engine.quote(withImage).request.mode).toBe("image-to-video");
    const early = engine.generate(withImage);
    await clock.advanceUntil(() => early.getSnapshot().status === "completed");
    expect(attachment.getSnapshot()).toMatchObject({ status: "uploaded", url: "https://uploads.test/1" });
    const later = engine.generate(withImage);
    expect(later.getSnapshot().phase).toBe("acquiring-slot");
    await clock.advanceUntil(() => later.getSnapshot().status === "completed");
    expect(uploads.sent).toBe(1);
  });

  test("that cannot be taken is refused before a byte moves, by its field", async () => {
    const { engine, uploads, ledger } = createTestEngine();
    const wrong = new Blob(["%PDF"], { type: "application/pdf" });
    const outcome = await engine.generate({ ...request, attachmentImageUrl: wrong }).outcome;
    expect(outcome).toMatchObject({ status: "failed", settlement: "none", error: { code: "invalid-request" } });
    expect(outcome.status === "failed" && outcome.error.message).toContain("attachmentImageUrl");
    expect([uploads.sent, ledger.calls.length]).toEqual([0, 0]);
  });

  test("canceled while it is sent holds nothing and calls the upload off", async () => {
    const { engine, clock, uploads, ledger } = createTestEngine();
    const handle = engine.generate({ ...request, attachmentImageUrl: picture() });
    await clock.advance(500);
    expect(await handle.cancel()).toMatchObject({ status: "canceled", settlement: "none" });
    await clock.flush();
    expect([uploads.files.length, ledger.calls.length, clock.pending]).toEqual([0, 0, 0]);
  });

  test("is tried again through a bad network", async () => {
    const { engine, clock, uploads } = createTestEngine();
    uploads.failNext("upload", "request-lost");
    uploads.failNext("upload", { refused: "rate-limited" });
    const handle = engine.generate({ ...request, attachmentImageUrl: picture() });
    await clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    expect(uploads.sent).toBe(3);
  });
});

describe("an app that is killed while it uploads", () => {
  test("goes on with a picker's file at the next start", async () => {
    const persistence = keep();
    const first = createTestEngine({ persistence });
    first.engine.generate({ ...request, attachmentImageUrl: asset });
    await first.clock.advance(500);
    first.engine.dispose();
    await first.clock.flush();
    const { engine, clock, uploads, ledger } = createTestEngine({ persistence });
    void engine.resume();
    await clock.advanceUntil(() => engine.list()[0]?.status === "completed");
    expect(uploads.files).toMatchObject([{ contentType: "image/png", source: { uri: asset.uri } }]);
    ledger.assertBalanced();
  });

  test("says of a browser's file that it has to be attached again, and holds nothing", async () => {
    const persistence = keep();
    const first = createTestEngine({ persistence });
    first.engine.generate({ ...request, attachmentImageUrl: picture() });
    await first.clock.advance(500);
    first.engine.dispose();
    await first.clock.flush();
    const { engine, clock, ledger } = createTestEngine({ persistence });
    void engine.resume();
    await clock.advanceUntil(() => engine.list()[0]?.status === "failed");
    expect(engine.list()[0]).toMatchObject({
      settlement: "none",
      error: { code: "upload-failed", phase: "uploading" },
    });
    expect(ledger.calls).toEqual([]);
  });

  test("does not send again what was uploaded", async () => {
    const persistence = keep();
    const first = createTestEngine({ persistence });
    first.ledger.failNext("acquireSlot", "hang");
    first.engine.generate({ ...request, attachmentImageUrl: picture() });
    await first.clock.advance(5_000);
    expect(first.engine.list()[0]?.phase).toBe("acquiring-slot");
    first.engine.dispose();
    await first.clock.flush();
    const { engine, clock, uploads } = createTestEngine({ persistence });
    void engine.resume();
    await clock.advanceUntil(() => engine.list()[0]?.status !== "running" && engine.list().length > 0);
    expect(uploads.sent).toBe(0);
  });
});

describe("when the video is there", () => {
  test("its picture follows, into the snapshot and the row", async () => {
    const poster = "https://cdn.test/poster.jpg";
    const { engine, clock, ledger } = createTestEngine({
      findFirstFrame: async () => ({ ok: true, value: poster }),
    });
    const handle = engine.generate(request);
    await clock.advanceUntil(() => handle.getSnapshot().previewImage !== undefined);
    expect(handle.getSnapshot()).toMatchObject({ status: "completed", previewImage: poster });
    await clock.flush();
    expect(ledger.books.rows[0]).toMatchObject({ previewImage: poster, isLoading: false });
    expect(engine.list()[0]?.previewImage).toBe(poster);
  });

  test("a picture that cannot be made changes nothing", async () => {
    const { engine, clock, ledger } = createTestEngine({
      findFirstFrame: () => Promise.reject(new Error("no such route")),
    });
    const handle = engine.generate(request);
    await clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    await clock.advance(60_000);
    expect(handle.getSnapshot()).toMatchObject({
      status: "completed",
      settlement: "captured",
      previewImage: undefined,
    });
    ledger.assertBalanced();
  });
});

test("disposing of it ends uploads too, and leaves no timer", async () => {
  const { engine, clock } = createTestEngine();
  const attachment = engine.attach(picture());
  engine.generate({ ...request, attachmentImageUrl: attachment });
  await clock.advance(500);
  engine.dispose();
  await clock.flush();
  expect(attachment.getSnapshot().status).toBe("canceled");
  expect(clock.pending).toBe(0);
});
