// What the ledger needs of a connection on which a deployment removes repeats. Types only: `@video-engine/video-sdk/convex-sessions` has one.
import type { NumberCalls } from "../core/transition-result.ts";
import type { VideoErrorCode } from "../errors.ts";
import type { Certainty, NumberedCall } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
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

/** Why a call has no answer. */
export interface NotAnswered {
  readonly ok: false;
  readonly certainty: Certainty;
  readonly code: VideoErrorCode;
  /** Default: the sentence of the code. */
  readonly message?: string | undefined;
  /** As of a result. */
  readonly isFinal?: boolean | undefined;
}

/** What a function returned, or why that is not known. */
export type NumberedAnswer = { readonly ok: true; readonly value: unknown } | NotAnswered;

/** Sends numbered calls. */
export interface NumberedCalls {
  /** Rejects with what the function threw, where nothing else can have happened. */
  send(mutation: NumberedMutation): Promise<NumberedAnswer>;
  /** Closes every connection. A call without an answer is then unknown. */
  close(): void;
}
