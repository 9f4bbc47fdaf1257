// POST extract-first-frame: calls the app's own function for a picture of a video. Checks the video's URL before it is fetched.
import * as z from "zod";
import { invalidField, notSetUp } from "../error-response.ts";
import type { Route } from "../protect-route.ts";
import { withLinked } from "../link-signals.ts";
import { readJsonBody } from "../read-body.ts";
import type { WaitFor } from "../wait-limits.ts";
import { checkPublicUrl, type PublicUrlRule } from "./check-public-url.ts";

/** How first frames are made. The SDK decodes no video; the app brings the function that does. */
export interface FirstFrames extends PublicUrlRule {
  /**
   * Returns the https URL of a picture. `videoUrl` is on one of the allowed hosts, but a redirect from there may lead to any host:
   * fetch it with `redirect: "manual"`, a time limit and a size limit.
   */
  readonly extract: (
    videoUrl: string,
    user: { readonly userId: string; readonly signal: AbortSignal },
  ) => Promise<string>;
}

const MAX_BODY_BYTES = 8192;

const bodySchema = z.object({ videoUrl: z.string() });

/** Builds the route. The body is `{ videoUrl }`. */
export function extractFirstFrameRoute(firstFrames: FirstFrames | undefined, waitFor: WaitFor): Route {
  return {
    name: "extract-first-frame",
    method: "POST",
    limit: "upload",
    run: async (request, { userId }) => {
      if (firstFrames === undefined) throw notSetUp("firstFrames");
      const body = bodySchema.safeParse(await readJsonBody(request, { maxBytes: MAX_BODY_BYTES, waitFor }));
      const check = checkPublicUrl(body.success ? body.data.videoUrl : undefined, firstFrames);
      if (!check.isAllowed) throw invalidField("videoUrl", `The video cannot be read: ${check.reason}.`);
      const extract = async (signal: AbortSignal): Promise<string> =>
        await firstFrames.extract(check.url.href, { userId, signal });
      const url = await waitFor("extract", async (over) => await withLinked([request.signal, over], extract));
      return { success: true, url };
    },
  };
}
