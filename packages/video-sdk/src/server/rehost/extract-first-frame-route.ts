// POST extract-first-frame: asks the app's own function for a picture of a video. Checks where the video is before anybody fetches it.
import * as z from "zod";
import { invalidField } from "../invalid-field.ts";
import { notSetUp } from "../not-set-up.ts";
import type { Route } from "../protect-route.ts";
import { readJsonBody } from "../read-json-body.ts";
import { checkPublicUrl, type PublicUrlRule } from "./check-public-url.ts";

/** How first frames are made. Nothing here decodes video: the app brings what does. */
export interface FirstFrames extends PublicUrlRule {
  /**
   * Gives back the https URL of a picture. The URL it is given is on one of the allowed hosts; a redirect from there may lead
   * anywhere, so fetch it with `redirect: "manual"`, a time and a size limit.
   */
  readonly extract: (
    videoUrl: string,
    user: { readonly userId: string; readonly signal: AbortSignal },
  ) => Promise<string>;
}

const MAX_BODY_BYTES = 8192;

const bodySchema = z.object({ videoUrl: z.string() });

/** Builds the route. The body is `{ videoUrl }`. */
export function extractFirstFrameRoute(firstFrames: FirstFrames | undefined): Route {
  return {
    name: "extract-first-frame",
    method: "POST",
    limit: "upload",
    run: async (request, { userId }) => {
      if (firstFrames === undefined) throw notSetUp("firstFrames");
      const body = bodySchema.safeParse((await readJsonBody(request, MAX_BODY_BYTES)).value);
      const check = checkPublicUrl(body.success ? body.data.videoUrl : undefined, firstFrames);
      if (!check.isAllowed) throw invalidField("videoUrl", `The video cannot be read: ${check.reason}.`);
      return { success: true, url: await firstFrames.extract(check.url.href, { userId, signal: request.signal }) };
    },
  };
}
