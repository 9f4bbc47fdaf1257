// Phases on standard error: one line that renews itself in a terminal, one line per phase elsewhere. Invents no percentage: the bar is
// the time that has passed beside the usual one.
import { styleText } from "node:util";
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

/** How to show it. */
export interface ProgressOptions {
  /** Shows nothing, for `--json` and `--quiet`. */
  readonly isQuiet: boolean;
  /** How long a job usually takes, milliseconds. Default: what the registry says of the model. */
  readonly usualMs?: number | undefined;
}

const TICK_MS = 200;
const BAR_CELLS = 20;

/** Shows progress on standard error. */
export function createProgress({ isQuiet, usualMs }: ProgressOptions): Progress {
  // A dumb terminal cannot renew a line.
  const isTerminal = process.stderr.isTTY && process.env["TERM"] !== "dumb" && !isQuiet;
  const now = steadyClock();
  let shown: GenerationSnapshot | undefined;
  const paint = (): void => {
    if (shown === undefined) return;
    // A line that is wider than the terminal would wrap, and then be renewed one line too low.
    const line = describe(shown, { now: now(), usualMs, hasBar: true }).slice(0, (process.stderr.columns || 80) - 1);
    process.stderr.write(`\r\x1b[2K${styleText("cyan", line, { stream: process.stderr })}`);
  };
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    if (isTerminal && shown !== undefined) process.stderr.write("\r\x1b[2K");
  };
  return {
    phase(snapshot) {
      const isNew = shown === undefined || remarksOf(snapshot) !== remarksOf(shown);
      shown = snapshot;
      if (isTerminal) {
        paint();
        timer ??= setInterval(paint, TICK_MS);
      }
      if (!isTerminal && isNew && !isQuiet) console.error(describe(snapshot, { now: now(), usualMs }));
    },
    line(text) {
      clear();
      if (!isQuiet) console.error(text);
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      clear();
      shown = undefined;
    },
  };
}

/** The time as it was when this began, and what has passed since: setting the computer's clock does not change it. */
function steadyClock(): () => number {
  const beganAt = Date.now() - performance.now();
  return () => beganAt + performance.now();
}

/** What makes a line of its own where lines are not renewed. */
function remarksOf({ phase, isSlow, isCanceling, pauseReason }: GenerationSnapshot): string {
  return [phase, isSlow, isCanceling, pauseReason].join();
}

interface Described {
  readonly now: number;
  readonly usualMs: number | undefined;
  readonly hasBar?: boolean;
}

/** One line: the phase, how long it has taken, and what is usual. */
function describe(snapshot: GenerationSnapshot, { now, usualMs, hasBar = false }: Described): string {
  const { phase, createdAt, model, acceptedAt } = snapshot;
  // One that another command began may be of a clock that was ahead.
  const seconds = (Math.max(0, now - createdAt) / 1_000).toFixed(1);
  const usual = usualMs ?? (model === undefined ? undefined : getVideoModel(model).expectedMs.p50);
  const isTimed = phase === "polling" && usual !== undefined;
  const bar = hasBar && isTimed ? ` ${barOf((now - (acceptedAt ?? now)) / usual)}` : "";
  const remark = remarkOf(snapshot) ?? (isTimed ? `usually about ${Math.round(usual / 1_000)} s` : undefined);
  return `${phase.padEnd(18)} ${seconds.padStart(6)} s${bar}${remark === undefined ? "" : `  ${remark}`}`;
}

function remarkOf({ isCanceling, pauseReason, isSlow }: GenerationSnapshot): string | undefined {
  if (isCanceling) return "canceling";
  if (pauseReason !== undefined) return `paused: ${pauseReason}`;
  return isSlow ? "slower than usual" : undefined;
}

/** Never full before the video is there: only the provider knows when it is done. */
function barOf(share: number): string {
  const filled = Math.min(BAR_CELLS - 1, Math.max(0, Math.floor(share * BAR_CELLS)));
  return "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
}
