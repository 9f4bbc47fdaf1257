// Against a real S3-compatible server on the loopback. What is refused by whom: see __fixtures__/start-s3.ts.
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hasQuerySignature, querySignatureOf } from "@video-engine/test-servers";
import { startS3, type TestS3 } from "@video-engine/test-servers";
import { s3Storage } from "./s3-storage.ts";
import type { S3StorageOptions } from "./s3-storage-options.ts";
import type { PresignRequest } from "./upload-storage.ts";

const PNG = "\x89PNG pixels";
const BYTES = new TextEncoder().encode(PNG);
const FILE: PresignRequest = {
  key: "u/abc/1.png",
  contentType: "image/png",
  contentLength: BYTES.length,
  expiresSeconds: 300,
};
let s3: TestS3;

beforeAll(async () => {
  s3 = await startS3();
});
afterAll(async () => await s3.stop());

function storage(options: Partial<S3StorageOptions> = {}) {
  const { endpoint, bucket, keyId } = s3;
  const key = { accessKeyId: keyId, secretAccessKey: keyId };
  const publicBaseUrl = `${endpoint}/${bucket}`;
  return s3Storage({ endpoint, bucket, region: "auto", ...key, publicBaseUrl, ...options });
}

async function put(url: string, headers: Record<string, string> = {}, body: Uint8Array<ArrayBuffer> = BYTES) {
  const response = await fetch(url, { method: "PUT", body, headers: { "content-type": "image/png", ...headers } });
  await response.text();
  return response.status;
}

describe("a presigned address", () => {
  test("takes the file, which can then be read under its public URL with its type", async () => {
    const { uploadUrl, publicUrl } = await storage().presign(FILE);
    expect(await put(uploadUrl)).toBe(200);
    const read = await fetch(publicUrl);
    expect([read.headers.get("content-type"), new Uint8Array(await read.arrayBuffer())]).toEqual(["image/png", BYTES]);
  });

  test("takes any length where none was signed, as today's clients say none", async () => {
    const { uploadUrl } = await storage().presign({ ...FILE, contentLength: undefined });
    expect(await put(uploadUrl, {}, new Uint8Array(5000))).toBe(200);
    expect(await put(uploadUrl, { "content-type": "text/html" })).toBe(403);
  });

  test.each([
    ["text/html", { "content-type": "text/html" }],
    ["SVG", { "content-type": "image/svg+xml" }],
    ["the type with a parameter", { "content-type": "image/png; charset=utf-8" }],
  ])("refuses %s", async (_, headers) => {
    const { uploadUrl } = await storage().presign(FILE);
    expect(await put(uploadUrl, headers)).toBe(403);
  });

  test.each([
    ["one byte less", BYTES.slice(1)],
    ["one byte more", new Uint8Array([...BYTES, 0])],
    ["nothing", new Uint8Array()],
  ])("refuses %s", async (_, body) => {
    const { uploadUrl } = await storage().presign(FILE);
    expect(await put(uploadUrl, {}, body)).toBe(403);
  });

  test("refuses a stream without a length", async () => {
    const { uploadUrl } = await storage().presign(FILE);
    const status = await new Promise((resolve, reject) => {
      const sent = request(uploadUrl, { method: "PUT", headers: { "content-type": "image/png" } });
      sent.on("response", (answer) => resolve(answer.resume().statusCode)).on("error", reject);
      sent.write(BYTES);
      sent.end();
    });
    expect(status).toBe(403);
  });

  test.each([
    ["another key", (url: string) => url.replace("/u/abc/1.png", "/u/abc/2.png")],
    ["another user's folder", (url: string) => url.replace("/u/abc/", "/u/abd/")],
    ["a way out of the folder", (url: string) => url.replace("/u/abc/1.png", "/u/abc/%2e%2e/x/1.png")],
    ["another bucket", (url: string) => url.replace("/uploads/", "/other/")],
    ["a longer life", (url: string) => url.replace("X-Amz-Expires=300", "X-Amz-Expires=600000")],
    ["another time", (url: string) => url.replace(/X-Amz-Date=\d{8}/, "X-Amz-Date=20990101")],
    ["another access key", (url: string) => url.replace("Credential=S3RVER", "Credential=OTHER")],
    ["fewer signed headers", (url: string) => url.replace("content-length%3Bcontent-type%3Bhost", "host")],
    ["one more parameter", (url: string) => `${url}&x-amz-acl=public-read-write`],
    ["no signature", (url: string) => url.replace(/&X-Amz-Signature=\w+/, "")],
  ])("is not good for %s", async (_, change) => {
    const { uploadUrl } = await storage().presign(FILE);
    expect(change(uploadUrl)).not.toBe(uploadUrl);
    expect(await put(change(uploadUrl))).toBe(403);
  });

  test("is not good for reading, listing or deleting", async () => {
    const { uploadUrl } = await storage().presign(FILE);
    for (const method of ["GET", "DELETE", "POST", "HEAD"]) {
      expect((await fetch(uploadUrl, { method })).status).toBe(403);
    }
  });

  test("is not good any more when its time is over", async () => {
    const { uploadUrl } = await storage({ signingTime: () => "20260101T000000Z" }).presign(FILE);
    expect(await put(uploadUrl)).toBe(403);
  });

  test("is refused when signed with another secret", async () => {
    const { uploadUrl } = await storage({ secretAccessKey: "wrong" }).presign(FILE);
    expect(await put(uploadUrl)).toBe(403);
  });
});

describe("what signs", () => {
  const AWS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
  const recorded = s3Storage({
    ...AWS,
    endpoint: "https://s3.amazonaws.com/",
    bucket: "examplebucket",
    region: "us-east-1",
    publicBaseUrl: "https://cdn.example/",
    signingTime: () => "20130524T000000Z",
  });

  test("the tests' own check agrees with the example that AWS publishes for a signature in the query", () => {
    const path =
      "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
      "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host";
    const example = { method: "GET", path, headers: { host: "examplebucket.s3.amazonaws.com" } };
    expect(querySignatureOf(example, AWS.secretAccessKey)).toBe(
      "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    );
  });

  test("signs type, length and host, and nothing but letters and signs that need no second spelling in the key", async () => {
    const { uploadUrl, publicUrl } = await recorded.presign(FILE);
    const { host, pathname, search, searchParams } = new URL(uploadUrl);
    expect([pathname, publicUrl]).toEqual(["/examplebucket/u/abc/1.png", "https://cdn.example/u/abc/1.png"]);
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host");
    const headers = { host, "content-type": "image/png", "content-length": String(BYTES.length) };
    expect(hasQuerySignature({ method: "PUT", path: pathname + search, headers }, AWS.secretAccessKey)).toBe(true);
    for (const key of ["../x", "u/../x", "u/a b", "u/%2e", "u/ü", "/u", ""]) {
      await expect(recorded.presign({ ...FILE, key })).rejects.toThrow("cannot be signed");
    }
  });

  test("a missing package is named, with what needs it and how to install it", async () => {
    vi.doMock("aws4fetch", () => {
      throw new Error("Cannot find package 'aws4fetch'");
    });
    const message =
      "s3Storage() needs the package aws4fetch, which cannot be loaded. Install it on the server: npm install aws4fetch";
    await expect(storage().presign(FILE)).rejects.toMatchObject({ code: "not-configured", message });
    vi.doUnmock("aws4fetch");
    vi.resetModules();
    expect((await storage().presign(FILE)).uploadUrl).toContain("X-Amz-Signature");
  });

  test("a missing key is named when an address is first needed", async () => {
    const { presign } = s3Storage({
      endpoint: "https://s3.example",
      bucket: "b",
      region: "auto",
      accessKeyId: "id",
      secretAccessKey: () => undefined,
      publicBaseUrl: "https://cdn.example",
    });
    await expect(presign(FILE)).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("secretAccessKey"),
    });
  });
});
