// A provider's webhooks: once, twice, late, early, out of order, for no job of ours, and in the place of an answer that was lost.
import type { GenerationReport } from "@video-engine/video-sdk/adapters";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { deploy } from "./support/deployed-options.ts";
import { submittedJobs } from "./support/faults-under-test.ts";
import { chooseProviders, providersUnderTest } from "./support/providers-under-test.ts";
import { createOwnWorld, REQUEST, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A world whose job has been submitted. */
async function submitted(faults: Parameters<typeof createOwnWorld>[0] = []): Promise<OwnWorld> {
  const world = createOwnWorld(faults);
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  while (world.fal.jobs.length === 0) await world.step();
  await world.t.finishInProgressScheduledFunctions();
  return world;
}

/** Calls the webhook of the last submit, as the provider does. */
async function call(world: OwnWorld, change: (address: URL) => void = () => undefined, body?: object): Promise<number> {
  const address = new URL(submittedJobs().at(-1)?.webhookUrl ?? "");
  change(address);
  const { status } = await world.t.fetch(`${address.pathname}${address.search}`, {
    method: "POST",
    body: JSON.stringify(body ?? { requestId: world.fal.jobs[0]?.id }),
  });
  return status;
}

const questions = (world: OwnWorld): number => world.fal.calls.filter((made) => made.includes("/status")).length;

test("ends the wait: the provider is asked at once, and the video is there", async () => {
  const world = await submitted();
  vi.setSystemTime(Date.now() + 22_000);
  expect(await call(world)).toBe(200);
  await world.t.finishInProgressScheduledFunctions();
  const at = Date.now();
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
  expect(questions(world)).toBe(1);
  expect(ended.acceptedAt ?? 0).toBeLessThan(at);
  await assertBooks(world, "alice", [ended]);
});

test.each([0, 1_500])("%d ms after a question is listened to when the next one is allowed", async (afterMs) => {
  const world = await submitted();
  // The first webhook comes a little before the job's end, and its question is answered by "running".
  vi.setSystemTime(Date.now() + 20_500);
  expect(await call(world)).toBe(200);
  await world.t.finishInProgressScheduledFunctions();
  vi.setSystemTime(Date.now() + afterMs);
  expect(await call(world)).toBe(200);
  const at = Date.now();
  while (!(await world.as("alice").query(video.get, { id: "g1" }))?.videos?.length) await world.step();
  expect(Date.now() - at).toBeLessThanOrEqual(5_000);
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
  await assertBooks(world, "alice", [ended]);
});

test("while a question is out that was answered just before the job's end: another question follows it at once", async () => {
  const world = await submitted();
  const [provider] = providersUnderTest();
  if (provider === undefined) throw new Error("There is no provider.");
  let isFirst = true;
  const status: typeof provider.status = async (job, options) => {
    const answer = await provider.status(job, options);
    if (isFirst) expect(await call(world)).toBe(200);
    isFirst = false;
    return answer;
  };
  chooseProviders([{ ...provider, status }]);
  vi.setSystemTime(Date.now() + 20_500);
  expect(await call(world)).toBe(200);
  await world.t.finishInProgressScheduledFunctions();
  const at = Date.now();
  const ended = await world.untilEnded("alice", "g1");
  const { events } = await world.as("alice").query(video.events, { after: 0 });
  const finished = events
    .map(({ event }) => JSON.parse(event) as GenerationReport)
    .find(({ type }) => type === "job-finished");
  expect((finished?.at ?? 0) - at).toBe(2_000);
  expect(questions(world)).toBe(2);
  await assertBooks(world, "alice", [ended]);
});

test("of a job that was given up: its late video is there at once, and nothing is charged for it", async () => {
  deploy({ polling: { limits: { [REQUEST.model]: { hardMs: 1 } } } });
  const world = await submitted();
  const [provider] = providersUnderTest();
  if (provider === undefined) throw new Error("There is no provider.");
  chooseProviders([
    {
      ...provider,
      status: async () => await Promise.resolve({ kind: "pending", status: "running" } as const),
      cancel: async () => await Promise.resolve("too-late" as const),
    },
  ]);
  const get = async () => await world.as("alice").query(video.get, { id: "g1" });
  while ((await get())?.status === "running") await world.step();
  expect(await get()).toMatchObject({ status: "failed", error: { code: "timed-out" }, settlement: "released" });
  expect(await call(world), "one that comes too early changes nothing").toBe(200);
  await world.step();
  chooseProviders([provider]);
  const at = Date.now();
  expect(await call(world)).toBe(200);
  while ((await get())?.videos.length === 0) await world.step();
  expect(Date.now() - at).toBeLessThanOrEqual(2_000);
  const late = await get();
  expect(late).toMatchObject({ status: "failed", error: { code: "timed-out" }, settlement: "released" });
  expect(late?.videos).toHaveLength(1);
  expect(await world.ledger.read("alice")).toEqual({ balance: 500, held: 0, available: 500 });
  deploy({});
});

test("twice, before the job has ended, and after all is settled: nothing happens twice", async () => {
  const world = await submitted();
  for (const _ of [1, 2, 3]) expect(await call(world)).toBe(200);
  const ended = await world.untilEnded("alice", "g1");
  for (const _ of [1, 2]) expect(await call(world)).toBe(200);
  expect(await world.untilEnded("alice", "g1")).toEqual(ended);
  expect(world.fal.jobs).toHaveLength(1);
  await assertBooks(world, "alice", [ended]);
});

test("for no job of ours changes nothing, and one that is not signed is refused", async () => {
  const world = await submitted();
  const before = await world.as("alice").query(video.get, { id: "g1" });
  const otherJob = { requestId: "00000000-0000-4000-8000-00000000ffff" };
  expect(await call(world, () => undefined, otherJob)).toBe(200);
  expect(await call(world, () => undefined, {})).toBe(401);
  expect(await call(world, ({ searchParams }) => searchParams.set("provider", "other"))).toBe(404);
  expect(await world.as("alice").query(video.get, { id: "g1" })).toEqual(before);
});

test.each(["dies-after", "lost"] as const)(
  "brings the job of a submit whose answer was lost (%s): it is delivered and charged",
  async (how) => {
    const world = await submitted([{ call: "submit", nth: 1, how }]);
    expect(await world.as("alice").query(video.get, { id: "g1" })).toMatchObject({
      phase: "submitting",
      settlement: "held",
    });
    expect(await call(world)).toBe(200);
    const ended = await world.untilEnded("alice", "g1");
    expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
    await assertBooks(world, "alice", [ended]);
  },
);

test("with a ticket that is not this call's brings no job: another account of the provider cannot put its job in the place of ours", async () => {
  const world = await submitted([{ call: "submit", nth: 1, how: "dies-after" }]);
  expect(await call(world, ({ searchParams }) => searchParams.set("ticket", "guessed"))).toBe(200);
  expect(await world.as("alice").query(video.get, { id: "g1" })).toMatchObject({ phase: "submitting" });
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "failed", error: { code: "submission-unknown" }, settlement: "released" });
  await assertBooks(world, "alice", [ended]);
});
