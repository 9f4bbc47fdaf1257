// What can go wrong with a call, in the words of the tests. Shared by the fakes.
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { CallResult } from "../ports.ts";

/** `request-lost`: it never arrived. `answer-lost`: it ran, and nobody heard. A code: it was refused for certain. `hang`: it never settles, and never runs. */
export type Fault =
  | "request-lost"
  | "answer-lost"
  | "hang"
  | { readonly refused: VideoErrorCode; readonly retryAfterMs?: number | undefined };

/** Faults that wait for their call. */
export interface FaultQueue<Method extends string> {
  /** The next call of this method meets this fault; several queue up. */
  failNext(method: Method, fault: Fault): void;
  /** Carries a call out, or meets the fault that waits for it. */
  meet<T>(method: Method, call: () => CallResult<T>): Promise<CallResult<T>>;
}

/** An empty queue. */
export function createFaultQueue<Method extends string>(): FaultQueue<Method> {
  const waiting = new Map<Method, Fault[]>();
  return {
    failNext(method, fault) {
      waiting.set(method, [...(waiting.get(method) ?? []), fault]);
    },
    meet(method, call) {
      const fault = waiting.get(method)?.shift();
      if (fault === undefined) return Promise.resolve(call());
      if (fault === "hang") return new Promise(() => undefined);
      if (fault === "answer-lost") call();
      return Promise.resolve(failureOf(fault));
    },
  };
}

function failureOf(fault: Exclude<Fault, "hang">): CallResult<never> {
  if (typeof fault === "string") return { ok: false, certainty: "unknown", error: videoErrorData("unreachable") };
  const { refused, retryAfterMs } = fault;
  return { ok: false, certainty: "not-done", error: videoErrorData(refused, { retryAfterMs }) };
}
