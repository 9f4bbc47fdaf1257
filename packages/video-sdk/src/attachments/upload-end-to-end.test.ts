// Files from attach() to a storage: the presign route of ./server and an S3-compatible storage, both over the loopback.
import { openAsBlob } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Window } from "happy-dom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PutFile } from "../file-ports.ts";
import { createRoutesWorld } from "../server/__fixtures__/routes-world.ts";
import { startS3, type TestS3 } from "@video-engine/test-servers";
import type { VideoUploads } from "../server/uploads/presign-upload-route.ts";
import { s3Storage } from "../server/uploads/s3-storage.ts";
import { userUploadFolder } from "../server/uploads/user-folder.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { PNG } from "./__fixtures__/pictures.ts";
import { startRoute, type TestRoute } from "./__fixtures__/start-route.ts";
import { createAttachments } from "./create-attachments.ts";
import { createFileUploader } from "./create-file-uploader.ts";
import { putWithFetch, putWithXhr, type XhrLike } from "./default-put.ts";

const CDN = "https://cdn.example";
let s3: TestS3;
let route: TestRoute;
/** The times to sign with; the clock's where there is none left. */
let signingTimes: string[] = [];
let uploads: Pick<VideoUploads, "needsContentLength"> = {};

beforeAll(async () => {
  s3 = await startS3();
  const { endpoint, bucket, keyId } = s3;
  const options = { endpoint, bucket, region: "auto", accessKeyId: keyId, secretAccessKey: keyId, publicBaseUrl: CDN };
  route = await startRoute((request) => {
    const signedAt = signingTimes.shift();
    const storage = s3Storage({ ...options, signingTime: signedAt === undefined ? undefined : () => signedAt });
    return createRoutesWorld({ uploads: { storage, ...uploads } }).routes.presignUpload(request);
  });
});
afterAll(async () => {
  await route.stop();
  await s3.stop();
});

function setUp(put: PutFile = putWithFetch(), isUploadLengthSent = false) {
  const clock = createTestClock();
  const http = { baseUrl: route.url, getToken: () => "user_2abc" };
  const uploader = createFileUploader({ http, clock, put, routes: { isUploadLengthSent } });
  let ids = 0;
  return { clock, ...createAttachments({ uploader, clock, random: () => 1, createId: () => `id-${++ids}` }) };
}

/** What the storage has under the key of a public URL. */
async function stored(url: string | undefined) {
  const read = await fetch(`${s3.endpoint}/${s3.bucket}/${url?.replace(`${CDN}/`, "")}`);
  return { type: read.headers.get("content-type"), bytes: new Uint8Array(await read.arrayBuffer()) };
}

const PICTURE = { type: "image/png", bytes: PNG.bytes };

describe("a file that is attached", () => {
  test("arrives byte by byte with its type, in the user's folder", async () => {
    const { attach } = setUp();
    const { status, url } = await attach(new Blob([PNG.bytes], { type: "image/png" })).uploaded;
    expect(status).toBe("uploaded");
    expect(url).toMatch(new RegExp(`^${CDN}/${await userUploadFolder("user_2abc")}/[0-9a-f-]{36}\\.png$`));
    expect(await stored(url)).toEqual(PICTURE);
  });

  test("may be one of Node's disk, which does not say its type", async () => {
    const folder = await mkdtemp(join(tmpdir(), "attached-"));
    await writeFile(join(folder, "cat"), PNG.bytes);
    const { url } = await setUp().attach(await openAsBlob(join(folder, "cat"))).uploaded;
    expect(await stored(url)).toEqual(PICTURE);
    await rm(folder, { recursive: true });
  });

  test("goes out by a browser's XMLHttpRequest, from a Blob of the page's own realm", async () => {
    const window = new Window({ url: "http://app.example", settings: { fetch: { disableSameOriginPolicy: true } } });
    const { attach } = setUp(putWithXhr({ Xhr: window.XMLHttpRequest as unknown as new () => XhrLike })); // of happy-dom's types
    const blob = new window.Blob([PNG.bytes], { type: "image/png" }) as unknown as Blob; // the same
    const attachment = attach(blob);
    const { url, sentBytes } = await attachment.uploaded;
    expect(await stored(url)).toEqual(PICTURE);
    expect(sentBytes).toBe(PNG.bytes.length);
    await window.happyDOM.close();
  });

  test("is put to a new address when the first one was too old", async () => {
    signingTimes = ["20260101T000000Z"];
    const { attach, clock } = setUp();
    const attachment = attach(new Blob([PNG.bytes]));
    await expect.poll(() => clock.nextDelayMs).toBe(1_000);
    await clock.advance(1_000);
    expect(await stored((await attachment.uploaded).url)).toEqual(PICTURE);
  });

  test("says its length where the app wants it signed, and is refused where it does not", async () => {
    uploads = { needsContentLength: true };
    const source = (): Blob => new Blob([PNG.bytes]);
    expect(await stored((await setUp(putWithFetch(), true).attach(source()).uploaded).url)).toEqual(PICTURE);
    expect(await setUp().attach(source()).uploaded).toMatchObject({
      status: "failed",
      error: { code: "invalid-request", retryable: false },
    });
    uploads = {};
  });
});

test("a file in a request arrives when its generation sends it, and the request then has its URL", async () => {
  const { take, uploads: port } = setUp();
  const blob = new Blob([PNG.bytes], { type: "image/png" });
  const wanted = { model: "vid-veo-3.1-fast", prompt: "a corgi", attachmentImageUrl: blob } as const;
  const [file] = take(wanted).files;
  const input = { fileId: file?.fileId ?? "", stored: file?.stored, signal: new AbortController().signal };
  const attempt = await port.upload({ ...input, onProgress: () => undefined });
  expect(attempt).toMatchObject({ ok: true });
  const { request, files } = take(wanted);
  expect(files).toEqual([]);
  expect(await stored(request.attachmentImageUrl)).toEqual(PICTURE);
});
