// What an engine reports, for logs and tests: typed, without prompts, URLs or tokens.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { factsOf, type GenerationPhase } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import type { SettlementStep } from "../core/settlement-steps.ts";
import type { Settlement, VideoErrorData } from "../errors.ts";
import type { CallbackReport } from "../guard-callbacks.ts";
import { loggedError } from "../logged-error.ts";
import type { Certainty } from "../ports.ts";
import type { UnreadableRecord } from "./journal.ts";

/** Something that happened to a generation. */
export interface GenerationReport {
  /** The generation's. It is the Idempotency-Key of its submit, so the `key` of the server's events; with `:slot`, `:reserve`, `:settle` and so on it keys the books. */
  readonly id: string;
  /** Increases by one with each event of the generation. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: EventPayload["type"];
  /** The attempt that it answers, when it is an answer. */
  readonly attempt: number | undefined;
  /** The call that failed, or that returned a verdict on the job. */
  readonly effect: OutsideEffect["type"] | undefined;
  /** True where the call is a settlement step that is not tried again before the next start of the app. */
  readonly isGivenUp: boolean;
  /** True where the server held the question until the job ended, so that its end is known to the second. */
  readonly wasHeld?: boolean | undefined;
  /** The settlement step that is done. */
  readonly step: SettlementStep | undefined;
  /** Whether a call that failed may have had its effect all the same. */
  readonly certainty: Certainty | undefined;
  /** The phase after the event. */
  readonly phase: GenerationPhase;
  readonly model: string;
  /** The price, in whole credits. */
  readonly credits: number;
  /** Whether the user was charged, after the event. */
  readonly settlement: Settlement;
  /** The job's id as the routes gave it: the `handle` of the server's events, and in the row. */
  readonly requestId: string | undefined;
  /** Without addresses, and without what a server or a backend repeats of the prompt. */
  readonly error: VideoErrorData | undefined;
}

/** A stored generation that this version cannot read. */
export interface RecordReport extends UnreadableRecord {
  readonly type: "record-unreadable";
}

/** A function of the backend that has thrown, or has answered no where that is not usual. */
export interface BackendReport {
  readonly type: "backend-refused";
  /** The call of the ledger, such as `closeSlot`. */
  readonly call: string;
  /** The generation's, where the call has a key. A call without one (a question, a preview, the note of a job's id) is told without. */
  readonly id: string | undefined;
  /** The backend's own words, where it gave any. A production deployment of Convex hides them, but for the data of a ConvexError. */
  readonly message: string | undefined;
}

/** A call was refused with these fields and done without them: with `backend.fields: "probe"` they stay off for this engine. */
export interface FieldsReport {
  readonly type: "fields-refused";
  /** The call of the ledger, such as `recordRow`. */
  readonly call: string;
  /** The names of `backend.fields`. */
  readonly fields: readonly string[];
}

/** A loading row that names no job was marked as failed, because `resume({ failRowsOlderThanMs })` was asked to. */
export interface JoblessRowReport {
  readonly type: "jobless-row-failed";
  readonly rowId: string;
  /** Its age in milliseconds, at least. */
  readonly ageMs: number;
  /** Why its mark, or the end of its slot, has failed. The next such call tries again. */
  readonly error: VideoErrorData | undefined;
}

/** Why `reconcile()` resolves nothing now, while there are holds in doubt. */
export type UndecidedReason =
  /** The backend's balance cannot be read, or belongs to more than this engine: `backend.isOnlyWriter` is not set. It never will. */
  | "no-balance"
  /** A call may still be on its way: two minutes have not passed since the doubt was first seen here. */
  | "too-early"
  /** A generation runs here, or has ended with its credits held: they are in the balance too. */
  | "not-idle"
  /** The storage names other generations, or cannot be read: call `resume()` first, or close the other tabs. */
  | "other-records"
  /** Another tab has one of them. */
  | "locked"
  /** Reading the balance has failed. */
  | "balance-unread"
  /** The reserved credits fit several answers, or none: other holds are among them. */
  | "ambiguous";

/** `reconcile()` could not resolve the holds in doubt. */
export interface ReconcileReport {
  readonly type: "reconcile-undecided";
  readonly reason: UndecidedReason;
  /** How many holds are in doubt. */
  readonly doubts: number;
}

/** Everything an engine reports. Branch on `type`. */
export type VideoEngineEvent = (
  | GenerationReport
  | RecordReport
  | BackendReport
  | FieldsReport
  | JoblessRowReport
  | CallbackReport
  | ReconcileReport
) & {
  /** The engine's `user`. */
  readonly user?: string | undefined;
};

/** The report of an event and the state that followed, for a host of the machine: what an app's `onEvent` is told. */
export function reportOf(
  payload: EventPayload,
  { state, seq, at }: { readonly state: GenerationState; readonly seq: number; readonly at: number },
): GenerationReport {
  const { phase, settlement, requestId } = factsOf(state);
  const { id, credits } = state.plan;
  const { prompt, model } = state.plan.request;
  return {
    id,
    seq,
    at,
    type: payload.type,
    attempt: "attempt" in payload ? payload.attempt : undefined,
    effect: "effect" in payload ? payload.effect : undefined,
    isGivenUp: isGivenUp(payload, state),
    wasHeld: "wasHeld" in payload ? payload.wasHeld : undefined,
    step: "step" in payload ? payload.step : undefined,
    certainty: "certainty" in payload ? payload.certainty : undefined,
    phase,
    model,
    credits,
    settlement,
    requestId,
    error: "error" in payload ? loggedError(payload.error, [prompt]) : undefined,
  };
}

function isGivenUp(payload: EventPayload, state: GenerationState): boolean {
  if (payload.type !== "effect-failed") return false;
  const steps = state.name === "settling" ? state.steps : "undone" in state ? state.undone : undefined;
  return Object.entries(steps ?? {}).some(([step, { status }]) => step === payload.effect && status === "stuck");
}
