// @vitest-environment edge-runtime
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openDatabase, signUp, type Start } from "./support/database.ts";

const { reserveCredits, captureReservedCredits, releaseReservedCredits, getUserCreditsBreakdown } = api.users;

async function openAccount(start: Start = {}) {
  const user = await signUp(openDatabase(), "alice", start);
  const balance = () => user.query(getUserCreditsBreakdown, {});
  return { user, balance };
}

describe("reserving", () => {
  test("holds credits without spending them", async () => {
    const { user, balance } = await openAccount();
    expect(await user.mutation(reserveCredits, { amount: 30 })).toEqual({ success: true });
    expect(await balance()).toEqual({ total: 100, reserved: 30, available: 70 });
  });

  test("counts additional credits, and what is already held", async () => {
    const { user } = await openAccount({ credits: 10, additionalCredits: 20 });
    expect(await user.mutation(reserveCredits, { amount: 25 })).toEqual({ success: true });
    expect(await user.mutation(reserveCredits, { amount: 6 })).toEqual({
      success: false,
      message: "Not enough credits: 6 needed, 5 available.",
    });
  });

  test("a refusal changes nothing", async () => {
    const { user, balance } = await openAccount();
    await user.mutation(reserveCredits, { amount: 101 });
    expect(await balance()).toEqual({ total: 100, reserved: 0, available: 100 });
  });

  test("a burst of reservations never holds more than there is", async () => {
    const { user, balance } = await openAccount();
    const burst = Array.from({ length: 20 }, () => user.mutation(reserveCredits, { amount: 30 }));
    const granted = (await Promise.all(burst)).filter(({ success }) => success);
    expect(granted).toHaveLength(3);
    expect(await balance()).toEqual({ total: 100, reserved: 90, available: 10 });
  });
});

describe("capturing", () => {
  test("spends the subscription's credits before the additional ones", async () => {
    const { user } = await openAccount({ credits: 10, additionalCredits: 20 });
    await user.mutation(reserveCredits, { amount: 15 });
    await user.mutation(captureReservedCredits, { amount: 15 });
    expect(await user.run((ctx) => ctx.db.query("users").unique())).toMatchObject({
      credits: 0,
      additionalCredits: 15,
      reservedCredits: 0,
    });
  });

  test("refuses more than is reserved, and changes nothing", async () => {
    const { user, balance } = await openAccount();
    await user.mutation(reserveCredits, { amount: 10 });
    const capture = user.mutation(captureReservedCredits, { amount: 11 });
    await expect(capture).rejects.toMatchObject({ data: { code: "credits_not_reserved", reserved: 10, amount: 11 } });
    expect(await balance()).toEqual({ total: 100, reserved: 10, available: 90 });
  });
});

describe("releasing", () => {
  test("makes held credits available again", async () => {
    const { user, balance } = await openAccount();
    await user.mutation(reserveCredits, { amount: 10 });
    await user.mutation(releaseReservedCredits, { amount: 10 });
    expect(await balance()).toEqual({ total: 100, reserved: 0, available: 100 });
  });

  test("never goes below zero", async () => {
    const { user, balance } = await openAccount();
    await user.mutation(releaseReservedCredits, { amount: 10 });
    expect(await balance()).toEqual({ total: 100, reserved: 0, available: 100 });
  });
});

const moneyFunctions = { reserveCredits, captureReservedCredits, releaseReservedCredits };

test.for(Object.entries(moneyFunctions))(
  "%s refuses an amount that is not a whole number above zero",
  async ([, fn]) => {
    const { user, balance } = await openAccount();
    await user.mutation(reserveCredits, { amount: 10 });
    for (const amount of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      const call = user.mutation(fn, { amount });
      await expect(call).rejects.toMatchObject({ data: { code: "invalid_arguments", field: "amount" } });
    }
    expect(await balance()).toEqual({ total: 100, reserved: 10, available: 90 });
  },
);

test("no sequence of calls makes any number negative, or holds more than there is", async () => {
  const amount = fc.integer({ min: 1, max: 60 });
  const call = fc.record({ amount, name: fc.constantFrom("reserve", "capture", "release") });
  const start = fc.record({ credits: fc.nat(100), additionalCredits: fc.nat(100) });
  const functions = { reserve: reserveCredits, capture: captureReservedCredits, release: releaseReservedCredits };
  let captured = 0;
  const property = fc.asyncProperty(start, fc.array(call, { minLength: 10, maxLength: 25 }), async (given, calls) => {
    const { user } = await openAccount(given);
    for (const { name, amount } of calls) {
      const settled = await user.mutation(functions[name], { amount }).then(
        () => "done",
        () => "refused",
      );
      if (name === "capture" && settled === "done") captured += 1;
      const row = await user.run((ctx) => ctx.db.query("users").unique());
      const { credits = 0, additionalCredits = 0, reservedCredits = 0 } = row ?? {};
      expect(Math.min(credits, additionalCredits, reservedCredits)).toBeGreaterThanOrEqual(0);
      expect(reservedCredits).toBeLessThanOrEqual(credits + additionalCredits);
    }
  });
  await fc.assert(property, { numRuns: 60, seed: 20 });
  expect(captured).toBeGreaterThan(60);
});
