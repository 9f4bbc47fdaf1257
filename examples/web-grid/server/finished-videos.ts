// What an app does with a finished video: a copy in its own bucket, and a picture of its first frame. Here for the sandbox's videos.
import { createHash } from "node:crypto";
import type { Sandbox } from "@video-engine/example-sandbox";
import { userVideoFolder, type FirstFrames, type Rehost } from "@video-engine/video-sdk/server";
import { PUBLIC_FILES, type UploadStore } from "@video-engine/example-sandbox";

/** Copies the sandbox's videos into the bucket. `createRehost` does it for real ones, which are https. */
export function createKeepVideo(sandbox: Sandbox, store: UploadStore): Rehost {
  return async (videoUrl, { userId }) => {
    if (!sandbox.isSandboxUrl(new URL(videoUrl))) throw new Error("This is no video of the sandbox.");
    const response = await fetch(videoUrl);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const name = createHash("sha256").update(videoUrl).digest("hex").slice(0, 32);
    return await store.keep(`${await userVideoFolder(userId)}/${name}.mp4`, { contentType: "video/mp4", bytes });
  };
}

// The sandbox films one scene only, so nothing has to be decoded: this is how it begins.
const FIRST_FRAME = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" preserveAspectRatio="xMinYMax slice">
<linearGradient id="x"><stop stop-color="rgb(0,80,0)"/><stop offset="1" stop-color="rgb(0,170,0)"/></linearGradient>
<linearGradient id="y" x2="0" y2="1"><stop stop-color="rgb(30,0,160)"/><stop offset="1" stop-color="rgb(90,0,160)"/></linearGradient>
<g style="isolation:isolate"><rect width="320" height="180" fill="url(#y)"/>
<rect width="320" height="180" fill="url(#x)" style="mix-blend-mode:screen"/></g>
<circle cx="30" cy="150" r="30" fill="rgb(255,200,40)"/></svg>`;

/** Pictures of the sandbox's videos. */
export function createFirstFrames(store: UploadStore): FirstFrames {
  return {
    allowedHosts: [new URL(PUBLIC_FILES).hostname],
    extract: (videoUrl) =>
      store.keep(new URL(videoUrl).pathname.slice(1).replace(/\.mp4$/, ".svg"), {
        contentType: "image/svg+xml",
        bytes: new TextEncoder().encode(FIRST_FRAME),
      }),
  };
}
