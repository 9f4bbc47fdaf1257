// Vercel's AI SDK with its provider for fal, against the sandbox.
import { createFal } from "@ai-sdk/fal";
import { experimental_generateVideo as generateVideo } from "ai";
import { expect, test } from "vitest";
import { openSandbox } from "./open-sandbox.ts";

const sandbox = openSandbox();

/** The SDK downloads from public addresses only. */
const download = async ({ url }: { url: URL }) => {
  const response = await fetch(url);
  return { data: await response.bytes(), mediaType: response.headers.get("content-type") ?? undefined };
};

const videoOf = async (prompt: string) =>
  await generateVideo({
    model: createFal({ apiKey: "any:key", fetch: sandbox().fetch }).video("veo3.1/fast"),
    prompt,
    aspectRatio: "9:16",
    duration: 8,
    maxRetries: 0,
    download,
    poll: { intervalMs: 50 },
  });

test("makes a video and downloads it", async () => {
  const { video } = await videoOf("a corgi");
  expect(video.mediaType).toBe("video/mp4");
  expect(new TextDecoder().decode(video.uint8Array.subarray(4, 8))).toBe("ftyp");
  expect(sandbox().fal.jobs.at(-1)?.input).toMatchObject({ prompt: "a corgi", aspect_ratio: "9:16" });
});

test("fails where the job has failed", async () => {
  await expect(videoOf("a corgi [scenario:content-policy-violation]")).rejects.toThrow("Unprocessable Entity");
});
