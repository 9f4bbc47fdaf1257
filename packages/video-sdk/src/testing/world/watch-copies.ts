// The app's `saveVideos` in a world, and its checks: S10 when it is called, L8 at the end. Uses no engine.
import type { GenerationState } from "../../core/state.ts";
import type { VideoSaver } from "../../ports.ts";
import type { Clock } from "../../platform-ports.ts";
import { createVideoSaver } from "../../save-videos/create-video-saver.ts";
import type { SaveVideos } from "../../save-videos/save-videos.ts";
import type { Findings } from "./checks.ts";
import type { Interceptor, Process } from "./interceptor.ts";
import type { WorldBackend } from "./world-backend.ts";
import type { WorldStorage } from "./world-storage.ts";

/** The app's step, and what is known of its calls. */
export interface CopyWatch {
  /** The step for the engine of a process. Each call makes other copies, whose addresses contain that of the video. */
  saver(process: Process): VideoSaver;
  /** Called with every state that is stored. */
  onState(state: GenerationState): void;
  /** Checks what rows show, when nothing moves any more. */
  lookAtTheEnd(): void;
}

/** Options of a watch. */
export interface CopyWatchOptions {
  readonly findings: Findings;
  readonly storage: Pick<WorldStorage, "left">;
  readonly interceptor: Pick<Interceptor, "saveVideos">;
  readonly backend: Pick<WorldBackend, "shownVideos">;
  readonly clock: Clock;
}

/** What only the addresses of copies have. */
const COPIED = "?copy=";
/** From the design, not from the engine. */
const MOST_CALLS = 5;

/** A watch that has seen nothing. */
export function createCopyWatch({ findings, storage, interceptor, backend, clock }: CopyWatchOptions): CopyWatch {
  const calls = new Map<string, number>();
  /** Attempts as records count them. One that was stored and never made, such as before a crash, is among them. */
  const attempts = new Map<string, number>();
  let copies = 0;
  const copy: SaveVideos = (videos) => videos.map((url) => `${url}${COPIED}${++copies}`);

  const look = ([url = ""]: readonly string[]): void => {
    const times = (calls.get(url) ?? 0) + 1;
    calls.set(url, times);
    if (times === MOST_CALLS + 1) findings.note("S10", `${url} was to be copied more than ${MOST_CALLS} times`);
    const isRecorded = storage.left().some(({ state }) => videosIn(state).includes(url));
    if (!isRecorded) findings.note("S10", `${url} is to be copied, and no record has it`);
  };

  return {
    saver(process) {
      const intercepted = interceptor.saveVideos(copy, process);
      const saveVideos: SaveVideos = (videos, context) => {
        if (process.isAlive) look(videos);
        return intercepted(videos, context);
      };
      const upload = (): Promise<never> => Promise.reject(new Error("Worlds have no storage for videos."));
      return createVideoSaver({ saveVideos, clock, upload });
    },
    onState(state) {
      const steps = state.name === "settling" ? state.steps : "undone" in state ? state.undone : undefined;
      const [url = ""] = videosIn(state);
      attempts.set(url, Math.max(attempts.get(url) ?? 0, steps?.["save-videos"]?.attempt ?? 0));
    },
    lookAtTheEnd() {
      for (const url of backend.shownVideos?.() ?? []) {
        const times = url.includes(COPIED) ? 0 : (attempts.get(url) ?? 0);
        if (times > 0 && times < MOST_CALLS)
          findings.note("L8", `${url} is shown, and was to be copied ${times} times`);
      }
    },
  };
}

/** Whether a record is only kept so that a later start copies its videos. */
export function isToBeCopied(state: GenerationState): boolean {
  return "undone" in state && state.undone?.["save-videos"] !== undefined;
}

function videosIn(state: GenerationState): readonly string[] {
  const shown = state.name === "settling" ? state.verdict : state;
  return "videos" in shown ? shown.videos : [];
}
