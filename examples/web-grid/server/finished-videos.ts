// What an app does with a finished video: a copy in its own bucket, and a picture of its first frame. Here for the sandbox's videos.
import { createHash } from "node:crypto";
import type { Sandbox } from "@video-engine/example-sandbox";
import { userVideoFolder, type FirstFrames, type Rehost } from "@video-engine/video-sdk/server";
import { PUBLIC_FILES, type UploadStore } from "@video-engine/example-sandbox";

/** Copies the sandbox's videos into the bucket, each with the picture that it begins with. `createRehost` does it for real ones, which are https. */
export function createKeepVideo(sandbox: Sandbox, store: UploadStore): Rehost {
  return async (videoUrl, { userId }) => {
    if (!sandbox.isSandboxUrl(new URL(videoUrl))) throw new Error("This is no video of the sandbox.");
    const name = createHash("sha256").update(videoUrl).digest("hex").slice(0, 32);
    const key = `${await userVideoFolder(userId)}/${name}`;
    await store.keep(`${key}.jpg`, { contentType: "image/jpeg", bytes: await bytesOf(toPicture(videoUrl)) });
    return await store.keep(`${key}.mp4`, { contentType: "video/mp4", bytes: await bytesOf(videoUrl) });
  };
}

/** Pictures of the sandbox's videos, which lie beside them: nothing has to be decoded. An app has a service that does it, or ffmpeg. */
export function createFirstFrames(): FirstFrames {
  return { allowedHosts: [new URL(PUBLIC_FILES).hostname], extract: async (videoUrl) => toPicture(videoUrl) };
}

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

function toPicture(videoUrl: string): string {
  return videoUrl.replace(/\.mp4$/, ".jpg");
}
