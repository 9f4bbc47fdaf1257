// A storage whose answers a test holds back, releases in any order, or makes fail; and what is in it.
import type { KeyValueStorage } from "../../platform-ports.ts";

/** A call that has not been answered. */
export interface HeldCall {
  readonly name: "get" | "set";
  readonly key: string;
  /** Does it, and answers. */
  answer(): void;
  /** Answers with what a read found when it was called; a write is done now all the same. */
  answerAsAsked(): void;
  fail(): void;
}

/** A storage that can be looked into. */
export interface SettingsShelf extends KeyValueStorage {
  readonly items: Map<string, string>;
  /** Every call, as `get key` or `set key`. */
  readonly calls: readonly string[];
  /** Calls that wait, the oldest first. Empty unless the shelf holds. */
  readonly held: readonly HeldCall[];
  hold(): void;
  /** Answers all that waits and all that follows. */
  answerAll(): void;
  /** Makes calls fail, as `get` or `set`; by a throw where the shelf is synchronous. */
  failOn(...names: readonly HeldCall["name"][]): void;
}

/** Lets everything happen that needs no answer. */
export async function flush(): Promise<void> {
  for (let round = 0; round < 60; round++) await Promise.resolve();
}

/** A storage with these items. */
export function createSettingsShelf(
  items: Record<string, string> = {},
  { isSync = false, canCompareAndSet = false } = {},
): SettingsShelf {
  const kept = new Map(Object.entries(items));
  const calls: string[] = [];
  let held: HeldCall[] = [];
  let failing: readonly string[] = [];
  let isHolding = false;

  const meet = <T>(name: HeldCall["name"], key: string, run: () => T): T | Promise<T> => {
    calls.push(`${name} ${key}`);
    const isFailing = failing.includes(name);
    if (isSync && isFailing) throw new Error("The storage is full.");
    if (isSync) return run();
    const found = name === "get" ? { value: run() } : undefined;
    return new Promise((resolve, reject) => {
      const leave = (): void => void (held = held.filter((other) => other !== call));
      const fail = (): void => (leave(), reject(new Error("The storage is full.")));
      const answer = (): void => (leave(), resolve(run()));
      const answerAsAsked = found === undefined ? answer : (): void => (leave(), resolve(found.value));
      const call: HeldCall = { name, key, answer, answerAsAsked, fail };
      if (isHolding) held.push(call);
      else if (isFailing) fail();
      else answer();
    });
  };

  const compareAndSet = (key: string, expected: string | null, next: string) =>
    meet("set", key, () => {
      const isExpected = (kept.get(key) ?? null) === expected;
      if (isExpected) kept.set(key, next);
      return isExpected;
    });

  return {
    ...(canCompareAndSet ? { compareAndSet } : {}),
    items: kept,
    calls,
    get held() {
      return held;
    },
    hold: () => void (isHolding = true),
    answerAll() {
      isHolding = false;
      for (const call of held) call.answer();
    },
    failOn: (...names) => void (failing = names),
    getItem: (key) => meet("get", key, () => kept.get(key) ?? null),
    setItem: (key, value) => meet("set", key, () => void kept.set(key, value)),
    removeItem: (key) => meet("set", key, () => void kept.delete(key)),
  };
}
