// @vitest-environment edge-runtime
import { describe, expect, test } from "vitest";
import { api } from "../convex/_generated/api.js";
import { SLOT_LIMITS } from "../convex/model/slots.ts";
import { openDatabase, signUp } from "./support/database.ts";

const { acquireGenerationSlot, updateGenerationStatus } = api.generations;
const request = { type: "video" as const, prompt: "a corgi surfing" };

async function acquire(user: Awaited<ReturnType<typeof signUp>>) {
  const answer = await user.mutation(acquireGenerationSlot, request);
  if (!answer.ok) throw new Error("no slot");
  return answer.generationId;
}

describe("the limit", () => {
  const plans = ["basic", "pro", "max"] as const;
  test.for(plans)("plan %s gives as many slots as its limit, then says so", async (plan) => {
    const user = await signUp(openDatabase(), "alice", { subscriptionPlan: plan });
    const limit = SLOT_LIMITS[plan];
    for (let taken = 0; taken < limit; taken += 1) await acquire(user);
    const answer = await user.mutation(acquireGenerationSlot, request);
    expect(answer).toEqual({ ok: false, reason: "limit_reached", limit, active: limit });
  });

  test("a user without a plan has the basic limit", async () => {
    const user = await signUp(openDatabase(), "alice");
    await acquire(user);
    expect(await user.mutation(acquireGenerationSlot, request)).toMatchObject({ ok: false, limit: 1 });
  });

  test("a burst never takes more than the limit", async () => {
    const user = await signUp(openDatabase(), "alice", { subscriptionPlan: "pro" });
    const burst = Array.from({ length: 10 }, () => user.mutation(acquireGenerationSlot, request));
    expect((await Promise.all(burst)).filter(({ ok }) => ok)).toHaveLength(3);
  });

  test("counts each user alone", async () => {
    const database = openDatabase();
    await acquire(await signUp(database, "alice"));
    expect(await acquire(await signUp(database, "bob"))).toBeTypeOf("string");
  });
});

describe("closing", () => {
  const completed = { status: "completed" as const, videoUrl: "https://cdn.example/v.mp4" };
  const failed = { status: "failed" as const, error: "The provider failed." };

  test.for([completed, failed])("as $status frees the slot", async (verdict) => {
    const user = await signUp(openDatabase(), "alice");
    const generationId = await acquire(user);
    await user.mutation(updateGenerationStatus, { generationId, ...verdict });
    expect((await user.query(api.extras.books, {})).slots).toMatchObject([{ ...verdict, _id: generationId }]);
    await acquire(user);
  });

  test("as failed needs no reason: the shipped clients give none", async () => {
    const user = await signUp(openDatabase(), "alice");
    const generationId = await acquire(user);
    await user.mutation(updateGenerationStatus, { generationId, status: "failed" });
    expect((await user.query(api.extras.books, {})).slots).toMatchObject([{ status: "failed" }]);
  });

  test("the first verdict stands", async () => {
    const user = await signUp(openDatabase(), "alice");
    const generationId = await acquire(user);
    await user.mutation(updateGenerationStatus, { generationId, ...completed });
    await user.mutation(updateGenerationStatus, { generationId, ...failed });
    const { slots } = await user.query(api.extras.books, {});
    expect(slots).toMatchObject([completed]);
    expect(slots[0]).not.toHaveProperty("error");
  });

  const mixed = [
    { status: "completed" as const },
    { status: "completed" as const, error: "no" },
    { status: "failed" as const, videoUrl: "https://cdn.example/v.mp4" },
    { ...completed, error: "no" },
  ];
  test.for(mixed)("refuses a verdict with the wrong fields: %o", async (verdict) => {
    const user = await signUp(openDatabase(), "alice");
    const generationId = await acquire(user);
    const call = user.mutation(updateGenerationStatus, { generationId, ...verdict });
    await expect(call).rejects.toMatchObject({ data: { code: "invalid_arguments" } });
  });

  test("another user's slot is as good as missing", async () => {
    const database = openDatabase();
    const generationId = await acquire(await signUp(database, "alice"));
    const bob = await signUp(database, "bob");
    const call = bob.mutation(updateGenerationStatus, { generationId, ...failed });
    await expect(call).rejects.toMatchObject({ data: { code: "not_found" } });
  });
});
