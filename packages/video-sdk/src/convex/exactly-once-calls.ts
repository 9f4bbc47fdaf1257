// What the ledger needs of a connection on which a deployment removes repeats. Types only: `@video-engine/video-sdk/convex-sessions` has one.
import type { NumberCalls } from "../core/transition-result.ts";
import type { CallResult, Clock, NumberedCall } from "../ports.ts";
import type { MutationReference } from "./function-names.ts";

/** Makes calls that run once, on functions that take no key. */
export interface ExactlyOnceCalls {
  /** Numbers the calls of a generation. */
  readonly numberCalls: NumberCalls;
  /** The calls of one engine. Opens nothing before the first one. */
  connect(options: { readonly clock: Clock }): NumberedCalls;
}

/** A mutation to be called. */
export interface NumberedMutation {
  readonly call: NumberedCall;
  readonly reference: MutationReference;
  readonly args: Record<string, unknown>;
  /** It marks a row that the step could not delete: another call, with a number of its own. */
  readonly isMark: boolean;
}

/** Sends numbered calls. */
export interface NumberedCalls {
  /** What the function returned, or why that is not known. Rejects with what it threw, where nothing else can have happened. */
  send(mutation: NumberedMutation): Promise<CallResult<unknown>>;
  /** Closes every connection. A call without an answer is then unknown. */
  close(): void;
}
