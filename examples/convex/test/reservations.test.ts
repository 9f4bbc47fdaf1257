// @vitest-environment edge-runtime
// What the server asks before it pays for a job: each reservation is used at most once, and only while it is held.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openDatabase, signUp, type Start } from "./support/database.ts";

const SECRET = "the server's secret, 32 characters";
const { reserveCredits, captureReservedCredits, releaseReservedCredits } = api.withOperationIds.users;

beforeEach(() => void vi.stubEnv("VIDEO_SERVER_SECRET", SECRET));
afterEach(() => void vi.unstubAllEnvs());

/** A user with an open slot and 30 credits held by generation `a`, and the server's question. */
async function openAccount(start: Start = {}) {
  const database = openDatabase();
  const user = await signUp(database, "alice", start);
  const acquire = async () =>
    await user.mutation(api.generations.acquireGenerationSlot, { type: "video", prompt: "a corgi" });
  const slot = await acquire();
  if (!slot.ok) throw new Error("A new user has a free slot.");
  const reserve = async (generationId: string) =>
    await user.mutation(reserveCredits, { amount: 30, operationId: `${generationId}:reserve` });
  await reserve("a");
  const use = async (change: object = {}) =>
    await database.mutation(api.reservations.useReservation, {
      serverSecret: SECRET,
      clerkId: "alice",
      generationId: "a",
      amount: 30,
      ...change,
    });
  const close = async (generationId: typeof slot.generationId) =>
    await user.mutation(api.generations.updateGenerationStatus, { generationId, status: "failed", error: "closed" });
  return { user, reserve, use, acquire, close, slotId: slot.generationId };
}

test("a reservation is used once, for ever", async () => {
  const { use } = await openAccount();
  expect([await use(), await use(), await use()]).toEqual([true, false, false]);
});

test("of many questions at the same time one is answered yes", async () => {
  const { use } = await openAccount();
  const answers = await Promise.all(Array.from({ length: 20 }, async () => await use()));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

describe("is answered no:", () => {
  test.each([
    ["another generation", { generationId: "b" }],
    ["another user", { clerkId: "bob" }],
    ["a price above what is held", { amount: 31 }],
  ])("%s", async (_, change) => {
    const { use } = await openAccount();
    expect(await use(change)).toBe(false);
    expect(await use({ amount: 29 })).toBe(true);
  });

  test.each([
    ["released", releaseReservedCredits],
    ["captured", captureReservedCredits],
  ])("credits that were %s before", async (_, settle) => {
    const { user, use } = await openAccount();
    await user.mutation(settle, { amount: 30, operationId: "a:settle" });
    expect(await use()).toBe(false);
  });

  test("a user without an open slot", async () => {
    const { use, close, slotId } = await openAccount();
    await close(slotId);
    expect(await use()).toBe(false);
  });

  test("a second job at once on a plan of one, also where its slot was closed and taken again", async () => {
    const { use, reserve, close, acquire, user, slotId } = await openAccount();
    expect(await use()).toBe(true);
    await close(slotId);
    await acquire();
    await reserve("b");
    expect(await use({ generationId: "b" })).toBe(false);
    await user.mutation(captureReservedCredits, { amount: 30, operationId: "a:settle" });
    expect(await use({ generationId: "b" })).toBe(true);
  });
});

describe("is refused", () => {
  test.each([
    ["with another secret", { serverSecret: `${SECRET}x` }],
    ["without one", { serverSecret: "" }],
  ])("%s", async (_, change) => {
    const { use } = await openAccount();
    await expect(use(change)).rejects.toMatchObject({ data: { code: "unauthenticated" } });
  });

  test.each([undefined, "", "too short"])("where the deployment's secret is %j", async (secret) => {
    vi.stubEnv("VIDEO_SERVER_SECRET", secret);
    const { use } = await openAccount();
    await expect(use({ serverSecret: secret ?? "" })).rejects.toMatchObject({ data: { code: "unauthenticated" } });
  });
});
