// Posters that the deployment makes with every client gone: shown, and written to the app's row; and what goes wrong with one, which costs nothing else.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { deploy } from "./support/deployed-options.ts";
import { createOwnWorld, REQUEST, video, type App, type OwnWorld } from "./support/own-world.ts";
import schema from "./books-app/schema.ts";

const POSTER = "https://media.example/1.jpg";
const BOOKS_APP: App = { schema, modules: import.meta.glob("./books-app/**/*.ts") };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  deploy({});
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function delivered(world: OwnWorld) {
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  const ended = await world.untilEnded("alice", "g1");
  for (let step = 0; step < 3; step++) await world.step();
  const [shown] = await world.as("alice").query(video.list, {});
  return { ended, shown };
}

async function ownWorld(): Promise<OwnWorld> {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  return world;
}

test("a delivered video gets one, once: it is in the snapshot, and the books are as without", async () => {
  const firstFrame = vi.fn(() => Promise.resolve(POSTER));
  deploy({ firstFrame });
  const world = await ownWorld();
  const { ended, shown } = await delivered(world);
  expect(shown).toEqual({ ...ended, previewImage: POSTER });
  expect(firstFrame.mock.calls).toEqual([[ended.videos[0], { userId: "alice", id: "g1" }]]);
  await assertBooks(world, "alice", [ended]);
});

test("it is written to the app's row, where the app keeps rows", async () => {
  deploy({ firstFrame: () => Promise.resolve(POSTER) });
  const world = createOwnWorld([], BOOKS_APP);
  await world.t.run(async ({ db }) => void (await db.insert("users", { userId: "alice", credits: 500, reserved: 0 })));
  const { shown } = await delivered(world);
  const rows = await world.t.run(async ({ db }) => await db.query("rows").collect());
  expect(shown?.previewImage).toBe(POSTER);
  expect(rows).toMatchObject([{ isLoading: false, previewImage: POSTER, videos: shown?.videos }]);
});

test.each([
  ["throws", () => Promise.reject(new Error("The media service is down."))],
  [
    "throws at once",
    () => {
      throw new Error("It is not set up.");
    },
  ],
  ["answers nothing", () => Promise.resolve(undefined)],
  ["answers no address", () => Promise.resolve("1.jpg")],
  ["answers an address that is none of the web", () => Promise.resolve("javascript:alert(1)")],
  ["answers 3 MB", () => Promise.resolve(`https://media.example/${"x".repeat(3_000_000)}`)],
  ["answers a number", () => Promise.resolve(7 as never)],
] as const)("a function that %s makes none: the video is delivered and charged", async (_, firstFrame) => {
  deploy({ firstFrame });
  const world = await ownWorld();
  const { ended, shown } = await delivered(world);
  expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
  expect(shown).toEqual(ended);
  await assertBooks(world, "alice", [ended]);
});

test("a job that fails has none", async () => {
  const firstFrame = vi.fn(() => Promise.resolve(POSTER));
  deploy({ firstFrame });
  const world = await ownWorld();
  world.fal.playNext("content-policy-violation");
  await delivered(world);
  expect(firstFrame).not.toHaveBeenCalled();
});
