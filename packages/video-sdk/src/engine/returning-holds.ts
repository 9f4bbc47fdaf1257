// Which credits of this engine may come back soon: where others are refused meanwhile, that refusal may not hold any more. Asks for nothing itself.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { mayComeBack } from "../core/returning-hold.ts";
import type { GenerationState } from "../core/state.ts";
import type { Clock } from "../platform-ports.ts";
import type { PerformEffect } from "./perform-effect.ts";

/** Milliseconds. A release that nothing answers must not hide a refusal for longer. */
const LONGEST_MS = 10_000;

/** Credits that may come back. */
export interface ReturningHolds {
  /** To be called with each new state of each generation. */
  note(state: GenerationState): void;
  /** It is driven here no longer. */
  forget(id: string): void;
  /** The same calls. A refusal of credits is told when those that may come back have, or are kept; it says whether any came back. */
  watch(perform: PerformEffect): PerformEffect;
}

/** A refusal that waits. */
interface Waiting {
  readonly ids: Set<string>;
  hasAnyCome: boolean;
  end(): void;
}

/** None yet. */
export function createReturningHolds(clock: Clock): ReturningHolds {
  const returning = new Set<string>();
  const refused = new Map<string, Waiting>();

  const leave = (id: string, hasCome: boolean): void => {
    if (!returning.delete(id)) return;
    for (const waiting of refused.values()) {
      if (!waiting.ids.delete(id)) continue;
      waiting.hasAnyCome ||= hasCome;
      if (waiting.ids.size === 0) waiting.end();
    }
  };

  /** Resolves when all that may come back have, or are kept. Whether any came. */
  const untilBack = (id: string, signal: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      const waiting: Waiting = {
        ids: new Set(returning),
        hasAnyCome: false,
        end() {
          clock.clearTimeout(timer);
          signal.removeEventListener("abort", waiting.end);
          refused.delete(id);
          resolve(waiting.hasAnyCome);
        },
      };
      const timer = clock.setTimeout(() => waiting.end(), LONGEST_MS);
      signal.addEventListener("abort", waiting.end);
      refused.set(id, waiting);
    });

  const told = async (answer: EventPayload, { key }: KeyedEffect, signal: AbortSignal): Promise<EventPayload> => {
    if (!isRefusal(answer)) return answer;
    const id = key.slice(0, key.lastIndexOf(":"));
    // It holds nothing that others could wait for, or those that wait would wait for each other.
    leave(id, false);
    const isWorthAskingAnew = returning.size > 0 && (await untilBack(id, signal));
    return isWorthAskingAnew ? { ...answer, isWorthAskingAnew } : answer;
  };

  return {
    note(state) {
      const { id } = state.plan;
      if (!mayComeBack(state)) leave(id, "held" in state);
      else if (!refused.has(id)) returning.add(id);
    },
    forget: (id) => leave(id, false),
    watch: (perform) => (effect, options) => {
      const answered = perform(effect, options);
      if (effect.type !== "reserve-credits") return answered;
      return answered.then((answer) => told(answer, effect, options.signal));
    },
  };
}

type KeyedEffect = Pick<Extract<OutsideEffect, { type: "reserve-credits" }>, "key">;

function isRefusal(answer: EventPayload): answer is Extract<EventPayload, { type: "effect-failed" }> {
  return (
    answer.type === "effect-failed" && answer.certainty === "not-done" && answer.error.code === "insufficient-credits"
  );
}
