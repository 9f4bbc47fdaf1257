// Which address of a video can be played and stored, and the error for one that cannot. Used on both sides of the routes.
import { videoErrorData, type VideoErrorData } from "./errors.ts";

/** Longer addresses cannot be stored with a generation. */
const LONGEST_VIDEO_URL = 65_536;
/** As much of an address as an error carries. */
const LONGEST_IN_DETAILS = 16_384;

/** Runtimes ignore these characters in an address, so `java\nscript:` is a script as well. */
const IGNORED = /[\0-\x20]+/g;
const PLAYABLE = /^(?:https?:\/\/|data:video\/|\/)/i;

/** Why an address is no video that an app can play; undefined for one that it can. A path is taken as one of the app's own. */
export function whyUnplayable(url: string): string | undefined {
  if (url.length > LONGEST_VIDEO_URL) return `it is longer than ${LONGEST_VIDEO_URL} characters`;
  return PLAYABLE.test(url.slice(0, 100).replaceAll(IGNORED, ""))
    ? undefined
    : "it is none of http, https and data:video";
}

/** The error for a paid video whose address cannot be used. It names the limit. `url`: to find the video by; undefined where no user may see it. */
export function unusableVideo(
  why: string,
  { url, ...details }: { readonly url?: string | undefined; readonly provider?: string },
): VideoErrorData {
  return videoErrorData("result-unusable", {
    message: `The video is made, but its address cannot be used: ${why}.`,
    details: url === undefined ? details : { ...details, url: shortened(url) },
  });
}

function shortened(url: string): string {
  if (url.length <= LONGEST_IN_DETAILS) return url;
  return `${url.slice(0, 200)}… (${url.length} characters)`;
}
