// How fast jobs are asked about when many are asked about at once.
import { describe, expect, test } from "vitest";
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createTestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { paceQuestions } from "./pace-questions.ts";

const question = (id: number): OutsideEffect => ({
  type: "check-status",
  attempt: id,
  job: { requestId: `job-${id}` },
  model: "vid-veo-3.1-fast",
});
const answer: EventPayload = { type: "job-pending", attempt: 1 };

function open() {
  const clock = createTestClock();
  const sentAt: number[] = [];
  const sent: OutsideEffect[] = [];
  const start = clock.now();
  const perform = paceQuestions((effect) => {
    sent.push(effect);
    sentAt.push(clock.now() - start);
    return Promise.resolve(answer);
  }, clock);
  const ask = (id: number, signal = new AbortController().signal) =>
    perform(question(id), { signal, onProgress: () => undefined });
  return { clock, sent, sentAt, perform, ask };
}

/** The most of them within any second. */
function peakOf(times: readonly number[]): number {
  return Math.max(...times.map((time) => times.filter((other) => other >= time && other < time + 1_000).length));
}

describe("questions about jobs", () => {
  test("that are few go out at once, without a timer", async () => {
    const { clock, sentAt, ask } = open();
    for (let id = 0; id < 50; id++) void ask(id);
    await clock.flush();
    expect([sentAt.length, clock.pending]).toEqual([50, 0]);
  });

  test("that are many go out in their order, at most 150 within any second, and none is lost", async () => {
    const { clock, sent, sentAt, ask } = open();
    for (let id = 0; id < 600; id++) void ask(id);
    await clock.advance(60_000);
    expect(sent.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 600 }, (_, id) => id));
    expect(peakOf(sentAt)).toBeLessThanOrEqual(150);
    expect(peakOf(sentAt)).toBeGreaterThan(100);
    expect(clock.pending).toBe(0);
  });

  test("that come later than the others do not overtake them", async () => {
    const { clock, sent, ask } = open();
    for (let id = 0; id < 60; id++) void ask(id);
    await clock.advance(25);
    void ask(60);
    await clock.advance(1_000);
    expect(sent.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 61 }, (_, id) => id));
  });

  test("that are called off while they wait are passed on at once, and take no other's place", async () => {
    const { clock, sentAt, ask } = open();
    const left = new AbortController();
    for (let id = 0; id < 50; id++) void ask(id);
    const calledOff = Array.from({ length: 20 }, (_, id) => ask(100 + id, left.signal));
    void ask(200);
    await clock.flush();
    left.abort();
    await Promise.all(calledOff);
    await clock.advance(10);
    expect([sentAt.length, sentAt.at(-1), clock.pending]).toEqual([71, 10, 0]);
  });

  test("that are all called off leave no timer, and one that is called off before it is sent does not wait", async () => {
    const { clock, ask } = open();
    const left = new AbortController();
    for (let id = 0; id < 100; id++) void ask(id, left.signal);
    await clock.flush();
    left.abort();
    await clock.flush();
    expect(clock.pending).toBe(0);
    await ask(100, left.signal);
  });

  test("are spread again after a clock was set back", async () => {
    const { clock, sentAt, ask } = open();
    for (let id = 0; id < 50; id++) void ask(id);
    clock.jump(-3_600_000);
    for (let id = 50; id < 60; id++) void ask(id);
    await clock.advance(200);
    expect(sentAt).toHaveLength(60);
  });

  test("do not hold up other calls", async () => {
    const { clock, sent, perform, ask } = open();
    for (let id = 0; id < 100; id++) void ask(id);
    const close: OutsideEffect = { type: "release-credits", attempt: 1, credits: 1, key: "k" };
    void perform(close, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    await clock.flush();
    expect(sent.at(-1)).toBe(close);
  });
});

describe("two hundred jobs that are resumed in the same moment", () => {
  const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

  test("are asked about over two seconds, and all come to their end", async () => {
    const storage = createMemoryStorage();
    const options = (): TestEngineOptions => ({
      credits: 1_000_000,
      slots: 1_000,
      persistence: { storage, user: "user", locks: createLocalLocks(), onUnreadable: () => undefined },
    });
    const first = createTestEngine(options());
    const begun = Array.from({ length: 200 }, () => first.engine.generate(request));
    await first.clock.advanceUntil(() => begun.every((one) => one.getSnapshot().phase === "polling"));
    first.engine.dispose();
    const { engine, api, clock } = createTestEngine(options());
    let isResumed = false;
    void engine.resume().then(() => (isResumed = true));
    await clock.advanceUntil(() => isResumed);
    await clock.flush();
    expect([engine.list().length, api.calls.status]).toEqual([200, 50]);
    await clock.advance(1_600);
    expect(api.calls.status).toBeGreaterThanOrEqual(200);
  });
});
