// Whole generations whose questions a server holds, in simulated time: how many questions a job costs, and how late its end is known.
import { describe, expect, test } from "vitest";
import { composeEngine } from "../compose-engine.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import type { VideoApi } from "../ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeUploads } from "../testing/fake-uploads.ts";
import { createSeededRandom } from "../testing/seeded-random.ts";
import { createTestClock } from "../testing/test-clock.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";
import { createWatchedJobs } from "./watch-job.ts";

const HELD_MS = 24_000;
const MODEL = "vid-veo-3.1-fast";

interface ServerOptions {
  /** How long the jobs take, milliseconds. */
  readonly durations: readonly number[];
  readonly hasWebhooks: boolean;
}

/** A server that holds every question, and an engine that asks it. */
function open({ durations, hasWebhooks }: ServerOptions) {
  const clock = createTestClock();
  const jobs = createWatchedJobs(clock);
  const ends: number[] = [];
  const counts = { questions: 0, submits: 0, toProvider: 0, afterTheEnd: 0 };
  const told = new Set<string>();
  const answerFor = (id: string): ProviderJobAnswer =>
    clock.now() >= (ends[Number(id)] ?? 0)
      ? { kind: "finished", videos: [`https://videos.test/${id}.mp4`] }
      : { kind: "pending", status: "running" };
  const api: VideoApi = {
    isSubmitRepeatable: false,
    async submit() {
      const durationMs = durations[counts.submits] ?? 0;
      const id = String(counts.submits++);
      ends.push(clock.now() + durationMs);
      if (hasWebhooks) clock.setTimeout(() => jobs.hasEnded(id, answerFor(id)), durationMs);
      return { ok: true, value: { kind: "accepted", job: { requestId: id }, canHold: true } };
    },
    async status({ job: { requestId } }, { signal }) {
      counts.questions += 1;
      if (told.has(requestId)) counts.afterTheEnd += 1;
      const askedAt = clock.now();
      const ask = async (): Promise<ProviderJobAnswer> => {
        counts.toProvider += 1;
        return answerFor(requestId);
      };
      const answer = await jobs.watch(requestId, ask, { waitMs: HELD_MS, signal });
      const wasHeld = clock.now() - askedAt >= 2_000;
      if (answer.kind !== "finished") return { ok: true, value: { kind: "pending", wasHeld } };
      told.add(requestId);
      return { ok: true, value: { ...answer, wasHeld } };
    },
    cancel: async () => ({ ok: true, value: "unsupported" }),
  };
  let ids = 0;
  const engine = composeEngine({
    api,
    ledger: createFakeLedger({ credits: 1_000_000, slots: 100 }),
    polling: defaultPollingPolicy,
    platform: { clock, random: createSeededRandom(7), createId: () => `generation-${++ids}` },
    uploader: createFakeUploads(clock),
  });
  return { clock, engine, ends, counts };
}

/** Runs the jobs one after another. The first ones teach the engine and do not count. */
async function run(options: ServerOptions, taught: number) {
  const { clock, engine, ends, counts } = open(options);
  let [before, lateMs] = [0, 0];
  for (const job of options.durations.keys()) {
    if (job === taught) [before, lateMs] = [counts.questions, 0];
    const generation = engine.generate({ model: MODEL, prompt: "a corgi surfing", duration: 8 });
    await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    expect(generation.getSnapshot().status).toBe("completed");
    lateMs += clock.now() - (ends[job] ?? 0);
  }
  const counted = options.durations.length - taught;
  return { ...counts, questionsPerJob: (counts.questions - before) / counted, lateMs: lateMs / counted };
}

/** Most around 75 s, one in ten much slower. */
function durationsOf(count: number): readonly number[] {
  const random = createSeededRandom(11);
  return Array.from({ length: count }, () => (61_000 + 35_000 * random()) * (random() < 0.1 ? 1.6 : 1));
}

describe("jobs whose questions are held", () => {
  test.each([
    ["the server asks each second", false, 700],
    ["a webhook tells the server", true, 100],
  ])("cost about three questions each, where %s", async (_, hasWebhooks, lateMs) => {
    const seen = await run({ durations: durationsOf(60), hasWebhooks }, 20);
    expect(seen.questionsPerJob).toBeLessThanOrEqual(3.2);
    expect(seen.lateMs).toBeLessThanOrEqual(lateMs);
    expect([seen.submits, seen.afterTheEnd]).toEqual([60, 0]);
  });

  test("cost no more than five before anything was learned, and the provider one question for each second", async () => {
    const seen = await run({ durations: [75_000], hasWebhooks: false }, 0);
    expect(seen.questionsPerJob).toBeLessThanOrEqual(5);
    expect(seen.toProvider).toBeLessThanOrEqual(75);
    expect(seen.lateMs).toBeLessThanOrEqual(1_000);
  });

  test("are heard of in time soon after the provider has become twice as fast", async () => {
    const slow = durationsOf(40);
    const fast = slow.slice(0, 12).map((ms) => ms / 2);
    const seen = await run({ durations: [...slow, ...fast], hasWebhooks: true }, slow.length + 5);
    expect(seen.lateMs).toBeLessThanOrEqual(1_000);
  });
});
