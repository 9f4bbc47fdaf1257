// Pictures of finished videos, as posters. A server of Next decodes no video: FIRST_FRAMES_URL names a function of yours that does, with ffmpeg.
import type { FirstFrames } from "@video-engine/video-sdk/server";
import { optionalSetting } from "./setting.ts";

/** The hosts of finished videos: the bucket's, and those of fal and kie.ai. */
const VIDEO_HOSTS = [".fal.media", ".aiquickdraw.com"];

/** Asks it with `{ videoUrl }`, and is answered with `{ url }`, an https address of a picture. Undefined without that setting: no posters are made. */
export function firstFrames(): FirstFrames | undefined {
  const address = optionalSetting("FIRST_FRAMES_URL");
  if (address === undefined) return undefined;
  return {
    allowedHosts: [...VIDEO_HOSTS, ...bucketHosts()],
    async extract(videoUrl, { signal }) {
      const body = JSON.stringify({ videoUrl });
      const headers = { "content-type": "application/json" };
      const response = await fetch(address, { method: "POST", body, headers, signal, redirect: "error" });
      if (!response.ok) throw new Error(`FIRST_FRAMES_URL answered ${response.status}.`);
      const answer: unknown = await response.json();
      if (typeof answer === "object" && answer !== null && "url" in answer && typeof answer.url === "string")
        return answer.url;
      throw new Error("FIRST_FRAMES_URL answered without a url.");
    },
  };
}

function bucketHosts(): readonly string[] {
  const url = optionalSetting("R2_PUBLIC_URL");
  return url === undefined || !URL.canParse(url) ? [] : [new URL(url).hostname];
}
