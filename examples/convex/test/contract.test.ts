// @vitest-environment edge-runtime
// The contract's functions under calls that their validators and their sign-in check must refuse.
import { makeFunctionReference } from "convex/server";
import { describe, expect, test } from "vitest";
import { openDatabase } from "./support/database.ts";
import { openGrid } from "./support/grid.ts";

const url = "https://cdn.example/v.mp4";

type Grid = Awaited<ReturnType<typeof openGrid>> & { rowId: string };

/** Each mutation of the contract, with arguments that it accepts. */
const mutations: Record<string, (grid: Grid) => Record<string, unknown>> = {
  "generations:acquireGenerationSlot": () => ({ type: "video", prompt: "a corgi" }),
  "generations:updateGenerationStatus": ({ slotId }) => ({ generationId: slotId, status: "completed", videoUrl: url }),
  "users:reserveCredits": () => ({ amount: 5 }),
  "users:captureReservedCredits": () => ({ amount: 5 }),
  "users:releaseReservedCredits": () => ({ amount: 5 }),
  "sessions:createSession": () => ({ type: "video", title: "Corgis", forceNew: true }),
  "sessions:addGenerationToSession": ({ row }) => ({ ...row, externalRequestId: "job-1", sourceImage: url }),
  "sessions:updateGeneration": ({ rowId }) => ({
    generationId: rowId,
    isLoading: false,
    videos: [url],
    completedAt: 1,
  }),
};

/** A user with a slot, a session, a row and five reserved credits: enough for every mutation to succeed. */
async function prepare(name: string) {
  const grid = await openGrid();
  await grid.user.mutation(makeFunctionReference<"mutation">("users:reserveCredits"), { amount: 5 });
  const add = makeFunctionReference<"mutation">("sessions:addGenerationToSession");
  const rowId: string = await grid.user.mutation(add, grid.row);
  const args = mutations[name]?.({ ...grid, rowId });
  const [fn, fnWithId] = [name, `withOperationIds/${name}`].map((path) => makeFunctionReference<"mutation">(path));
  if (args === undefined || fn === undefined || fnWithId === undefined) throw new Error(`Unknown mutation ${name}.`);
  return { ...grid, args, fn, fnWithId };
}

describe.for(Object.keys(mutations))("%s", (name) => {
  test("accepts its arguments, and no other", async () => {
    const { user, fn, args } = await prepare(name);
    await expect(user.mutation(fn, { ...args, surprise: 1 })).rejects.toThrow(/Unexpected field `surprise`/);
    await user.mutation(fn, args);
  });

  test("takes no operationId; its exactly-once variant does, once per id", async () => {
    const { user, fn, fnWithId, args } = await prepare(name);
    const withId = { ...args, operationId: "op-1" };
    await expect(user.mutation(fn, withId)).rejects.toThrow(/Unexpected field `operationId`/);
    const first: unknown = await user.mutation(fnWithId, withId);
    expect(await user.mutation(fnWithId, withId)).toEqual(first);
  });

  test("refuses a caller who is not signed in, and one without a user row", async () => {
    const { database, fn, args } = await prepare(name);
    await expect(database.mutation(fn, args)).rejects.toMatchObject({ data: { code: "unauthenticated" } });
    const stranger = database.withIdentity({ subject: "stranger" });
    await expect(stranger.mutation(fn, args)).rejects.toMatchObject({ data: { code: "user_not_found" } });
  });
});

test("videos that are objects are refused: the deployed schema has strings", async () => {
  const { user, fn, args } = await prepare("sessions:updateGeneration");
  await expect(user.mutation(fn, { ...args, videos: [{ url }] })).rejects.toThrow(/Expected `string`/);
});

const queries = ["users:getUserCreditsBreakdown", "sessions:getUserSessions", "extras:books"];

test.for(queries)("%s refuses a caller who is not signed in", async (name) => {
  const call = openDatabase().query(makeFunctionReference<"query">(name), {});
  await expect(call).rejects.toMatchObject({ data: { code: "unauthenticated" } });
});

test("the rows of a session are refused to a caller who is not signed in", async () => {
  const { database, sessionId } = await openGrid();
  const call = database.query(makeFunctionReference<"query">("sessions:getSessionGenerations"), { sessionId });
  await expect(call).rejects.toMatchObject({ data: { code: "unauthenticated" } });
});

test("the error for a user without a row says what to do", async () => {
  const alice = openDatabase().withIdentity({ subject: "alice" });
  const call = alice.query(makeFunctionReference<"query">("users:getUserCreditsBreakdown"), {});
  await expect(call).rejects.toThrow(/seedUser of extras/);
});
