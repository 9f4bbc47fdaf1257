// @vitest-environment edge-runtime
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openDatabase, signUp } from "./support/database.ts";
import { openGrid } from "./support/grid.ts";

const withIds = api.withOperationIds;
const { reserveCredits, captureReservedCredits, releaseReservedCredits, getUserCreditsBreakdown } = withIds.users;

async function openAccount() {
  const database = openDatabase();
  const user = await signUp(database, "alice");
  return { database, user, balance: () => user.query(getUserCreditsBreakdown, {}) };
}

describe("a repeat under the same id", () => {
  test("answers what the first call did, and changes nothing", async () => {
    const { user, balance } = await openAccount();
    const call = { amount: 30, operationId: "op-1" };
    const answers = await Promise.all([1, 2, 3].map(() => user.mutation(reserveCredits, call)));
    expect(answers).toEqual([{ success: true }, { success: true }, { success: true }]);
    expect(await balance()).toEqual({ total: 100, reserved: 30, available: 70 });
  });

  test("answers a recorded refusal even when it would succeed by now", async () => {
    const { user } = await openAccount();
    const call = { amount: 130, operationId: "op-1" };
    const refused = await user.mutation(reserveCredits, call);
    expect(refused).toMatchObject({ success: false });
    await user.mutation(api.extras.seedUser, { credits: 200 });
    expect(await user.mutation(reserveCredits, call)).toEqual(refused);
    expect(await user.mutation(reserveCredits, { ...call, operationId: "op-2" })).toEqual({ success: true });
  });

  test("gives the same slot, session and row", async () => {
    const { user, row } = await openGrid();
    const twice = async <T>(call: () => Promise<T>) => expect(await call()).toEqual(await call());
    const slot = { type: "video" as const, prompt: "a corgi", operationId: "slot" };
    await twice(() => user.mutation(withIds.generations.acquireGenerationSlot, slot));
    const session = { type: "video" as const, forceNew: true, operationId: "session" };
    await twice(() => user.mutation(withIds.sessions.createSession, session));
    await twice(() => user.mutation(withIds.sessions.addGenerationToSession, { ...row, operationId: "row" }));
    const books = await user.query(api.extras.books, {});
    expect([books.slots.length, books.sessions.length, books.rows.length]).toEqual([2, 2, 1]);
  });

  test("runs again when the first call threw", async () => {
    const { user } = await openAccount();
    const capture = () => user.mutation(captureReservedCredits, { amount: 10, operationId: "op-1" });
    await expect(capture()).rejects.toMatchObject({ data: { code: "credits_not_reserved" } });
    await user.mutation(reserveCredits, { amount: 10 });
    expect(await capture()).toEqual({ decided: "captured" });
  });
});

describe("an id is bound to its call", () => {
  const mismatch = { data: { code: "operation_mismatch", operationId: "op-1" } };

  test("the same id with another amount is refused, and changes nothing", async () => {
    const { user, balance } = await openAccount();
    await user.mutation(reserveCredits, { amount: 30, operationId: "op-1" });
    const call = user.mutation(reserveCredits, { amount: 31, operationId: "op-1" });
    await expect(call).rejects.toMatchObject(mismatch);
    expect(await balance()).toMatchObject({ reserved: 30 });
  });

  test("the same id for another function is refused", async () => {
    const { user } = await openAccount();
    await user.mutation(reserveCredits, { amount: 30, operationId: "op-1" });
    const call = user.mutation(releaseReservedCredits, { amount: 30, operationId: "op-1" });
    await expect(call).rejects.toMatchObject(mismatch);
  });

  test("the order of the arguments does not matter, and one left out is not one given", async () => {
    const { user } = await openAccount();
    const create = withIds.sessions.createSession;
    const first = await user.mutation(create, { type: "video", title: "Corgis", operationId: "op-1" });
    expect(await user.mutation(create, { operationId: "op-1", title: "Corgis", type: "video" })).toBe(first);
    await expect(user.mutation(create, { type: "video", operationId: "op-1" })).rejects.toMatchObject(mismatch);
  });

  test("two users may use the same id", async () => {
    const { database, user } = await openAccount();
    const bob = await signUp(database, "bob");
    await user.mutation(reserveCredits, { amount: 30, operationId: "op-1" });
    expect(await bob.mutation(reserveCredits, { amount: 50, operationId: "op-1" })).toEqual({ success: true });
  });

  test.for(["", "x".repeat(256)])("an id must have 1 to 255 characters", async (operationId) => {
    const { user } = await openAccount();
    const call = user.mutation(reserveCredits, { amount: 1, operationId });
    await expect(call).rejects.toMatchObject({ data: { code: "invalid_arguments", field: "operationId" } });
  });
});

describe("capture and release share one id, and the first decides", () => {
  const verbs = { captured: captureReservedCredits, released: releaseReservedCredits };
  const orders = [
    ["captured", "released"],
    ["released", "captured"],
  ] as const;

  test.for(orders)("%s, then %s", async ([first, second]) => {
    const { user, balance } = await openAccount();
    await user.mutation(reserveCredits, { amount: 60 });
    const settle = { amount: 30, operationId: "settle-1" };
    expect(await user.mutation(verbs[first], settle)).toEqual({ decided: first });
    const after = await balance();
    expect(after).toMatchObject({ reserved: 30, total: first === "captured" ? 70 : 100 });
    expect(await user.mutation(verbs[second], settle)).toEqual({ decided: first });
    expect(await balance()).toEqual(after);
  });

  test("whatever is repeated in whatever order, each hold is settled once", async () => {
    const holds = ["a", "b", "c"] as const;
    const call = fc.record({ hold: fc.constantFrom(...holds), verb: fc.constantFrom("captured", "released") });
    const property = fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 20 }), async (calls) => {
      const { user, balance } = await openAccount();
      for (const hold of holds) await user.mutation(reserveCredits, { amount: 10, operationId: `reserve-${hold}` });
      const settled = new Map<string, string>();
      for (const { hold, verb } of calls) {
        if (!settled.has(hold)) settled.set(hold, verb);
        const { decided } = await user.mutation(verbs[verb], { amount: 10, operationId: `settle-${hold}` });
        expect(decided).toBe(settled.get(hold));
      }
      const captured = [...settled.values()].filter((verb) => verb === "captured").length;
      expect(await balance()).toMatchObject({ total: 100 - 10 * captured, reserved: 30 - 10 * settled.size });
    });
    await fc.assert(property, { numRuns: 30, seed: 20 });
  });
});

test("without an id the exactly-once functions behave like the deployed ones", async () => {
  const { user, balance } = await openAccount();
  await user.mutation(reserveCredits, { amount: 10 });
  await user.mutation(reserveCredits, { amount: 10 });
  await user.mutation(releaseReservedCredits, { amount: 10 });
  expect(await balance()).toEqual({ total: 100, reserved: 10, available: 90 });
});
