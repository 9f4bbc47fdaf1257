// The callbacks of an app for the end of a generation. Decides nothing.
import { fromVideoErrorData, type VideoError } from "../errors.ts";
import { toResult, type Generation, type GenerationOutcome, type GenerationResult } from "./generation-handle.ts";

/** What an app may want to do when a generation ends. What a callback throws does not reach the generation. */
export interface OutcomeCallbacks {
  /** Called with the video. */
  readonly onSuccess?: ((result: GenerationResult) => void) | undefined;
  /** Called with the error of a generation that failed. A canceled one has not failed. */
  readonly onError?: ((error: VideoError, outcome: GenerationOutcome) => void) | undefined;
  /** Called last, however it ended: `completed`, `failed` or `canceled`. */
  readonly onSettled?: ((outcome: GenerationOutcome) => void) | undefined;
}

/** Calls them once, when the outcome is known. */
export function callWhenDecided(
  { outcome }: Pick<Generation, "outcome">,
  { onSuccess, onError, onSettled }: OutcomeCallbacks,
): void {
  void outcome.then((decided) => {
    if (decided.status === "completed") run(() => onSuccess?.(toResult(decided)));
    if (decided.status === "failed") {
      const { error, settlement } = decided;
      run(() => onError?.(fromVideoErrorData({ ...error, settlement }), decided));
    }
    run(() => onSettled?.(decided));
  });
}

function run(callback: () => void): void {
  try {
    callback();
  } catch {
    // A callback belongs to the app: the generation has ended, and the other callbacks are still called.
  }
}
