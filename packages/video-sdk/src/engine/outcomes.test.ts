// Every way a generation can end, through the real engine on simulated time, with the books checked after each.
import { describe, expect, test } from "vitest";
import type { VideoRequest } from "@video-engine/video-models";
import { createTestEngine, type TestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";
import type { Generation, GenerationOutcome } from "./generation-handle.ts";

const request: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };
const MINUTE = 60_000;

async function outcomeIn(world: TestEngine, generation: Generation): Promise<GenerationOutcome> {
  let outcome: GenerationOutcome | undefined;
  void generation.outcome.then((decided) => (outcome = decided));
  await world.clock.advanceUntil(() => outcome !== undefined);
  return generation.outcome;
}

async function run(options: TestEngineOptions = {}, prepare: (world: TestEngine) => void = () => undefined) {
  const world = createTestEngine(options);
  prepare(world);
  const generation = world.engine.generate(request);
  const outcome = await outcomeIn(world, generation);
  return { ...world, generation, outcome };
}

describe("a generation that succeeds", () => {
  test("delivers the video, captures the credits once, closes the slot and balances", async () => {
    const { outcome, ledger, api, clock } = await run();
    expect(outcome).toMatchObject({
      status: "completed",
      videos: ["https://videos.test/job-1.mp4"],
      settlement: "captured",
    });
    expect(ledger.books).toMatchObject({ reserved: 0, captured: 208, released: 0, credits: 792 });
    expect(ledger.books.slots).toEqual([{ id: "slot-1", status: "completed" }]);
    expect(ledger.books.rows[0]).toMatchObject({
      isLoading: false,
      videos: ["https://videos.test/job-1.mp4"],
      externalRequestId: "job-1",
    });
    expect(api.jobs).toHaveLength(1);
    expect(clock.pending).toBe(0);
    ledger.assertBalanced();
  });

  test("goes through its phases in order", async () => {
    const { events } = await run();
    const phases = events
      .flatMap((event) => ("phase" in event ? event.phase : []))
      .filter((phase, index, all) => phase !== all[index - 1]);
    expect(phases).toEqual([
      "reserving-credits",
      "creating-session",
      "recording",
      "submitting",
      "polling",
      "saving",
      "settling",
      "completed",
    ]);
  });

  test("calls the books in order and captures only after the row shows the video", async () => {
    const { ledger } = await run();
    expect(ledger.calls).toEqual([
      ...["acquireSlot", "reserveCredits", "createSession", "recordRow"],
      ...["updateRow", "updateRow", "captureCredits", "closeSlot"],
    ]);
  });

  test("records in the given session without creating one", async () => {
    const world = createTestEngine();
    const outcome = await outcomeIn(world, world.engine.generate(request, { sessionId: "session-of-mine" }));
    expect(outcome).toMatchObject({ status: "completed", sessionId: "session-of-mine" });
    expect(world.ledger.calls).not.toContain("createSession");
  });

  test("takes an answer that comes at once instead of a job", async () => {
    const { outcome, api, ledger } = await run({}, ({ api: provider }) => provider.playNext("immediate"));
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(api.calls.status).toBe(0);
    ledger.assertBalanced();
  });

  test("awaiting `result` returns the result", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    await outcomeIn(world, generation);
    await expect(generation.result).resolves.toMatchObject({
      id: generation.id,
      credits: 208,
      videos: ["https://videos.test/job-1.mp4"],
    });
  });
});

describe("a generation that fails releases the credits and closes everything", () => {
  test.each([
    ["the provider fails", "provider-failed"],
    ["the content is rejected", "content-rejected"],
    ["the model is retired", "model-retired"],
  ] as const)("when %s", async (_, code) => {
    const { outcome, ledger, clock } = await run({}, ({ api }) => api.playNext({ fail: code }));
    expect(outcome).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code, settlement: "released" },
    });
    expect(ledger.books).toMatchObject({ captured: 0, released: 208, credits: 1_000 });
    expect(ledger.books.rows[0]).toMatchObject({ isLoading: false, videos: [], error: expect.any(String) as string });
    expect(clock.pending).toBe(0);
    ledger.assertBalanced();
  });

  test("when the submit is refused for certain", async () => {
    const { outcome, ledger, api } = await run({}, (world) =>
      world.api.failNext("submit", { refused: "content-rejected" }),
    );
    expect(outcome).toMatchObject({ status: "failed", error: { code: "content-rejected" }, settlement: "released" });
    expect(api.jobs).toHaveLength(0);
    ledger.assertBalanced();
  });

  test("when there are not enough credits: nothing was held, so nothing is released", async () => {
    const { outcome, ledger, api } = await run({ credits: 10 });
    expect(outcome).toMatchObject({ status: "failed", error: { code: "insufficient-credits" }, settlement: "none" });
    expect(ledger.calls).toEqual(["acquireSlot", "reserveCredits", "closeSlot"]);
    expect(api.calls.submit).toBe(0);
    ledger.assertBalanced();
  });

  test("when no slot is free: nothing else is called", async () => {
    const { outcome, ledger } = await run({ slots: 0 });
    expect(outcome).toMatchObject({
      status: "failed",
      error: { code: "slot-limit-reached", details: { limit: 0 } },
      settlement: "none",
    });
    expect(ledger.calls).toEqual(["acquireSlot"]);
    ledger.assertBalanced();
  });

  test("when the answer to the submit is lost: sent once, code submission-unknown", async () => {
    const { outcome, api, ledger } = await run({}, (world) => world.api.failNext("submit", "answer-lost"));
    expect(outcome).toMatchObject({ status: "failed", error: { code: "submission-unknown" }, settlement: "released" });
    expect(api.jobs).toHaveLength(1);
    ledger.assertBalanced();
  });

  test("unless the route honours its key: then the submit is repeated and there is one job", async () => {
    const { outcome, api, ledger } = await run({ isSubmitRepeatable: true }, (world) =>
      world.api.failNext("submit", "answer-lost"),
    );
    expect(outcome).toMatchObject({ status: "completed" });
    expect(api.jobs).toHaveLength(1);
    expect(api.calls.submit).toBe(2);
    ledger.assertBalanced();
  });
});

describe("time", () => {
  test("past the soft limit the snapshot shows slow, and the generation continues to its video", async () => {
    const world = createTestEngine({ jobMs: 6 * MINUTE });
    const generation = world.engine.generate(request);
    await world.clock.advance(5 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ phase: "polling", isSlow: true, status: "running" });
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "completed" });
    world.ledger.assertBalanced();
  });

  test("past the hard limit with fresh answers the job is canceled, the credits are released and the row is marked", async () => {
    const { outcome, ledger, api, clock, generation } = await run({}, (world) => world.api.playNext("never"));
    expect(outcome).toMatchObject({ status: "failed", error: { code: "timed-out" }, settlement: "released" });
    expect(clock.now() - generation.getSnapshot().createdAt).toBeGreaterThanOrEqual(15 * MINUTE);
    expect(api.calls.cancel).toBe(1);
    expect(clock.pending).toBe(0);
    ledger.assertBalanced();
  });

  test("a job that could not be canceled stays watched, and its late video is saved to its row, uncharged", async () => {
    const world = createTestEngine({ jobMs: 90 * MINUTE });
    world.api.answerCancelWith("unsupported");
    const generation = world.engine.generate(request);
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "failed", error: { code: "timed-out" } });
    await world.clock.advance(120 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "released",
      videos: ["https://videos.test/job-1.mp4"],
    });
    expect(world.ledger.books).toMatchObject({ captured: 0, credits: 1_000, reserved: 0 });
    expect(world.ledger.books.rows[0]).toMatchObject({ videos: ["https://videos.test/job-1.mp4"] });
    expect(world.clock.pending).toBe(0);
  });

  test("hours without an answer are no verdict: the video that was made meanwhile is delivered", async () => {
    const world = createTestEngine();
    for (let miss = 0; miss < 300; miss++) world.api.failNext("status", "request-lost");
    const generation = world.engine.generate(request);
    await world.clock.advance(60 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "completed", settlement: "captured" });
    world.ledger.assertBalanced();
  });

  test("eight hours of sleep cost one question on waking", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    await world.clock.advance(30_000);
    const asked = world.api.calls.status;
    world.clock.jump(8 * 60 * MINUTE);
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "completed" });
    expect(world.api.calls.status - asked).toBe(1);
  });
});

describe("cancel", () => {
  test("before anything was answered settles at once, and nothing is submitted", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    void generation.cancel();
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "canceled", settlement: "none" });
    expect(world.api.calls.submit).toBe(0);
    world.ledger.assertBalanced();
  });

  test("after the submit is a request: a job that was removed is released", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    await world.clock.advance(5_000);
    void generation.cancel();
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "canceled", settlement: "released" });
    world.ledger.assertBalanced();
  });

  test("a video that comes anyway is delivered and captured", async () => {
    const world = createTestEngine();
    world.api.answerCancelWith("requested");
    const generation = world.engine.generate(request);
    await world.clock.advance(5_000);
    void generation.cancel();
    await world.clock.flush();
    expect(generation.getSnapshot()).toMatchObject({ isCanceling: true, settlement: "held" });
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "completed", settlement: "captured" });
    world.ledger.assertBalanced();
  });

  test("an aborted signal cancels, and leaves no listener behind", async () => {
    const world = createTestEngine();
    const controller = new AbortController();
    const generation = world.engine.generate(request, { signal: controller.signal });
    await world.clock.advance(5_000);
    controller.abort();
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "canceled" });
  });

  test("a signal that is aborted already calls nothing", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request, { signal: { ...signalStub, aborted: true } });
    expect(await generation.outcome).toMatchObject({ status: "canceled", settlement: "none" });
    expect(world.ledger.calls).toEqual([]);
    await expect(generation.result).rejects.toMatchObject({ code: "canceled" });
  });
});

const signalStub = { addEventListener: () => undefined, removeEventListener: () => undefined };
