// The hosts that files are read from and written to: fal's, with a video at every address, and the bucket's.
import type { SimulatedProvider } from "@video-engine/video-sdk/testing";

/** Files on both hosts. */
export interface FakeFiles extends SimulatedProvider {
  /** What was put into the bucket, in order. */
  readonly stored: readonly string[];
}

/** Builds the two hosts. */
export function createFakeFiles(): FakeFiles {
  const stored: string[] = [];
  return {
    hosts: ["v3.fal.media", "account.r2.cloudflarestorage.com"],
    stored,
    handle: async (request) => {
      if (request.method === "PUT") {
        stored.push(await request.text());
        return new Response();
      }
      return new Response("the video", { headers: { "content-type": "video/mp4", "content-length": "9" } });
    },
  };
}
