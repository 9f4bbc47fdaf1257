// The component's own credits: each booking, each refusal, repeats, and a random sequence against the simplest model of an account.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOwnWorld, type OwnWorld } from "./support/own-world.ts";

const ALICE = { userId: "alice" };

async function openLedger(amount = 100): Promise<OwnWorld["ledger"]> {
  const { ledger } = createOwnWorld();
  await ledger.grant({ ...ALICE, key: "welcome", amount });
  return ledger;
}

const refusedWith = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown });

test("reserve, capture of less than was reserved, and the rest is given back", async () => {
  const ledger = await openLedger();
  expect(await ledger.reserve({ ...ALICE, key: "g1", amount: 60 })).toEqual({ success: true });
  expect(await ledger.read("alice")).toEqual({ balance: 100, held: 60, available: 40 });
  expect(await ledger.capture({ ...ALICE, key: "g1", amount: 45 })).toEqual({ balance: 55, held: 0, available: 55 });
  await expect(ledger.release({ ...ALICE, key: "g1" })).rejects.toEqual(refusedWith("settlement-failed"));
  await expect(ledger.capture({ ...ALICE, key: "g1", amount: 46 })).rejects.toEqual(refusedWith("key-reused"));
});

test("what is released is not captured any more, and a second release changes nothing", async () => {
  const ledger = await openLedger();
  await ledger.reserve({ ...ALICE, key: "g1", amount: 60 });
  expect(await ledger.release({ ...ALICE, key: "g1" })).toEqual({ balance: 100, held: 0, available: 100 });
  expect(await ledger.release({ ...ALICE, key: "g1" })).toEqual({ balance: 100, held: 0, available: 100 });
  await expect(ledger.capture({ ...ALICE, key: "g1", amount: 60 })).rejects.toEqual(refusedWith("settlement-failed"));
});

test("a shortage is an answer, and holds nothing", async () => {
  const ledger = await openLedger(50);
  expect(await ledger.reserve({ ...ALICE, key: "g1", amount: 51 })).toMatchObject({ success: false });
  expect(await ledger.read("alice")).toEqual({ balance: 50, held: 0, available: 50 });
  expect(await ledger.reserve({ userId: "bob", key: "g1", amount: 1 })).toMatchObject({ success: false });
});

test("a repeat under the same key happens once, and with other arguments it is refused", async () => {
  const ledger = await openLedger();
  await ledger.grant({ ...ALICE, key: "welcome", amount: 100 });
  await expect(ledger.grant({ ...ALICE, key: "welcome", amount: 101 })).rejects.toEqual(refusedWith("key-reused"));
  await expect(ledger.grant({ ...ALICE, key: "welcome", amount: 100, note: "other" })).rejects.toEqual(
    refusedWith("key-reused"),
  );
  for (const _ of [1, 2]) await ledger.reserve({ ...ALICE, key: "g1", amount: 30 });
  await expect(ledger.reserve({ ...ALICE, key: "g1", amount: 31 })).rejects.toEqual(refusedWith("key-reused"));
  await expect(ledger.reserve({ ...ALICE, key: "g1", amount: 30, expiresInMs: 1 })).rejects.toEqual(
    refusedWith("key-reused"),
  );
  for (const _ of [1, 2]) await ledger.capture({ ...ALICE, key: "g1", amount: 30 });
  for (const _ of [1, 2]) await ledger.refund({ ...ALICE, key: "g1", refundKey: "r1", amount: 10 });
  await expect(ledger.refund({ ...ALICE, key: "g1", refundKey: "r1", amount: 11 })).rejects.toEqual(
    refusedWith("key-reused"),
  );
  expect(await ledger.read("alice")).toEqual({ balance: 80, held: 0, available: 80 });
});

test("refunds follow one another up to what was captured", async () => {
  const ledger = await openLedger();
  await ledger.reserve({ ...ALICE, key: "g1", amount: 30 });
  await expect(ledger.refund({ ...ALICE, key: "g1", refundKey: "r0", amount: 1 })).rejects.toEqual(
    refusedWith("settlement-failed"),
  );
  await ledger.capture({ ...ALICE, key: "g1", amount: 30 });
  await ledger.refund({ ...ALICE, key: "g1", refundKey: "r1", amount: 20, note: "the video was dark" });
  await expect(ledger.refund({ ...ALICE, key: "g1", refundKey: "r2", amount: 11 })).rejects.toEqual(
    refusedWith("settlement-failed"),
  );
  await ledger.refund({ ...ALICE, key: "g1", refundKey: "r2", amount: 10 });
  expect(await ledger.read("alice")).toEqual({ balance: 100, held: 0, available: 100 });
  expect(await ledger.history("alice", 2)).toMatchObject([
    { type: "refund", amount: 10, of: "g1", balance: 100 },
    { type: "refund", amount: 20, of: "g1", balance: 90, note: "the video was dark" },
  ]);
});

test.each([0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])(
  "an amount of %s is refused everywhere",
  async (amount) => {
    const ledger = await openLedger();
    await ledger.reserve({ ...ALICE, key: "g1", amount: 10 });
    const refused = refusedWith("invalid-request");
    await expect(ledger.grant({ ...ALICE, key: "x", amount })).rejects.toEqual(refused);
    await expect(ledger.reserve({ ...ALICE, key: "x", amount })).rejects.toEqual(refused);
    await expect(ledger.capture({ ...ALICE, key: "g1", amount })).rejects.toEqual(refused);
    await expect(ledger.refund({ ...ALICE, key: "g1", refundKey: "x", amount })).rejects.toEqual(refused);
    expect(await ledger.read("alice")).toEqual({ balance: 100, held: 10, available: 90 });
  },
);

test("the history is read page by page, newest first", async () => {
  const ledger = await openLedger();
  for (let n = 1; n <= 5; n++) await ledger.reserve({ ...ALICE, key: `g${n}`, amount: n });
  const first = await ledger.history("alice", 4);
  const second = await ledger.history("alice", 4, first.at(-1)?.number);
  expect([...first, ...second].map(({ number, type }) => `${number} ${type}`)).toEqual([
    "6 reserve",
    "5 reserve",
    "4 reserve",
    "3 reserve",
    "2 reserve",
    "1 grant",
  ]);
});

describe("a ceiling", () => {
  test.each([
    ["of one user", { userId: "alice" }],
    ["of each user", "each-user"],
    ["of all", "all"],
  ] as const)("%s counts what is held and charged, and not what was given back", async (_, scope) => {
    const ledger = await openLedger(1000);
    await ledger.setCeiling({ scope, period: "day", credits: 100 });
    await ledger.reserve({ ...ALICE, key: "g1", amount: 60 });
    expect(await ledger.reserve({ ...ALICE, key: "g2", amount: 41 })).toMatchObject({
      success: false,
      message: expect.stringContaining("ceiling of 100 credits (day) leaves 40") as unknown,
    });
    await ledger.capture({ ...ALICE, key: "g1", amount: 20 });
    expect(await ledger.reserve({ ...ALICE, key: "g3", amount: 80 })).toEqual({ success: true });
    await ledger.release({ ...ALICE, key: "g3" });
    await ledger.refund({ ...ALICE, key: "g1", refundKey: "r1", amount: 20 });
    expect(await ledger.reserve({ ...ALICE, key: "g4", amount: 100 })).toEqual({ success: true });
  });

  test("of one user is in the place of that of each user, and all together have theirs beside it", async () => {
    const ledger = await openLedger(1000);
    await ledger.grant({ userId: "bob", key: "welcome", amount: 1000 });
    await ledger.setCeiling({ scope: "each-user", period: "ever", credits: 10 });
    await ledger.setCeiling({ scope: { userId: "alice" }, period: "ever", credits: 50 });
    await ledger.setCeiling({ scope: "all", period: "month", credits: 55 });
    expect(await ledger.reserve({ userId: "bob", key: "b1", amount: 11 })).toMatchObject({ success: false });
    expect(await ledger.reserve({ ...ALICE, key: "a1", amount: 50 })).toEqual({ success: true });
    expect(await ledger.reserve({ userId: "bob", key: "b1", amount: 6 })).toMatchObject({ success: false });
    expect(await ledger.reserve({ userId: "bob", key: "b1", amount: 5 })).toEqual({ success: true });
    await ledger.setCeiling({ scope: "all", period: "month", credits: null });
    expect(await ledger.reserve({ userId: "bob", key: "b2", amount: 5 })).toEqual({ success: true });
  });

  test("that is set while credits are held does not count them, not even when they are given back", async () => {
    const ledger = await openLedger(1000);
    await ledger.reserve({ ...ALICE, key: "before", amount: 70 });
    await ledger.setCeiling({ scope: "all", period: "ever", credits: 100 });
    await ledger.reserve({ ...ALICE, key: "after", amount: 90 });
    await ledger.release({ ...ALICE, key: "before" });
    expect(await ledger.reserve({ ...ALICE, key: "more", amount: 11 })).toMatchObject({ success: false });
    expect(await ledger.reserve({ ...ALICE, key: "more", amount: 10 })).toEqual({ success: true });
  });
});

/** The simplest thing that an account can be. */
interface Model {
  balance: number;
  readonly holds: Map<
    string,
    { amount: number; status: "held" | "captured" | "released"; captured: number; refunded: number }
  >;
}

const KEYS = ["a", "b", "c"];
const command = fc.record({
  type: fc.constantFrom("grant", "reserve", "capture", "release", "refund"),
  key: fc.constantFrom(...KEYS),
  amount: fc.integer({ min: 1, max: 30 }),
});

test("any sequence of bookings leaves what a simple account would have", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 25 }), async (commands) => {
      const ledger = await openLedger(40);
      const model: Model = { balance: 40, holds: new Map() };
      for (const [index, booking] of commands.entries()) {
        const isDone = applyTo(model, booking);
        const did = await book(ledger, booking, String(index)).then(
          (answer) => !("success" in answer && !answer.success),
          () => false,
        );
        expect(did, JSON.stringify(booking)).toBe(isDone);
        const held = [...model.holds.values()].reduce(
          (sum, { status, amount }) => sum + (status === "held" ? amount : 0),
          0,
        );
        expect(await ledger.read("alice")).toEqual({ balance: model.balance, held, available: model.balance - held });
      }
    }),
    { numRuns: 60, seed: 7 },
  );
});

type Booking = typeof command extends fc.Arbitrary<infer T> ? T : never;

async function book(ledger: OwnWorld["ledger"], { type, key, amount }: Booking, unique: string): Promise<object> {
  if (type === "grant") return await ledger.grant({ ...ALICE, key: unique, amount });
  if (type === "reserve") return await ledger.reserve({ ...ALICE, key, amount });
  if (type === "capture") return await ledger.capture({ ...ALICE, key, amount });
  if (type === "release") return await ledger.release({ ...ALICE, key });
  return await ledger.refund({ ...ALICE, key, refundKey: unique, amount });
}

/** Whether it is done. */
function applyTo(model: Model, { type, key, amount }: Booking): boolean {
  const hold = model.holds.get(key);
  if (type === "grant") {
    model.balance += amount;
    return true;
  }
  if (type === "reserve") {
    if (hold !== undefined) return hold.amount === amount;
    const held = [...model.holds.values()].reduce(
      (sum, other) => sum + (other.status === "held" ? other.amount : 0),
      0,
    );
    if (amount > model.balance - held) return false;
    model.holds.set(key, { amount, status: "held", captured: 0, refunded: 0 });
    return true;
  }
  if (hold === undefined) return false;
  if (type === "capture") {
    if (hold.status === "captured") return hold.captured === amount;
    if (hold.status !== "held" || amount > hold.amount) return false;
    Object.assign(hold, { status: "captured", captured: amount });
    model.balance -= amount;
    return true;
  }
  if (type === "release") {
    if (hold.status === "captured") return false;
    hold.status = "released";
    return true;
  }
  if (amount > hold.captured - hold.refunded) return false;
  hold.refunded += amount;
  model.balance += amount;
  return true;
}
