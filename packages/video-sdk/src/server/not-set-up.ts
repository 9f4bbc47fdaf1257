// The error of a route whose part of the app is missing.
import { VideoError } from "../errors.ts";

/** `not-configured`, naming the option of `createVideoRoutes` that a route needs. */
export function notSetUp(option: "uploads" | "firstFrames" | "webhooks"): VideoError {
  return new VideoError("not-configured", {
    message: `This route is not set up on this server. Pass \`${option}\` to createVideoRoutes.`,
    details: { setting: option },
  });
}
