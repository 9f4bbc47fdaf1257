// What a host stores of one generation: its state, the calls and waits that are open, and the request that the state's own record forgets.
import type { OutsideEffect, WaitKey } from "../core/effect.ts";
import { decodeRecord, encodeRecord } from "../core/journal-record.ts";
import type { GenerationPlan, GenerationState } from "../core/state.ts";

/** A call that is to be made, or is under way. */
export interface OpenCall {
  readonly id: string;
  readonly effect: OutsideEffect;
  /** It was begun: from here on its outcome is unknown until it is answered. */
  readonly hasBegun: boolean;
  readonly dueAt: number;
}

/** A wait that has not ended. */
export interface OpenWait {
  readonly key: WaitKey;
  readonly until: number;
}

/** One generation, as a host stores it. */
export interface HostedRecord {
  readonly state: GenerationState;
  readonly calls: readonly OpenCall[];
  readonly waits: readonly OpenWait[];
}

interface Stored extends Omit<HostedRecord, "state"> {
  readonly request: GenerationPlan["request"];
  readonly record: string;
}

/** The text to store. */
export function encodeHosted({ state, calls, waits }: HostedRecord): string {
  const stored: Stored = { record: encodeRecord(state), request: state.plan.request, calls, waits };
  return JSON.stringify(stored);
}

/** Reads it. Throws for a text that this version cannot read: it must not be interpreted. */
export function decodeHosted(text: string): HostedRecord {
  const { record, request, calls, waits } = JSON.parse(text) as Stored; // written by `encodeHosted`
  const decoded = decodeRecord(record);
  if (decoded.kind !== "state") throw new Error(`A stored generation cannot be read: ${decoded.kind}.`);
  return { state: { ...decoded.state, plan: { ...decoded.state.plan, request } }, calls, waits };
}
