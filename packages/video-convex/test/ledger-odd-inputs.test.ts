// Bookings as a mistaken or a hostile app makes them. Each is refused with the field and what it may be, and the books are as before.
import type { GenericId } from "convex/values";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inComponent, rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, REQUEST, sweep, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ALICE = { userId: "alice" };
const code = (name: string, field?: string) => ({ data: { code: name, ...(field && { details: { field } }) } });
const MINUTE = 60_000;

async function openWorld(amount = 100): Promise<OwnWorld> {
  const world = createOwnWorld();
  await world.ledger.grant({ ...ALICE, key: "welcome", amount });
  return world;
}

const AMOUNTS = [0, -0, -1, 0.5, 1e-9, -Number.MAX_SAFE_INTEGER, 2 ** 53, 1e308, Infinity, -Infinity, Number.NaN];

test.each(AMOUNTS)("an amount of %s is refused by every booking, and changes nothing", async (amount) => {
  const { ledger, t } = await openWorld();
  await ledger.reserve({ ...ALICE, key: "g1", amount: 10 });
  await ledger.reserve({ ...ALICE, key: "g2", amount: 20 });
  await ledger.capture({ ...ALICE, key: "g2", amount: 20 });
  const before = [await rowsOf(t, "accounts"), await rowsOf(t, "holds"), await rowsOf(t, "entries")];
  const refused = code("invalid-request", "amount");
  await expect(ledger.grant({ ...ALICE, key: "x", amount })).rejects.toMatchObject(refused);
  await expect(ledger.grant({ ...ALICE, key: "welcome", amount }), "under a used key").rejects.toMatchObject(refused);
  await expect(ledger.reserve({ ...ALICE, key: "x", amount })).rejects.toMatchObject(refused);
  await expect(ledger.capture({ ...ALICE, key: "g1", amount })).rejects.toMatchObject(refused);
  await expect(ledger.refund({ ...ALICE, key: "g2", refundKey: "x", amount })).rejects.toMatchObject(refused);
  expect([await rowsOf(t, "accounts"), await rowsOf(t, "holds"), await rowsOf(t, "entries")]).toEqual(before);
});

test.each([0, -0, -1, 0.5, Number.NaN, Infinity, 2 ** 53, 400 * 24 * 60 * MINUTE])(
  "a hold for %s milliseconds is refused",
  async (expiresInMs) => {
    const { ledger } = await openWorld();
    const refused = code("invalid-request", "expiresInMs");
    await expect(ledger.reserve({ ...ALICE, key: "g1", amount: 10, expiresInMs })).rejects.toMatchObject(refused);
    expect(await ledger.read("alice")).toEqual({ balance: 100, held: 0, available: 100 });
  },
);

const LONG = "x".repeat(1_025);

test.each([
  ["no user", { userId: "" }, "userId"],
  ["a user id of 1,025 characters", { userId: LONG }, "userId"],
  ["no key", { key: "" }, "key"],
  ["a key of 1,025 characters", { key: LONG }, "key"],
])("%s: an account that all would share, or a name that names nothing, is refused", async (_, change, field) => {
  const { ledger, t } = await openWorld();
  const refused = code("invalid-request", field);
  const booking = { ...ALICE, key: "g1", amount: 10, ...change };
  const { userId, key } = booking;
  await expect(ledger.grant(booking)).rejects.toMatchObject(refused);
  await expect(ledger.reserve(booking)).rejects.toMatchObject(refused);
  await expect(ledger.capture(booking)).rejects.toMatchObject(refused);
  await expect(ledger.release({ userId, key })).rejects.toMatchObject(refused);
  await expect(ledger.refund({ ...booking, refundKey: "r1" })).rejects.toMatchObject(refused);
  expect(await rowsOf(t, "accounts")).toHaveLength(1);
});

test("a refund without its key, a note that is a book, and a page of nothing are refused", async () => {
  const { ledger } = await openWorld();
  const refund = { ...ALICE, key: "g1", amount: 1, refundKey: "" };
  await expect(ledger.refund(refund)).rejects.toMatchObject(code("invalid-request", "refundKey"));
  const grant = { ...ALICE, key: "x", amount: 1, note: "x".repeat(1_001) };
  await expect(ledger.grant(grant)).rejects.toMatchObject(code("invalid-request", "note"));
  for (const limit of [0, -1, 0.5, Number.NaN]) {
    await expect(ledger.history("alice", limit)).rejects.toMatchObject(code("invalid-request", "limit"));
  }
  await expect(ledger.history("alice", 1, Number.NaN)).rejects.toMatchObject(code("invalid-request", "before"));
  expect(await ledger.history("alice", 1.9)).toHaveLength(1);
  expect(await ledger.history("alice", Infinity)).toHaveLength(1);
});

test("an account takes no more than can be counted exactly: neither by a grant nor by a refund", async () => {
  const { ledger } = await openWorld();
  const most = Number.MAX_SAFE_INTEGER;
  await ledger.reserve({ ...ALICE, key: "g1", amount: 60 });
  await ledger.capture({ ...ALICE, key: "g1", amount: 60 });
  await ledger.grant({ ...ALICE, key: "all", amount: most - 40 });
  await expect(ledger.grant({ ...ALICE, key: "more", amount: 1 })).rejects.toMatchObject(code("invalid-request"));
  const refund = { ...ALICE, key: "g1", refundKey: "r1", amount: 60 };
  await expect(ledger.refund(refund)).rejects.toMatchObject(code("invalid-request"));
  await ledger.reserve({ ...ALICE, key: "g2", amount: most });
  await ledger.capture({ ...ALICE, key: "g2", amount: most });
  expect(await ledger.refund(refund)).toEqual({ balance: 60, held: 0, available: 60 });
});

test("what is one user's is no other's: under the same key each has a hold, a grant and a refund of its own", async () => {
  const { ledger } = await openWorld();
  await ledger.reserve({ ...ALICE, key: "g1", amount: 60 });
  for (const booking of [
    ledger.capture({ userId: "bob", key: "g1", amount: 60 }),
    ledger.release({ userId: "bob", key: "g1" }),
  ]) {
    await expect(booking).rejects.toMatchObject(code("not-found"));
  }
  await ledger.grant({ userId: "bob", key: "welcome", amount: 7 });
  await ledger.capture({ ...ALICE, key: "g1", amount: 60 });
  const stolen = ledger.refund({ userId: "bob", key: "g1", refundKey: "r1", amount: 60 });
  await expect(stolen).rejects.toMatchObject(code("settlement-failed"));
  expect(await ledger.read("bob")).toEqual({ balance: 7, held: 0, available: 7 });
  expect(await ledger.history("bob")).toHaveLength(1);
});

test("a reservation that is repeated after it was given back is refused: the caller would work for credits that are not there", async () => {
  const { ledger, t } = await openWorld();
  const settled = code("settlement-failed");
  await ledger.reserve({ ...ALICE, key: "released", amount: 10 });
  await ledger.release({ ...ALICE, key: "released" });
  await expect(ledger.reserve({ ...ALICE, key: "released", amount: 10 })).rejects.toMatchObject(settled);
  const draft = { ...ALICE, key: "draft", amount: 10, expiresInMs: MINUTE };
  await ledger.reserve(draft);
  vi.setSystemTime(Date.now() + MINUTE);
  await expect(ledger.reserve(draft), "before the sweep").rejects.toMatchObject(settled);
  await sweep(t);
  await expect(ledger.reserve(draft), "after it").rejects.toMatchObject(settled);
  await expect(ledger.capture({ ...ALICE, key: "draft", amount: 10 })).rejects.toMatchObject({
    data: { details: { decided: "expired" } },
  });
  await ledger.reserve({ ...ALICE, key: "charged", amount: 10 });
  await ledger.capture({ ...ALICE, key: "charged", amount: 10 });
  expect(await ledger.reserve({ ...ALICE, key: "charged", amount: 10 }), "it is charged").toEqual({ success: true });
  expect(await ledger.read("alice")).toEqual({ balance: 90, held: 0, available: 90 });
});

test("a refund is repeated with its note, and with another one it is refused", async () => {
  const { ledger } = await openWorld();
  await ledger.reserve({ ...ALICE, key: "g1", amount: 60 });
  await ledger.capture({ ...ALICE, key: "g1", amount: 60 });
  const refund = { ...ALICE, key: "g1", refundKey: "r1", amount: 10, note: "dark" };
  for (const _ of [1, 2]) await ledger.refund(refund);
  await expect(ledger.refund({ ...refund, note: "loud" })).rejects.toMatchObject(code("key-reused"));
  await expect(ledger.refund({ ...refund, key: "g2" })).rejects.toMatchObject(code("key-reused"));
  expect(await ledger.read("alice")).toEqual({ balance: 50, held: 0, available: 50 });
});

test("a client that names its generation after what the app has reserved gets nothing for it, and the other way round", async () => {
  const world = await openWorld(5_000);
  const { credits } = await world.as("alice").mutation(video.generate, { id: "probe", request: REQUEST });
  await world.untilEnded("alice", "probe");
  await world.ledger.reserve({ ...ALICE, key: "order-1", amount: credits });
  const named = await world.as("alice").mutation(video.generate, { id: "order-1", request: REQUEST });
  expect(named).toMatchObject({ status: "failed", settlement: "none", error: { code: "key-reused" } });
  const { held } = await world.ledger.read("alice");
  expect(held).toBe(credits);
  await world.as("alice").mutation(video.generate, { id: "g2", request: REQUEST });
  const reserved = world.ledger.reserve({ ...ALICE, key: "g2", amount: credits });
  await expect(reserved).rejects.toMatchObject(code("key-reused"));
  await world.ledger.capture({ ...ALICE, key: "order-1", amount: credits });
  await world.untilEnded("alice", "g2");
  expect(await world.ledger.read("alice")).toEqual({
    balance: 5_000 - 3 * credits,
    held: 0,
    available: 5_000 - 3 * credits,
  });
});

test("what a generation holds, it alone settles: an app's call under its id, which a client has chosen, is refused", async () => {
  const world = await openWorld(5_000);
  const { credits } = await world.as("alice").mutation(video.generate, { id: "order-1", request: REQUEST });
  const booking = { ...ALICE, key: "order-1" };
  const calls = [
    async () => await world.ledger.release(booking),
    async () => await world.ledger.capture({ ...booking, amount: 1 }),
    async () => await world.ledger.capture({ ...booking, amount: credits }),
  ];
  const refused = { data: { code: "settlement-failed", details: { reason: "held-by-generation" } } };
  for (const call of calls) await expect(call()).rejects.toMatchObject(refused);
  expect(await world.untilEnded("alice", "order-1")).toMatchObject({ status: "completed", settlement: "captured" });
  for (const call of calls) await expect(call()).rejects.toMatchObject(refused);
  const left = 5_000 - credits;
  expect(await world.ledger.read("alice")).toEqual({ balance: left, held: 0, available: left });
  await world.ledger.refund({ ...booking, refundKey: "r1", amount: credits });
  expect(await world.ledger.read("alice")).toEqual({ balance: 5_000, held: 0, available: 5_000 });
});

test("an account that was set by hand to less than is held: what is under way is settled, and nothing new is held", async () => {
  const { ledger, t } = await openWorld(100);
  for (const key of ["g1", "g2", "g3"])
    await ledger.reserve({ ...ALICE, key, amount: 30, ...(key === "g3" && { expiresInMs: MINUTE }) });
  await inComponent(t, async ({ db }) => {
    const [account] = await db.query("accounts").collect();
    await db.patch("accounts", account?.["_id"] as GenericId<"accounts">, { balance: 20 });
  });
  expect(await ledger.reserve({ ...ALICE, key: "g4", amount: 1 })).toMatchObject({ success: false });
  expect(await ledger.release({ ...ALICE, key: "g1" })).toEqual({ balance: 20, held: 60, available: -40 });
  vi.setSystemTime(Date.now() + MINUTE);
  await sweep(t);
  expect(await ledger.capture({ ...ALICE, key: "g2", amount: 30 })).toEqual({ balance: -10, held: 0, available: -10 });
  expect(await ledger.reserve({ ...ALICE, key: "g5", amount: 1 })).toMatchObject({ success: false });
});

test("many bookings at once: no more is held than there is, and each key is held once", async () => {
  const { ledger } = await openWorld(100);
  const keys = Array.from({ length: 20 }, (_, index) => `g${index % 10}`);
  const answers = await Promise.all(keys.map(async (key) => await ledger.reserve({ ...ALICE, key, amount: 30 })));
  expect(answers.filter(({ success }) => success)).toHaveLength(6);
  expect(await ledger.read("alice")).toEqual({ balance: 100, held: 90, available: 10 });
  const settled = await Promise.allSettled([
    ledger.capture({ ...ALICE, key: "g0", amount: 30 }),
    ledger.release({ ...ALICE, key: "g0" }),
    ledger.capture({ ...ALICE, key: "g0", amount: 30 }),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await ledger.read("alice")).toEqual({ balance: 70, held: 60, available: 10 });
});
