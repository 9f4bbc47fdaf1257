// What the runner of a generation is given. Types only.
import type { GenerationState } from "../core/state.ts";
import type { Rules, TransitionResult } from "../core/transition-result.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import type { DoubtedLifecycle } from "./doubted-lifecycle.ts";
import type { PerformEffect } from "./perform-effect.ts";
import type { ReturningHolds } from "./returning-holds.ts";
import type { WriteAhead, WriteAheadOptions } from "./write-ahead.ts";

/** What all runners of an engine share. */
export interface RunnerOptions {
  readonly rules: Rules;
  readonly perform: PerformEffect;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  /** Reports when calls must pause. Left out: never. */
  readonly lifecycle?: DoubtedLifecycle | undefined;
  /** What may come back of the credits that are held. */
  readonly holds: Pick<ReturningHolds, "note" | "forget">;
  /** Stores states ahead of their effects. Left out: nothing survives the process. */
  readonly storeAhead?:
    | ((calls: Pick<WriteAheadOptions, "isFirstStored" | "send" | "refuse">) => WriteAhead)
    | undefined;
}

/** How a generation begins. */
export interface RunnerStart {
  readonly first: TransitionResult;
  /** The stored state, when the generation comes from the journal. */
  readonly resumedFrom?: GenerationState | undefined;
}
