// A port whose first calls are answered with something of the test's own, and never arrive.
import type { CallResult } from "../../../ports.ts";

/** The same method, but for the first `times` calls. */
export function answerFirst<Args extends readonly unknown[], T>(
  method: (...args: Args) => Promise<CallResult<T>>,
  answer: CallResult<T>,
  times = 1,
): (...args: Args) => Promise<CallResult<T>> {
  let left = times;
  return (...args) => (left-- > 0 ? Promise.resolve(answer) : method(...args));
}
