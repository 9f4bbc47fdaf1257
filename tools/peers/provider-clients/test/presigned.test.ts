// The addresses that `s3Storage` signs, against `aws4`, which signs them by itself: the same signature for the same request.
import { s3Storage } from "@video-engine/video-sdk/server";
import aws4 from "aws4";
import { expect, test } from "vitest";

const KEY = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const SIGNED_AT = "20261130T120000Z";

test.each([
  ["S3", "https://s3.eu-central-1.amazonaws.com", "eu-central-1", 1234],
  ["R2", "https://account.r2.cloudflarestorage.com", "auto", 1234],
  ["a port of this machine", "http://127.0.0.1:9000", "us-east-1", 1234],
  ["no length, as today's clients say none", "https://account.r2.cloudflarestorage.com", "auto", undefined],
])("%s", async (_name, endpoint, region, contentLength) => {
  const publicBaseUrl = "https://cdn.example";
  const storage = s3Storage({
    ...KEY,
    endpoint,
    bucket: "videos",
    region,
    publicBaseUrl,
    signingTime: () => SIGNED_AT,
  });
  const file = { key: "u/abc/frame-1.png", contentType: "image/png", contentLength, expiresSeconds: 300 };
  const ours = new URL((await storage.presign(file)).uploadUrl);

  const headers = {
    "content-type": "image/png",
    ...(contentLength === undefined ? {} : { "content-length": String(contentLength) }),
  };
  const path = `/videos/${file.key}?X-Amz-Expires=300&X-Amz-Date=${SIGNED_AT}`;
  const request = { service: "s3", region, method: "PUT", host: ours.host, path, headers, signQuery: true } as const;
  const theirs = new URL(aws4.sign(request, KEY).path, endpoint);
  const read = ({ pathname, searchParams }: URL) => [pathname, Object.fromEntries(searchParams)];
  expect(read(ours)).toEqual(read(theirs));
});
