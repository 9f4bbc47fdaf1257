// An app's own books, by its functions: each of them may throw, or answer nothing that can be read, at each of its calls. Whatever a function did
// before that is undone with it, so the books are exact in all.
import type { GenericDocument } from "convex/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import schema from "./books-app/schema.ts";
import { chooseAppFault, type AppFault } from "./support/app-faults.ts";
import { createOwnWorld, REQUEST, sweep, video, type App, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const APP: App = { schema, modules: import.meta.glob("./books-app/**/*.ts") };
const FUNCTIONS = [
  ...["reserveCredits", "captureReservedCredits", "releaseReservedCredits", "acquireGenerationSlot"],
  ...["updateGenerationStatus", "createSession", "addGenerationToSession", "updateGeneration"],
];
const FAULTS: readonly AppFault[] = FUNCTIONS.flatMap((name) =>
  [1, 2, 3].flatMap((nth) => (["throws", "says-nothing"] as const).map((how) => ({ name, nth, how }))),
);

interface Books {
  readonly user: GenericDocument;
  readonly slots: readonly GenericDocument[];
  readonly rows: readonly GenericDocument[];
}

async function play(fault: AppFault | undefined, scenario?: "content-policy-violation") {
  chooseAppFault(fault);
  const world = createOwnWorld([], APP);
  if (scenario !== undefined) world.fal.playNext(scenario);
  await world.t.run(async ({ db }) => void (await db.insert("users", { userId: "alice", credits: 500, reserved: 0 })));
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  const ended = await world.untilEnded("alice", "g1");
  // What was given up is tried again by the cron.
  vi.setSystemTime(Date.now() + 2 * 60 * 60_000);
  await sweep(world.t);
  for (let steps = 0; steps < 5; steps++) await world.step();
  return { world, ended, final: await world.untilEnded("alice", "g1"), books: await booksOf(world) };
}

async function booksOf({ t }: OwnWorld): Promise<Books> {
  return await t.run(async ({ db }) => {
    const [users, slots, rows] = [
      await db.query("users").collect(),
      await db.query("slots").collect(),
      await db.query("rows").collect(),
    ];
    return { user: users[0] ?? {}, slots, rows };
  });
}

test.each(
  [undefined, ...FAULTS].map(
    (fault) => [fault ? `${fault.name} ${fault.nth} ${fault.how}` : "no fault", fault] as const,
  ),
)("%s: the app's credits are what the generation says", async (_, fault) => {
  for (const scenario of [undefined, "content-policy-violation"] as const) {
    const { final, books, world } = await play(fault, scenario);
    const isCharged = final.settlement === "captured";
    expect(books.user).toMatchObject({ credits: isCharged ? 500 - final.credits : 500, reserved: 0 });
    expect(["captured", "released", "none"]).toContain(final.settlement);
    expect(isCharged).toBe(final.status === "completed");
    expect(books.slots.filter(({ status }) => status === "generating")).toEqual([]);
    expect(books.slots.length).toBeLessThanOrEqual(1);
    expect(books.rows.filter(({ isLoading }) => isLoading)).toEqual([]);
    expect(books.rows.length).toBeLessThanOrEqual(1);
    expect(world.fal.jobs.length).toBeLessThanOrEqual(1);
  }
});

test("the rows are those of today's clients", async () => {
  const { books, final } = await play(undefined);
  expect(books.rows).toMatchObject([{ prompt: REQUEST.prompt, isLoading: false, videos: final.videos }]);
  expect(books.rows[0]?.["requestId"]).toBe(final.requestId);
  const failed = await play(undefined, "content-policy-violation");
  expect(failed.books.rows).toMatchObject([{ error: failed.final.error?.message, refunded: true, videos: [] }]);
});
