// What can go wrong with a call of a fake.
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { CallResult } from "../ports.ts";

/**
 * `request-lost`: the call never arrives. `answer-lost`: the call runs, and its answer is lost. `hang`: the call never arrives and its promise
 * never settles. `refused`: the call is refused with this code and certainly has no effect.
 */
export type Fault =
  | "request-lost"
  | "answer-lost"
  | "hang"
  | { readonly refused: VideoErrorCode; readonly retryAfterMs?: number | undefined };

/** Faults that wait for the next calls. */
export interface FaultQueue<Method extends string> {
  /** Lets the next call of this method meet this fault. Several faults queue up. */
  failNext(method: Method, fault: Fault): void;
  /** Runs a call, or applies the fault that waits for it. */
  meet<T>(method: Method, call: () => CallResult<T> | Promise<CallResult<T>>): Promise<CallResult<T>>;
}

/** Creates an empty queue. */
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
      if (fault === "answer-lost") void call();
      return Promise.resolve(failureOf(fault));
    },
  };
}

function failureOf(fault: Exclude<Fault, "hang">): CallResult<never> {
  if (typeof fault === "string") return { ok: false, certainty: "unknown", error: videoErrorData("unreachable") };
  const { refused, retryAfterMs } = fault;
  return { ok: false, certainty: "not-done", error: videoErrorData(refused, { retryAfterMs }) };
}
