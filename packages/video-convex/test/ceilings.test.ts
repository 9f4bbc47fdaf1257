// Spend ceilings at the edges of their windows, beside one another, and with numbers that limit nothing.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ALICE = { userId: "alice" };

async function openLedger(): Promise<OwnWorld["ledger"]> {
  const { ledger } = createOwnWorld();
  await ledger.grant({ ...ALICE, key: "welcome", amount: 1_000 });
  return ledger;
}

const isDone = async (ledger: OwnWorld["ledger"], key: string, amount: number): Promise<boolean> =>
  (await ledger.reserve({ ...ALICE, key, amount })).success;

test.each([
  ["day", "2026-03-08T23:59:59.999Z", "2026-03-09T00:00:00.000Z"],
  // The night on which clocks are set back in Europe, and the one on which they are set forward in New York: a day of UTC has 24 hours.
  ["day", "2026-10-25T23:59:59.999Z", "2026-10-26T00:00:00.000Z"],
  ["day", "2028-02-29T23:59:59.999Z", "2028-03-01T00:00:00.000Z"],
  ["month", "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"],
] as const)("a %s ends with %s", async (period, last, first) => {
  vi.setSystemTime(last);
  const ledger = await openLedger();
  await ledger.setCeiling({ scope: "each-user", period, credits: 100 });
  expect(await isDone(ledger, "a", 100)).toBe(true);
  expect(await isDone(ledger, "b", 1)).toBe(false);
  vi.setSystemTime(first);
  expect(await isDone(ledger, "c", 100)).toBe(true);
  // What was held before counts where it was held, whenever it is charged or given back.
  await ledger.capture({ ...ALICE, key: "a", amount: 40 });
  await ledger.refund({ ...ALICE, key: "a", refundKey: "r", amount: 40 });
  expect(await isDone(ledger, "d", 1)).toBe(false);
});

test("an hour that a time zone repeats or leaves out is one of the day like any other", async () => {
  vi.setSystemTime("2026-10-25T00:30:00Z");
  const ledger = await openLedger();
  await ledger.setCeiling({ scope: { userId: "alice" }, period: "day", credits: 100 });
  for (const [hour, key] of ["00:30", "01:30", "02:30"].entries()) {
    vi.setSystemTime(`2026-10-25T${key}:00Z`);
    expect(await isDone(ledger, key, 50)).toBe(hour < 2);
  }
});

test("one user's ceiling for a period is in the place of each user's for that period, and the others stay", async () => {
  vi.setSystemTime("2026-11-10T12:00:00Z");
  const ledger = await openLedger();
  await ledger.setCeiling({ scope: "each-user", period: "month", credits: 100 });
  await ledger.setCeiling({ scope: "each-user", period: "day", credits: 10 });
  await ledger.setCeiling({ scope: { userId: "alice" }, period: "day", credits: 60 });
  expect(await isDone(ledger, "a", 60)).toBe(true);
  vi.setSystemTime(Date.now() + 24 * 60 * 60_000);
  expect(await isDone(ledger, "b", 41), "beyond the month's").toBe(false);
  expect(await isDone(ledger, "b", 40)).toBe(true);
});

test("a ceiling of nothing lets nothing begin, and one that is lowered below what is spent holds nothing back that is held", async () => {
  const ledger = await openLedger();
  expect(await isDone(ledger, "a", 60)).toBe(true);
  await ledger.setCeiling({ scope: "all", period: "ever", credits: 0 });
  expect(await isDone(ledger, "b", 1)).toBe(false);
  expect(await ledger.capture({ ...ALICE, key: "a", amount: 60 })).toMatchObject({ balance: 940, held: 0 });
});

test.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53])("a ceiling of %s credits is refused", async (credits) => {
  const ledger = await openLedger();
  const set = ledger.setCeiling({ scope: "all", period: "day", credits });
  await expect(set).rejects.toMatchObject({ data: { code: "invalid-request" } });
});

test("a ceiling of no user is refused, and one that is set twice is there once", async () => {
  const world = createOwnWorld();
  const set = world.ledger.setCeiling({ scope: { userId: "" }, period: "day", credits: 1 });
  await expect(set).rejects.toMatchObject({ data: { code: "invalid-request" } });
  for (const credits of [1, 2]) await world.ledger.setCeiling({ scope: "all", period: "day", credits });
  expect(await rowsOf(world.t, "ceilings")).toMatchObject([{ credits: 2 }]);
});
