// @vitest-environment edge-runtime
// The functions with keys settle of each generation exactly what it holds, once; the deployed ones stay as they are.
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openDatabase, signUp } from "./support/database.ts";

const { reserveCredits, captureReservedCredits, releaseReservedCredits, getUserCreditsBreakdown } =
  api.withOperationIds.users;
const verbs = [
  ["captured", captureReservedCredits],
  ["released", releaseReservedCredits],
] as const;
const refused = { data: { code: "credits_not_reserved" } };

/** A user with 100 credits, of which generation `a` holds 30 and `b` 20. */
async function openAccount() {
  const database = openDatabase();
  const user = await signUp(database, "alice");
  await user.mutation(reserveCredits, { amount: 30, operationId: "a:reserve" });
  await user.mutation(reserveCredits, { amount: 20, operationId: "b:reserve" });
  return { database, user, balance: () => user.query(getUserCreditsBreakdown, {}) };
}

describe.each(verbs)("under a generation's key, credits are %s", (_, verb) => {
  test.each([31, 29, 50, 1])("only as many as it holds: not %i of 30", async (amount) => {
    const { user, balance } = await openAccount();
    await expect(user.mutation(verb, { amount, operationId: "a:settle" })).rejects.toMatchObject(refused);
    expect(await balance()).toMatchObject({ total: 100, reserved: 50 });
  });

  test("once, and those of the other generation stay held", async () => {
    const { user, balance } = await openAccount();
    await user.mutation(verb, { amount: 30, operationId: "a:settle" });
    await user.mutation(verb, { amount: 30, operationId: "a:settle" });
    expect(await balance()).toMatchObject({ reserved: 20 });
    await user.mutation(verb, { amount: 20, operationId: "b:settle" });
    expect(await balance()).toMatchObject({ reserved: 0 });
  });

  test.each(["c:settle", ":settle", "a:settle:settle", "A:settle"])(
    "not at all under %s, which holds nothing",
    async (operationId) => {
      const { user, balance } = await openAccount();
      await expect(user.mutation(verb, { amount: 30, operationId })).rejects.toMatchObject(refused);
      expect(await balance()).toMatchObject({ reserved: 50 });
    },
  );

  test.each([
    ["another id", { operationId: "settle-1" }],
    ["the id it was reserved under", { operationId: "x:reserve" }],
    ["no id", {}],
  ])("not by a call with %s: it reaches only what no generation holds", async (__, id) => {
    const { user, balance } = await openAccount();
    await expect(user.mutation(verb, { amount: 1, ...id })).rejects.toMatchObject(refused);
    await user.mutation(reserveCredits, { amount: 10 });
    await user.mutation(verb, { amount: 10, ...id });
    expect(await balance()).toMatchObject({ reserved: 50 });
  });

  test("not by another user", async () => {
    const { database, balance } = await openAccount();
    const bob = await signUp(database, "bob");
    await bob.mutation(reserveCredits, { amount: 30 });
    await expect(bob.mutation(verb, { amount: 30, operationId: "a:settle" })).rejects.toMatchObject(refused);
    expect(await balance()).toMatchObject({ reserved: 50 });
  });
});

test("a refused reservation holds nothing", async () => {
  const { user } = await openAccount();
  expect(await user.mutation(reserveCredits, { amount: 51, operationId: "c:reserve" })).toMatchObject({
    success: false,
  });
  await expect(user.mutation(releaseReservedCredits, { amount: 51, operationId: "c:settle" })).rejects.toMatchObject(
    refused,
  );
});

test("the deployed functions, which know no key, release whatever is reserved, as ever", async () => {
  const { user, balance } = await openAccount();
  await user.mutation(api.users.releaseReservedCredits, { amount: 50 });
  expect(await balance()).toMatchObject({ total: 100, reserved: 0 });
});
