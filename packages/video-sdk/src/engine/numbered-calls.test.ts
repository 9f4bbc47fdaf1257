import { expect, test } from "vitest";
import { exactlyOnce } from "../core/__fixtures__/plans.ts";
import type { GenerationState } from "../core/state.ts";
import { initial } from "../core/transition.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { asKeptBy, checkNumbers } from "./numbered-calls.ts";

const calls = { session: "6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a11", steps: {} };
const [withKeys] = initial(exactlyOnce);
const [withNumbers] = initial({ ...exactlyOnce, calls });
const numbering = { guarantee: "exactly-once", numbersCalls: true } as const;
const keyed = { guarantee: "exactly-once" } as const;

test.each<[string, typeof keyed | typeof numbering | { readonly guarantee: "reconciled" }, GenerationState]>([
  ["a record with numbers, and an app that sends keys now", keyed, withNumbers],
  ["a record with numbers, and an app that sends neither now", { guarantee: "reconciled" }, withNumbers],
  ["a record with keys, and an app that numbers its calls now", numbering, withKeys],
  ["a record with keys, and an app that sends neither now", { guarantee: "reconciled" }, withKeys],
])("%s: nothing of it is repeated", (_, ledger, state) => {
  expect(asKeptBy(ledger, state)).toEqual({ ...state, plan: { ...state.plan, guarantee: "at-most-once" } });
});

test.each<[string, typeof keyed | typeof numbering, GenerationState]>([
  ["numbers", numbering, withNumbers],
  ["keys", keyed, withKeys],
])("a record with %s stays as it is where the app still sends them", (_, ledger, state) => {
  expect(asKeptBy(ledger, state)).toBe(state);
});

test("a ledger that numbers its calls is refused without a storage, and without what numbers them: by the option's name", () => {
  const ledger = { ...createFakeLedger(), numbersCalls: true };
  expect(() => checkNumbers({ ledger })).toThrow("`numberCalls` is undefined");
  expect(() => checkNumbers({ ledger, numberCalls: (result) => result })).toThrow("`persistence` is undefined");
  expect(() => checkNumbers({ ledger: createFakeLedger() })).not.toThrow();
});
