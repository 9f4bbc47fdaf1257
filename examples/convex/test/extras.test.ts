// @vitest-environment edge-runtime
import { afterEach, expect, test, vi } from "vitest";
import { api } from "../convex/_generated/api.js";
import { openDatabase, signUp } from "./support/database.ts";
import { openGrid } from "./support/grid.ts";

afterEach(() => vi.unstubAllEnvs());

test("seeding is refused where extras are not allowed", async () => {
  vi.stubEnv("ALLOW_EXTRAS", "");
  const alice = openDatabase().withIdentity({ subject: "alice" });
  const call = alice.mutation(api.extras.seedUser, { credits: 5 });
  await expect(call).rejects.toMatchObject({ data: { code: "extras_disabled" } });
});

test("seeding an existing user sets the fields given and keeps the rest", async () => {
  const user = await signUp(openDatabase(), "alice", { credits: 10, additionalCredits: 5, subscriptionPlan: "pro" });
  await user.mutation(api.extras.seedUser, { credits: 20 });
  expect(await user.query(api.extras.books, {})).toMatchObject({
    credits: { total: 25, reserved: 0, available: 25 },
    subscriptionPlan: "pro",
    slotLimit: 3,
  });
});

test.for([{ credits: -1 }, { credits: 0.5 }, { additionalCredits: Number.NaN }, { credits: 9 }])(
  "seeding refuses %o where 10 are reserved, and changes nothing",
  async (start) => {
    const user = await signUp(openDatabase(), "alice", { credits: 10 });
    await user.mutation(api.users.reserveCredits, { amount: 10 });
    const call = user.mutation(api.extras.seedUser, start);
    await expect(call).rejects.toMatchObject({ data: { code: "invalid_arguments" } });
    expect(await user.query(api.users.getUserCreditsBreakdown, {})).toMatchObject({ total: 10 });
  },
);

test("the books show the user's own slots, sessions and rows, and no one else's", async () => {
  const { database, user, row, slotId, sessionId } = await openGrid();
  const rowId = await user.mutation(api.sessions.addGenerationToSession, row);
  await openGrid(database, "bob");
  const books = await user.query(api.extras.books, {});
  expect(books).toMatchObject({
    openSlots: 1,
    slots: [{ _id: slotId }],
    sessions: [{ _id: sessionId }],
    rows: [{ _id: rowId }],
  });
});
