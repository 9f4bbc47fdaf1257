// The rules that every call of a world is held against. checks.ts says what each number means.
import type { Guarantee } from "../../ports.ts";
import type { PollingPolicy } from "../../core/polling-policy.ts";
import { atItsPrice, decidedFirst, oneOfTwo, reservedFirst } from "./rules-of-money.ts";
import { ADDING_CALLS, byItsHolder, byItsUser, notAgain, notTooOften } from "./rules-of-sending.ts";
import { timedOutFreshly } from "./timed-out-freshly.ts";
import type { CallRule } from "./watch-calls.ts";
import type { WorldStorage } from "./world-storage.ts";

/** What the rules go by. */
export interface CallRulesOptions {
  readonly guarantee: Guarantee;
  readonly isSubmitRepeatable: boolean;
  readonly polling: PollingPolicy;
  readonly storage: Pick<WorldStorage, "state">;
  /** What a generation cost when it was begun. */
  begunAt(id: string): number | undefined;
}

/** The rules, each with nothing seen yet. */
export function createCallRules(options: CallRulesOptions): readonly CallRule[] {
  const { guarantee, isSubmitRepeatable, polling, storage, begunAt } = options;
  return [
    notAgain("S9", ADDING_CALLS, guarantee === "exactly-once"),
    notAgain("S5", { submit: "job" }, isSubmitRepeatable),
    reservedFirst(),
    decidedFirst(storage),
    oneOfTwo(),
    byItsHolder(),
    byItsUser(),
    atItsPrice(begunAt),
    notTooOften(),
    timedOutFreshly(polling),
  ];
}
