// The app's callbacks for the end of a generation. Decides nothing.
import { fromVideoErrorData, type VideoError } from "../errors.ts";
import type { CallbackGuard } from "../guard-callbacks.ts";
import { toResult, type Generation, type GenerationOutcome, type GenerationResult } from "./generation-handle.ts";

/** Callbacks for the end of a generation. What a callback throws is told by an event, and does not reach the generation. */
export interface OutcomeCallbacks {
  /** Called with the video. */
  readonly onSuccess?: ((result: GenerationResult) => void) | undefined;
  /** Called with the error of a failed generation, not of a canceled one. */
  readonly onError?: ((error: VideoError, outcome: GenerationOutcome) => void) | undefined;
  /** Called last, for every outcome: `completed`, `failed` or `canceled`. */
  readonly onSettled?: ((outcome: GenerationOutcome) => void) | undefined;
}

/** Calls them once, when the outcome is known. `run` calls a callback, and keeps what it throws from the generation. */
export function callWhenDecided(
  generation: Pick<Generation, "outcome">,
  { onSuccess, onError, onSettled }: OutcomeCallbacks,
  run: CallbackGuard["run"],
): void {
  if (onSuccess === undefined && onError === undefined && onSettled === undefined) return;
  void generation.outcome.then((decided) => {
    if (decided.status === "completed") run("onSuccess", () => onSuccess?.(toResult(decided)));
    if (decided.status === "failed") {
      const { error, settlement } = decided;
      run("onError", () => onError?.(fromVideoErrorData({ ...error, settlement }), decided));
    }
    run("onSettled", () => onSettled?.(decided));
  });
}
