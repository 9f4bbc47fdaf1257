// A temporary video from its host to an S3-compatible storage, over the loopback, through createVideoEngine as an app builds it.
import { randomBytes } from "node:crypto";
import { getFunctionName, type FunctionReference } from "convex/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRoute, type TestRoute } from "../attachments/__fixtures__/start-route.ts";
import { createVideoEngine } from "../create-video-engine.ts";
import { startS3, type TestS3 } from "@video-engine/test-servers";
import { s3Storage } from "../server/uploads/s3-storage.ts";
import { copyTemporaryVideos } from "./copy-temporary-videos.ts";

const CDN = "https://cdn.example";
const TEMPORARY = "https://tempfile.test/1.mp4";
const VIDEO = randomBytes(300_000);
let s3: TestS3;
let routes: TestRoute;
const asked: { readonly path: string; readonly body: unknown }[] = [];

/** The deployed app's routes, as far as a video that is there at once needs them. */
async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  asked.push({ path: pathname, body: await request.json() });
  if (pathname === "/api/mobile/generate-video") return Response.json({ success: true, videos: [TEMPORARY] });
  if (pathname !== "/api/mobile/upload-video-presign") return new Response("", { status: 404 });
  const { endpoint, bucket, keyId } = s3;
  const keys = { accessKeyId: keyId, secretAccessKey: keyId, publicBaseUrl: CDN };
  const key = "videos/1.mp4";
  const { uploadUrl, publicUrl } = await s3Storage({ endpoint, bucket, region: "auto", ...keys }).presign({
    key,
    contentType: "video/mp4",
    contentLength: undefined,
    expiresSeconds: 60,
  });
  return Response.json({ success: true, uploadUrl, url: publicUrl, key });
}

beforeAll(async () => {
  s3 = await startS3();
  routes = await startRoute(answer);
});
afterAll(async () => {
  await routes.stop();
  await s3.stop();
});

test("the row shows the lasting address, the bytes are there, and only then the credits are captured", async () => {
  const called: { readonly name: string; readonly args: Readonly<Record<string, unknown>> }[] = [];
  const engine = createVideoEngine({
    convex: {
      mutation: (reference: FunctionReference<"mutation">, args: Record<string, unknown>) => {
        const name = getFunctionName(reference);
        called.push({ name, args });
        return Promise.resolve(name === "users:reserveCredits" ? { success: true } : `id-of-${name}`);
      },
    },
    http: { baseUrl: routes.url, getToken: () => "user_2abc" },
    saveVideos: copyTemporaryVideos({
      hosts: ["tempfile.test"],
      fetch: async () => new Response(VIDEO, { headers: { "content-type": "video/mp4" } }),
    }),
  });
  const { videos } = await engine.generate({ model: "vid-veo-3.1", prompt: "a corgi surfing" }).result;
  engine.dispose();

  expect(videos).toEqual([`${CDN}/videos/1.mp4`]);
  expect(asked).toContainEqual({
    path: "/api/mobile/upload-video-presign",
    body: { contentType: "video/mp4", fileName: "video.mp4" },
  });
  const saved = called.findIndex(({ args }) => JSON.stringify(args).includes(`${CDN}/videos/1.mp4`));
  expect(called[saved]).toMatchObject({ name: "sessions:updateGeneration", args: { isLoading: false, videos } });
  expect(called.slice(saved + 1).map(({ name }) => name)).toContain("users:captureReservedCredits");
  expect(called.slice(0, saved).map(({ name }) => name)).not.toContain("users:captureReservedCredits");
  const stored = await fetch(`${s3.endpoint}/${s3.bucket}/videos/1.mp4`);
  expect(stored.headers.get("content-type")).toBe("video/mp4");
  expect(Buffer.from(await stored.arrayBuffer()).equals(VIDEO)).toBe(true);
});
