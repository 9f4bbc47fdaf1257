// Posters: the app's action makes a picture of a delivered video, once. Nothing waits for it, and what goes wrong with it costs the poster alone.
import { snapshotOf, type GenerationState } from "@video-engine/video-sdk/core";
import type { Doc } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";
import { performHandle, POSTER_CALL } from "./perform-arguments.ts";

/** Has the poster of a generation made that has just delivered its video, where the app makes posters. */
export async function requestPoster(
  ctx: MutationCtx,
  { _id, userId, key, settings, isRunning }: Doc<"generations">,
  state: GenerationState,
): Promise<void> {
  const { status, videos } = snapshotOf(state);
  const [effect] = videos;
  if (settings.makesPosters !== true || !isRunning || status !== "completed" || effect === undefined) return;
  const told = { generation: _id, call: POSTER_CALL, userId, key, effect };
  await ctx.scheduler.runAfter(0, performHandle(settings), told);
}
