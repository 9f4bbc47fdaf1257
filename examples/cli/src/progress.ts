// Phases on standard error: one line that renews itself in a terminal, one line per phase elsewhere. Invents no percentage.
import { getVideoModel } from "@video-engine/video-models";
import type { GenerationSnapshot } from "@video-engine/video-sdk";

/** Shows where a generation is. */
export interface Progress {
  phase(snapshot: GenerationSnapshot): void;
  /** A line of its own. */
  line(text: string): void;
  /** Leaves the line as it is. Safe to call twice. */
  end(): void;
}

const TICK_MS = 200;

/** Shows progress. `isQuiet` shows nothing, for `--json`. */
export function createProgress({ isQuiet }: { isQuiet: boolean }): Progress {
  const isTerminal = process.stderr.isTTY && !isQuiet;
  let shown: GenerationSnapshot | undefined;
  const paint = (): void => {
    if (shown !== undefined) process.stderr.write(`\r\x1b[2K${describe(shown, Date.now())}`);
  };
  const timer = isTerminal ? setInterval(paint, TICK_MS) : undefined;
  const clear = (): void => {
    if (isTerminal && shown !== undefined) process.stderr.write("\r\x1b[2K");
  };
  return {
    phase(snapshot) {
      const isNew = snapshot.phase !== shown?.phase || snapshot.isSlow !== shown.isSlow;
      shown = snapshot;
      if (isTerminal) paint();
      else if (isNew && !isQuiet) console.error(describe(snapshot, Date.now()));
    },
    line(text) {
      clear();
      if (!isQuiet) console.error(text);
    },
    end() {
      clearInterval(timer);
      clear();
      shown = undefined;
    },
  };
}

/** One line: the phase, how long it has taken, and what is usual for the model. */
function describe({ phase, createdAt, model, isSlow, isCanceling }: GenerationSnapshot, now: number): string {
  const seconds = ((now - createdAt) / 1_000).toFixed(1);
  const usual =
    model === undefined
      ? ""
      : ` (usually ${Math.round(getVideoModel(model).expectedMs.p50 / 1_000)} s at the real provider)`;
  const remark = isCanceling ? ", canceling" : isSlow ? ", slower than usual" : phase === "polling" ? usual : "";
  return `${phase.padEnd(18)} ${seconds.padStart(6)} s${remark}`;
}
