// Makes a poster for the row of a generation once its video is there. Nothing waits for it, and its failure cannot fail the generation.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { CallResult, FindFirstFrame, VideoLedger } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { waitFor } from "../wait-for.ts";

type Show = (previewImage: string) => void;

/** Posters for finished generations. Never throws. */
export interface AfterSuccess {
  /**
   * Makes the poster of a completed generation, once; does nothing for any other. Returns at once. `show` is called with the poster before
   * it is written to the row, and also where there is no row.
   */
  run(snapshot: GenerationSnapshot, show: Show): void;
  /** Aborts what is running and makes no more posters. */
  stop(): void;
}

/** What posters are made with. */
export interface AfterSuccessOptions {
  readonly findFirstFrame: FindFirstFrame;
  readonly ledger: Pick<VideoLedger, "updateRow">;
  readonly clock: Clock;
}

/** Milliseconds between the two tries of each call, unless the server asked for more. */
const RETRY_MS = 2_000;
/** A server that asks for a longer wait than this, in milliseconds, is not tried again: by then the user does not look at the row any more. */
const LONGEST_RETRY_MS = 30_000;

/** Makes posters over these ports. Does nothing until `run`. */
export function createAfterSuccess({ findFirstFrame, ledger, clock }: AfterSuccessOptions): AfterSuccess {
  const controller = new AbortController();
  const { signal } = controller;
  const begun = new Set<string>();

  const twice = async <T>(call: () => Promise<CallResult<T>>): Promise<CallResult<T>> => {
    const first = await call();
    if (signal.aborted || first.ok || !first.error.retryable) return first;
    const delayMs = Math.max(RETRY_MS, first.error.retryAfterMs ?? 0);
    if (delayMs > LONGEST_RETRY_MS) return first;
    await waitFor(delayMs, { clock, signal });
    return signal.aborted ? first : call();
  };

  const preview = async ({ rowId }: GenerationSnapshot, videoUrl: string, show: Show): Promise<void> => {
    try {
      const found = await twice(() => findFirstFrame(videoUrl, signal));
      if (signal.aborted || !found.ok) return;
      const previewImage = found.value;
      show(previewImage);
      if (rowId !== undefined)
        await twice(() => ledger.updateRow({ rowId, change: { kind: "previewed", previewImage } }));
    } catch {
      // A poster is not worth an error: the video is there.
    }
  };

  return {
    run(snapshot, show) {
      const [videoUrl] = snapshot.videos;
      const { id, status, previewImage } = snapshot;
      if (signal.aborted || status !== "completed" || videoUrl === undefined) return;
      if (previewImage !== undefined || begun.has(id)) return;
      begun.add(id);
      void preview(snapshot, videoUrl, show);
    },
    stop: () => controller.abort(),
  };
}
