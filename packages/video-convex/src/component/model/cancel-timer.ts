// Cancels a scheduled function that has not begun. One that runs, or has run, is left: it finds that nothing waits for it.
import type { Id } from "../_generated/dataModel.ts";
import type { MutationCtx } from "../_generated/server.ts";

/** Cancels it, where it has not begun. */
export async function cancelTimer(ctx: MutationCtx, timer: Id<"_scheduled_functions">): Promise<void> {
  const scheduled = await ctx.db.system.get("_scheduled_functions", timer);
  if (scheduled?.state.kind === "pending") await ctx.scheduler.cancel(timer);
}
