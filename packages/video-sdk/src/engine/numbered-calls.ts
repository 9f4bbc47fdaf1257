// What must be so before calls are repeated by their numbers: the numbers are stored, and the record and the backend speak of the same ones.
import type { GenerationPlan, GenerationState } from "../core/state.ts";
import type { NumberCalls, Rules, TransitionResult } from "../core/transition-result.ts";
import { VideoError } from "../errors.ts";
import type { VideoLedger } from "../ports.ts";
import type { VideoPlatform } from "../platform-ports.ts";

/** Refuses a ledger that numbers its calls where nothing keeps the numbers: after a restart a call would be repeated under another one. */
export function checkNumbers({
  ledger,
  numberCalls,
  persistence,
}: {
  readonly ledger: Pick<VideoLedger, "numbersCalls">;
  readonly numberCalls?: NumberCalls | undefined;
  readonly persistence?: object | undefined;
}): void {
  if (ledger.numbersCalls !== true) return;
  const missing = numberCalls === undefined ? "numberCalls" : persistence === undefined ? "persistence" : undefined;
  if (missing === undefined) return;
  throw new VideoError("not-configured", {
    message: `createEngine: \`${missing}\` is undefined, and this ledger numbers its calls. Pass it: the numbers are stored with each generation.`,
    details: { missing },
  });
}

/** The numbers of a new generation. Undefined where its calls have none. */
export function newNumbers(
  { numberCalls }: Rules,
  { createId }: Pick<VideoPlatform, "createId">,
): GenerationPlan["calls"] {
  return numberCalls && { session: createId(), steps: {} };
}

/** The first step of a generation, with the numbers of its calls. */
export function numbered({ numberCalls }: Rules, first: TransitionResult, at: number): TransitionResult {
  return numberCalls?.(first, { at }) ?? first;
}

/**
 * A call that was sent under a key may be repeated only where that is known: an app may have begun to send keys, or numbers, or none, since the
 * record was stored. Otherwise nothing of it is sent twice any more.
 */
export function asKeptBy(
  { guarantee, numbersCalls = false }: Pick<VideoLedger, "guarantee" | "numbersCalls">,
  state: GenerationState,
): GenerationState {
  const { plan } = state;
  const isSame = guarantee === "exactly-once" && (plan.calls !== undefined) === numbersCalls;
  if (plan.guarantee !== "exactly-once" || isSame) return state;
  return { ...state, plan: { ...plan, guarantee: "at-most-once" } };
}
