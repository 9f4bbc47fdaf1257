// Every refusal of the component, in the one shape that clients can read in production: a ConvexError whose data is a VideoErrorData.
import { videoErrorData, type VideoErrorCode, type VideoErrorData } from "@video-engine/video-sdk/core";
import { ConvexError, type Value } from "convex/values";
import { asConvexValue } from "./as-convex-value.ts";

/** The error to throw. */
export function refusal(
  code: VideoErrorCode,
  message: string,
  details: Record<string, unknown> = {},
): ConvexError<Value> {
  return refusalOf(videoErrorData(code, { message, details }));
}

/** An error as the one to throw. */
export function refusalOf(error: VideoErrorData): ConvexError<Value> {
  return new ConvexError(asConvexValue(error));
}
