// What a contract suite is made of: named rules that any test runner can run, and the sentences in which they fail.
import type { CallResult } from "../../ports.ts";

/** One rule, and how to find out. `run` rejects with what went wrong. */
export interface ContractCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** `request-lost`: a call never reaches the other side. `answer-lost`: it has its effect there, and its answer does not come back. */
export type LostCall = "request-lost" | "answer-lost";

/** The checks of a suite by their names, each against a subject of its own. */
export type Checks<Subject> = Readonly<Record<string, (subject: Subject) => Promise<void>>>;

/** All of these checks. */
export function joinChecks<Subject>(all: readonly Checks<Subject>[]): Checks<Subject> {
  return Object.fromEntries(all.flatMap((checks) => Object.entries(checks)));
}

/** The checks as cases. `open` is called once for each of them. */
export function casesOf<Subject>(
  checks: Checks<Subject>,
  open: () => Subject | Promise<Subject>,
): readonly ContractCase[] {
  return Object.entries(checks).map(([name, check]) => ({ name, run: async () => await check(await open()) }));
}

/** Throws unless it is so. */
export function expectThat(isSo: boolean, sentence: string): asserts isSo {
  if (!isSo) throw new Error(sentence);
}

/** Throws unless both are the same plain data. The order of members does not count, and an undefined member counts as absent. */
export function expectSame(got: unknown, wanted: unknown, what: string): void {
  const [left, right] = [textOf(got), textOf(wanted)];
  expectThat(left === right, `${what}: expected ${right}, got ${left}.`);
}

/** What a port's method answers. Throws when the method throws or rejects: a port never does. */
export async function answerOf<T>(what: string, call: () => Promise<CallResult<T>>): Promise<CallResult<T>> {
  let result: CallResult<T>;
  try {
    result = await call();
  } catch (thrown) {
    throw new Error(`${what} threw ${String(thrown)}. A port never throws: return { ok: false, certainty, error }.`, {
      cause: thrown,
    });
  }
  if (!result.ok) expectThat(typeof result.error.code === "string", `${what} failed without an error code.`);
  return result;
}

/** The value of a call that has to work. */
export async function valueOf<T>(what: string, call: () => Promise<CallResult<T>>): Promise<T> {
  const result = await answerOf(what, call);
  if (result.ok) return result.value;
  throw new Error(`${what} must work here, and failed with ${result.error.code} (${result.certainty}).`);
}

/** Throws unless a call was refused with this code, and is known to have had no effect. */
export function expectRefusal(what: string, result: CallResult<unknown>, code: string): void {
  const [got, wanted] = [textOf(result), `{ ok: false, certainty: "not-done" } with the code ${code}`];
  const isRefused = !result.ok && result.certainty === "not-done" && result.error.code === code;
  expectThat(isRefused, `${what}: expected ${wanted}, got ${got}.`);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? "nothing";
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
