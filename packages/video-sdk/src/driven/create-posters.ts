// Posters for videos that an engine sees completed: made by the app's route, and written to the app's row as its client does.
import { createAfterSuccess, type AfterSuccess } from "../after-success/create-after-success.ts";
import { createFirstFrameFinder } from "../after-success/create-first-frame-finder.ts";
import { classifyConvexError } from "../convex/classify-convex-error.ts";
import { functionsByName } from "../convex/function-names.ts";
import type { DrivenEngineOptions } from "../create-video-engine.ts";
import type { Clock } from "../platform-ports.ts";
import type { CallResult, RowChange } from "../ports.ts";

/** Undefined without the app's routes, and where they make none. */
export function createPosters(
  { convex, http, routes, functions = functionsByName() }: DrivenEngineOptions,
  clock: Clock,
): AfterSuccess | undefined {
  if (http === undefined || routes?.firstFrame === false) return undefined;
  // A ledger of one function: the other calls are the deployment's, and an app need not carry them.
  const updateRow = async ({ rowId, change }: { rowId: string; change: RowChange }): Promise<CallResult<void>> => {
    if (change.kind !== "previewed" || rowId.startsWith(NO_ROW)) return DONE;
    try {
      const { previewImage } = change;
      await convex.mutation(functions.sessions.updateGeneration, {
        generationId: rowId,
        isLoading: false,
        previewImage,
      });
      return DONE;
    } catch (thrown) {
      return classifyConvexError(thrown, true);
    }
  };
  return createAfterSuccess({
    findFirstFrame: createFirstFrameFinder({ http, clock, routes }),
    ledger: { updateRow },
    clock,
  });
}

/** How the id begins where the component keeps no rows. */
const NO_ROW = "none:";

const DONE: CallResult<void> = { ok: true, value: undefined };
