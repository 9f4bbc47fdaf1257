// The machine on a host that dies at each of its calls, delivers messages twice and out of order, and is joined by another one.
import { quoteVideo } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { snapshotOf } from "../core/snapshot.ts";
import type { GenerationPlan } from "../core/state.ts";
import { createFakeLedger, type LedgerMethod } from "../testing/fake-ledger.ts";
import { createFakeVideoApi, type JobScenario } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createHostedMachine } from "./hosted-machine.ts";
import type { HostedMessage, MachineHost } from "./hosted-store.ts";
import { decodeHosted } from "./hosted-record.ts";
import { createPerformEffect } from "./perform-effect.ts";
import { planRequest } from "./plan-request.ts";
import { noFiles } from "./request-files.ts";

const planned = planRequest(
  { request: { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 }, files: [], issues: [] },
  {
    ...{ id: "g1", createdAt: 1_767_225_600_000, guarantee: "exactly-once", isSubmitRepeatable: false },
    ...{ quote: quoteVideo, registry: undefined },
  },
);
const PLAN = (planned as { readonly plan: GenerationPlan }).plan; // a valid request

class Died extends Error {}

interface Order {
  readonly scenario?: JobScenario;
  /** The host dies at this call of it, before or after it is made. */
  readonly dies?: { readonly at: number; readonly isAfter: boolean };
  /** Each message is delivered this often. Default 1. */
  readonly times?: number;
  readonly cancelAfter?: number;
  /** The ledger refuses this until the machine has given it up. */
  readonly refuses?: LedgerMethod;
}

/** Plays one generation to its end, over deaths of the host. */
async function play({ scenario, dies, times = 1, cancelAfter, refuses }: Order) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee: "exactly-once" });
  const api = createFakeVideoApi({ clock });
  if (scenario !== undefined) api.playNext(scenario);
  for (let time = 0; refuses !== undefined && time < 3; time++) {
    ledger.failNext(refuses, { refused: "settlement-failed" });
  }
  const performEffect = createPerformEffect({ api, ledger, files: noFiles.uploads });
  const texts = new Map<string, string>();
  let queue: { readonly message: HostedMessage; readonly at: number }[] = [];
  let calls = 0;
  const mortal = async <T>(run: () => Promise<T>): Promise<T> => {
    const isLast = dies?.at === calls++;
    if (isLast && !dies.isAfter) throw new Died();
    const answer = await run();
    if (isLast) throw new Died();
    return answer;
  };
  const host: MachineHost = {
    load: (id) => mortal(async () => await Promise.resolve(texts.get(id))),
    compareAndSet: (id, expected, next) =>
      mortal(async () => {
        if (texts.get(id) !== expected) return await Promise.resolve(false);
        texts.set(id, next);
        return true;
      }),
    schedule: (message, at) =>
      mortal(async () => {
        for (let time = 0; time < times; time++) queue.push({ message, at });
        return await Promise.resolve();
      }),
    perform: (effect) =>
      mortal(async () => {
        const { signal } = new AbortController();
        return await performEffect(effect, { signal, onProgress: () => undefined });
      }),
  };
  const machine = createHostedMachine({
    host,
    rules: { polling: defaultPollingPolicy },
    platform: { clock, random: () => 0.5 },
  });
  const alive = async (run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      // A message that was not finished is delivered again, and the next start resumes.
      await machine.resume("g1");
    }
  };
  /** Delivers messages, the earliest first, until there are none. */
  const drain = async (): Promise<void> => {
    for (let steps = 0; queue.length > 0; steps++) {
      if (steps > 2_000) throw new Error("It does not end.");
      if (steps === cancelAfter) await alive(async () => await machine.tell("g1", { type: "cancel-requested" }));
      queue = queue.toSorted((a, b) => a.at - b.at);
      const [next, ...rest] = queue;
      queue = rest;
      if (next === undefined) break;
      if (next.at > clock.now()) clock.jump(next.at - clock.now());
      await alive(async () => await machine.receive(next.message));
    }
  };
  const stored = () => decodeHosted(texts.get("g1") ?? "");
  for (const _ of ["first", "again"]) await alive(async () => await machine.start(PLAN));
  await drain();
  return {
    ...{ ledger, api, hostCalls: calls },
    shown: () => snapshotOf(stored().state),
    open: () => [...stored().calls, ...stored().waits],
    async resume() {
      await machine.resume("g1");
      await drain();
    },
  };
}

async function assertExact(order: Order) {
  const played = await play(order);
  played.ledger.assertBalanced();
  expect(played.api.jobs.length).toBeLessThanOrEqual(1);
  expect(played.open()).toEqual([]);
  const { settlement, status } = played.shown();
  expect(settlement).toBe(status === "completed" ? "captured" : "released");
  return played;
}

test("plays a generation to its end by three functions", async () => {
  const { shown, api } = await assertExact({});
  expect(shown()).toMatchObject({ status: "completed", videos: [expect.any(String)] });
  expect(api.calls.submit).toBe(1);
});

test("a job that fails is released", async () => {
  const { shown } = await assertExact({ scenario: { fail: "content-rejected" } });
  expect(shown()).toMatchObject({ status: "failed", error: { code: "content-rejected" } });
});

test("a step that was given up is tried again by a resume", async () => {
  const played = await play({ refuses: "closeSlot" });
  expect(played.shown()).toMatchObject({ status: "completed", openSlot: "held" });
  await played.resume();
  played.ledger.assertBalanced();
});

test("messages that are delivered twice and three times do nothing twice", async () => {
  for (const times of [2, 3]) {
    const { api, ledger } = await assertExact({ times });
    expect(api.calls.submit).toBe(1);
    expect(ledger.books.captured).toBe(PLAN.credits);
  }
});

describe("the host dies at one of its calls, before or after it", () => {
  test.each([
    ["and the job goes well", {}],
    ["and the job fails", { scenario: { fail: "content-rejected" } }],
    ["and every message comes twice", { times: 2 }],
    ["and the user cancels", { cancelAfter: 9 }],
  ] as const)("%s", async (_, order) => {
    const { hostCalls } = await play(order);
    expect(hostCalls).toBeGreaterThan(20);
    // All of one, and a third of the others, which differ in what the deaths meet.
    const stride = Object.keys(order).length === 0 ? 1 : 3;
    for (let at = 0; at < hostCalls; at += stride) {
      for (const isAfter of [false, true]) await assertExact({ ...order, dies: { at, isAfter } });
    }
  });
});
