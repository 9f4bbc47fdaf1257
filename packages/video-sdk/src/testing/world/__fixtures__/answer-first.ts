// A method whose first calls never arrive, and get an answer that the test gives.
import type { CallResult } from "../../../ports.ts";

/** Wraps a method: the first `times` calls get this answer. */
export function answerFirst<Args extends readonly unknown[], T>(
  method: (...args: Args) => Promise<CallResult<T>>,
  answer: CallResult<T>,
  times = 1,
): (...args: Args) => Promise<CallResult<T>> {
  let left = times;
  return (...args) => (left-- > 0 ? Promise.resolve(answer) : method(...args));
}
