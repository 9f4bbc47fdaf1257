// Posters: the app's action makes a picture of a delivered video, once. Nothing waits for it, and what goes wrong with it costs the poster alone.
import { snapshotOf, type GenerationState } from "@video-engine/video-sdk/core";
import type { FunctionHandle } from "convex/server";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";
import type { PerformArguments } from "./dispatch.ts";

/** The call by which the app's action knows that a poster is to be made. Its effect is the video's address. */
export const POSTER_CALL = "make-poster";

/** Has the poster of a generation made that has just delivered its video, where the app makes posters. */
export async function requestPoster(
  ctx: MutationCtx,
  { _id, userId, key, settings, isRunning }: Doc<"generations">,
  state: GenerationState,
): Promise<void> {
  const { status, videos } = snapshotOf(state);
  const [effect] = videos;
  if (settings.makesPosters !== true || !isRunning || status !== "completed" || effect === undefined) return;
  const handle = settings.functions.perform as FunctionHandle<"action", PerformArguments>; // made by the client
  await ctx.scheduler.runAfter(0, handle, { generation: _id, call: POSTER_CALL, userId, key, effect });
}
