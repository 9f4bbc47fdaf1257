// What an app, a provider and a scheduler do that they should not: prices that are none, answers that cannot be read, functions that run an hour late
// and clocks that are set. Books exact in all.
import { quoteVideo } from "@video-engine/video-models";
import type { VideoProvider } from "@video-engine/video-sdk/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { rowsOf } from "./support/component-tables.ts";
import { deploy } from "./support/deployed-options.ts";
import { createOwnWorld, REQUEST, sweep, video, type OwnWorld } from "./support/own-world.ts";
import { chooseProviders, providersUnderTest } from "./support/providers-under-test.ts";

beforeEach(() => {
  vi.useFakeTimers();
  deploy({});
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  deploy({});
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function openWorld(): Promise<OwnWorld> {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  return world;
}

const start = async (world: OwnWorld, change: object = {}) =>
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST, ...change });

test.each([0, -1, -0, 2.5, Number.NaN, Infinity, 2 ** 60, "208"])(
  "an app whose pricing answers %s: nothing begins, and the error names the pricing",
  async (credits) => {
    const world = await openWorld();
    deploy({ pricing: { quoteVideo: (request) => ({ ...quoteVideo(request), credits: credits as number }) } });
    await expect(start(world)).rejects.toMatchObject({ data: { code: "not-configured" } });
    expect(await rowsOf(world.t, "generations")).toEqual([]);
    expect(await world.ledger.read("alice")).toEqual({ balance: 500, held: 0, available: 500 });
  },
);

/** Puts calls in the place of the provider's own. */
function replace(calls: Partial<VideoProvider>): void {
  chooseProviders(providersUnderTest().map((provider) => ({ ...provider, ...calls })));
}

/** Convex stores documents of up to a megabyte, and a mutation that would store a larger one fails. */
async function assertSmall({ t }: OwnWorld): Promise<void> {
  for (const table of ["generations", "events"])
    for (const row of await rowsOf(t, table)) expect(JSON.stringify(row).length, table).toBeLessThan(100_000);
}

const HUGE = "x".repeat(3_000_000);
const ODD: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a text", "done"],
  ["an empty object", {}],
  ["a job of another kind", { kind: "finished", videos: "https://videos.example/1.mp4" }],
  ["a video without an address", { kind: "finished", videos: [null] }],
  ["an address of 3 MB", { kind: "finished", videos: [`https://videos.example/${HUGE}`] }],
  ["a failure of 3 MB", { kind: "failed", error: { code: "provider-failed", message: HUGE } }],
  ["an id of 3 MB", { requestId: HUGE }],
  ["an id that is a number", { requestId: 7 }],
];

describe("a provider that answers the paid call", () => {
  test.each(ODD)("with %s: the credits are given back or charged once, and nothing stays open", async (_, answer) => {
    const world = await openWorld();
    replace({ submit: async () => await Promise.resolve(answer as never) });
    await start(world);
    const ended = await world.untilEnded("alice", "g1");
    expect(ended.videos.every((url) => url.startsWith("https://"))).toBe(true);
    await assertBooks(world, "alice", [ended]);
    await assertSmall(world);
  });
});

describe("a provider that answers a question", () => {
  test.each(ODD)(
    "with %s, and then the truth: the video comes, or it has failed, and the books are exact",
    async (_, answer) => {
      const world = await openWorld();
      const [{ status } = { status: undefined }] = providersUnderTest();
      if (status === undefined) throw new Error("There is no provider.");
      let questions = 0;
      replace({
        status: async (...given) => (++questions === 1 ? (answer as never) : await status(...given)),
      });
      await start(world);
      const ended = await world.untilEnded("alice", "g1");
      expect(ended.videos.every((url) => url.startsWith("https://"))).toBe(true);
      await assertBooks(world, "alice", [ended]);
      await assertSmall(world);
    },
  );
});

test.each([1, 2, 3, 4, 6])(
  "a scheduler that runs everything an hour late from step %i on: the books are exact",
  async (late) => {
    const world = await openWorld();
    await start(world);
    for (let step = 0; step < late; step++) await world.step();
    for (let hour = 0; hour < 40; hour++) {
      vi.setSystemTime(Date.now() + 60 * 60_000);
      await world.step();
      await sweep(world.t);
    }
    const ended = await world.untilEnded("alice", "g1");
    expect(world.fal.jobs.length).toBeLessThanOrEqual(1);
    await assertBooks(world, "alice", [ended]);
  },
);

test.each([-365, -1, 1, 365])(
  "a clock that is set by %i days while a job runs, and back again: its video comes and is charged",
  async (days) => {
    const world = await openWorld();
    await start(world);
    while (world.fal.jobs.length === 0) await world.step();
    vi.setSystemTime(Date.now() + days * 86_400_000);
    for (let step = 0; step < 2; step++) await world.step();
    vi.setSystemTime(Date.now() - days * 86_400_000);
    const ended = await world.untilEnded("alice", "g1");
    expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
    await assertBooks(world, "alice", [ended]);
  },
);
