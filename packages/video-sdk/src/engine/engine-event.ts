// What an engine reports, for logs and tests: typed, and free of prompts, URLs and tokens.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { snapshotOf, type GenerationPhase } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import type { VideoErrorData } from "../errors.ts";
import type { UnreadableRecord } from "./journal.ts";

/** Something that happened to a generation. */
export interface GenerationReport {
  readonly id: string;
  /** Rises by one with each event of the generation. */
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: EventPayload["type"];
  /** Which attempt it answers, where it is an answer. */
  readonly attempt: number | undefined;
  /** The call that failed, or that brought a verdict on the job. */
  readonly effect: OutsideEffect["type"] | undefined;
  /** Where the generation is after it. */
  readonly phase: GenerationPhase;
  readonly error: VideoErrorData | undefined;
}

/** A stored generation that this version cannot read. */
export interface RecordReport extends UnreadableRecord {
  readonly type: "record-unreadable";
}

/** A function of the backend that has answered with an explicit no. */
export interface BackendReport {
  readonly type: "backend-refused";
  /** The call of the ledger, such as `closeSlot`. */
  readonly call: string;
  /** The backend's own words, where it gave any. */
  readonly message: string | undefined;
}

/** Everything that an engine reports. Branch on `type`. */
export type VideoEngineEvent = GenerationReport | RecordReport | BackendReport;

/** The report of an event that led to a state. */
export function reportOf(
  payload: EventPayload,
  { state, seq, at }: { readonly state: GenerationState; readonly seq: number; readonly at: number },
): GenerationReport {
  return {
    id: state.plan.id,
    seq,
    at,
    type: payload.type,
    attempt: "attempt" in payload ? payload.attempt : undefined,
    effect: "effect" in payload ? payload.effect : undefined,
    phase: snapshotOf(state).phase,
    error: "error" in payload ? payload.error : undefined,
  };
}
