// The order of stores and effects, and what a failing storage holds up.
import type { Guarantee } from "../ports.ts";
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import type { OutsideEffect } from "../core/effect.ts";
import { notAskedYet } from "../core/next-question.ts";
import type { GenerationState } from "../core/state.ts";
import { initial, transition } from "../core/transition.ts";
import { videoErrorData } from "../errors.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createWriteAhead, isWorthStoring } from "./write-ahead.ts";

const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const stateOf = (guarantee: Guarantee): GenerationState =>
  initial({ id: "g1", request, credits: 208, createdAt: 0, guarantee, isSubmitRepeatable: false })[0];

const job = { requestId: "job-1" };
const model = "vid-veo-3.1-fast";
const acquire: OutsideEffect = { type: "acquire-slot", attempt: 1, prompt: "a corgi surfing", key: "k" };
const reserve: OutsideEffect = { type: "reserve-credits", attempt: 1, credits: 208, key: "k" };
const release: OutsideEffect = { type: "release-credits", attempt: 1, credits: 208, key: "k" };
const markRow: OutsideEffect = {
  type: "mark-row-failed",
  attempt: 1,
  rowId: "r",
  sessionId: "s",
  mayDelete: true,
  message: "m",
  completedAt: 0,
  key: "k",
};
const update: OutsideEffect = {
  type: "update-row",
  attempt: 1,
  rowId: "r",
  sessionId: "s",
  videos: ["https://copies.test/1.mp4"],
  isLate: false,
  completedAt: 0,
  key: "k",
};
const close: OutsideEffect = {
  type: "close-slot",
  attempt: 1,
  slotId: "s",
  result: { status: "failed", error: "e" },
  key: "k",
};
const ask: OutsideEffect = { type: "check-status", attempt: 1, job, model };

/** A write-ahead over a storage whose next answers are given; after those it stores. `never`: it hangs. */
function open(answers: (boolean | "never" | "slow to fail" | "slow to store")[] = [], isFirstStored = false) {
  const clock = createTestClock();
  const log: string[] = [];
  const writeAhead = createWriteAhead({
    journal: {
      settled: () => Promise.resolve(),
      record: (state) => {
        const answer = answers.shift() ?? true;
        const how = answer === "slow to store" ? " slow to store" : answer === true ? "" : " fails";
        log.push(`store ${state.name}${how}`);
        if (answer === "never") return new Promise(() => undefined);
        if (typeof answer === "boolean") return Promise.resolve(answer);
        return new Promise((resolve) => clock.setTimeout(() => resolve(answer === "slow to store"), 500));
      },
    },
    platform: { clock, random: () => 0.5 },
    isFirstStored,
    send: (effects) => log.push(...effects.map(({ type }) => `send ${type}`)),
    refuse: (effects) => log.push(...effects.map(({ type }) => `refuse ${type}`)),
  });
  return { clock, log, writeAhead };
}

const GUARANTEES = ["exactly-once", "reconciled", "at-most-once"] as const;

describe.each(GUARANTEES)("the first record of a generation, %s", (guarantee) => {
  test("is stored before anything is sent", async () => {
    const { clock, log, writeAhead } = open();
    writeAhead.record(stateOf(guarantee), [acquire]);
    expect(log).toEqual([]);
    await clock.flush();
    expect(log).toEqual([`store ${stateOf(guarantee).name}`, "send acquire-slot"]);
  });

  test("that cannot be stored: nothing is sent, nothing is waited for, and the effects are refused", async () => {
    const { clock, log, writeAhead } = open([false]);
    writeAhead.record(stateOf(guarantee), [acquire]);
    await clock.flush();
    expect(log).toEqual([`store ${stateOf(guarantee).name} fails`, "refuse acquire-slot"]);
    expect(clock.pending).toBe(0);
  });

  test("that comes from the journal has been stored: a failing storage does not refuse it any more", async () => {
    const { clock, log, writeAhead } = open([false], true);
    writeAhead.record(stateOf(guarantee), [ask]);
    await clock.flush();
    expect(log).toEqual([`store ${stateOf(guarantee).name} fails`, "send check-status"]);
  });
});

/** A storage that takes the first record and then fails this often. */
const failing = (times: number): boolean[] => [true, ...Array.from({ length: times }, () => false)];
const sentIn = (log: readonly string[]): string[] => log.filter((line) => !line.startsWith("store"));

describe.each(GUARANTEES)("a later record that cannot be stored, %s", (guarantee) => {
  test("holds up everything but questions until it is stored: an older record may decide otherwise", async () => {
    const { clock, log, writeAhead } = open(failing(2));
    writeAhead.record(stateOf(guarantee), []);
    writeAhead.record(stateOf(guarantee), [markRow, release, close, reserve, ask]);
    await clock.flush();
    expect(sentIn(log)).toEqual(["send check-status"]);
    await clock.advance(2_000);
    expect(sentIn(log)).toEqual(["send check-status"]);
    await clock.advance(250);
    expect(sentIn(log).slice(1)).toEqual([
      ...["send mark-row-failed", "send release-credits", "send close-slot", "send reserve-credits"],
    ]);
    expect(clock.pending).toBe(0);
  });

  test("after a minute of failing refuses what acquires or pays, and without keys lets through what may be set twice", async () => {
    const { clock, log, writeAhead } = open(failing(1_000));
    const paying: OutsideEffect[] = [
      acquire,
      reserve,
      { type: "submit-job", attempt: 1, credits: 208, request, key: "k" },
    ];
    writeAhead.record(stateOf(guarantee), []);
    writeAhead.record(stateOf(guarantee), [markRow, update, release, close, ...paying]);
    await clock.advance(40_000);
    expect(sentIn(log)).toEqual([]);
    await clock.advance(30_000);
    const sent = guarantee === "exactly-once" ? [] : ["send mark-row-failed", "send update-row", "send close-slot"];
    expect(sentIn(log)).toEqual([...sent, "refuse acquire-slot", "refuse reserve-credits", "refuse submit-job"]);
    await writeAhead.stop();
  });

  test("does not hold up the next ones for another minute each, until the storage works again", async () => {
    const { clock, log, writeAhead } = open(failing(8));
    writeAhead.record(stateOf(guarantee), []);
    writeAhead.record(stateOf(guarantee), [acquire]);
    writeAhead.record(stateOf(guarantee), [reserve]);
    await clock.advance(70_000);
    expect(sentIn(log)).toEqual(["refuse acquire-slot", "refuse reserve-credits"]);
    expect(clock.pending).toBe(0);
  });
});

test("an unconfirmed call is not refused for want of a record: it waits to be sent again", async () => {
  const { clock, log, writeAhead } = open(failing(20));
  writeAhead.record(stateOf("exactly-once"), []);
  writeAhead.record({ ...stateOf("reconciled"), isUnsure: true } as GenerationState, [acquire]); // it is acquiring a slot
  await clock.advance(120_000);
  expect(sentIn(log)).toEqual([]);
  await clock.advance(20 * 60_000);
  expect(sentIn(log)).toEqual(["send acquire-slot"]);
});

test("of slot and credits only the one that may have happened waits: the other is refused", async () => {
  const { clock, log, writeAhead } = open(failing(20));
  const step = { status: "running", attempt: 2, tries: 2 } as const;
  const steps = { "acquire-slot": { ...step, isUnsure: true }, "reserve-credits": { ...step, isUnsure: false } };
  writeAhead.record(stateOf("exactly-once"), []);
  writeAhead.record({ name: "acquiring-both", plan: stateOf("exactly-once").plan, isCanceling: false, steps }, [
    acquire,
    reserve,
  ]);
  await clock.advance(120_000);
  expect(sentIn(log)).toEqual(["refuse reserve-credits"]);
  await clock.advance(20 * 60_000);
  expect(sentIn(log)).toEqual(["refuse reserve-credits", "send acquire-slot"]);
});

describe.each(GUARANTEES)("credits on a %s backend", (guarantee) => {
  test("wait for their record as long as the process lives, ever more seldom", async () => {
    const { clock, log, writeAhead } = open(failing(100));
    writeAhead.record(stateOf(guarantee), []);
    writeAhead.record(stateOf(guarantee), [release]);
    await clock.advance(20 * 60_000);
    expect(sentIn(log)).toEqual([]);
    const tries = log.length;
    expect(tries).toBeGreaterThan(40);
    expect(tries).toBeLessThan(60);
    await clock.advance(60 * 60_000);
    expect(sentIn(log)).toEqual(["send release-credits"]);
    expect(clock.pending).toBe(0);
  });
});

describe("a final state that cannot be stored", () => {
  const held = { credits: "held" } as const;
  const last: GenerationState = {
    name: "canceled",
    plan: stateOf("at-most-once").plan,
    held,
    decidedAt: 0,
    settlement: "released",
  };

  test("is tried again, as nothing follows that would be stored in its place", async () => {
    const { clock, log, writeAhead } = open([false, false], true);
    writeAhead.record(last, []);
    await clock.advance(60_000);
    expect(log).toEqual(["store canceled fails", "store canceled fails", "store canceled"]);
    expect(clock.pending).toBe(0);
  });

  test("is given up after a minute", async () => {
    const { clock, log, writeAhead } = open(failing(1_000).slice(1), true);
    writeAhead.record(last, []);
    await clock.advance(10 * 60_000);
    expect(log.length).toBeLessThan(10);
    expect(clock.pending).toBe(0);
  });

  test("is given up at once where there is no record yet, but for what of the start may still have landed", async () => {
    const { clock, log, writeAhead } = open([false, false]);
    writeAhead.record(last, []);
    await clock.flush();
    expect(log).toEqual(["store canceled fails", "store canceled fails"]);
    expect(clock.pending).toBe(0);
  });
});

describe("a state that could not be stored, and of which nothing is to be sent", () => {
  const job = { requestId: "job-1" };
  const ids = { slotId: "s", sessionId: "x", rowId: "r" };
  const polling = {
    name: "polling",
    plan: stateOf("at-most-once").plan,
    isCanceling: false,
    ...ids,
    job,
    acceptedAt: 0,
  } as unknown as GenerationState; // it is only stored

  test("is tried again until it is: it may name the job, which could not be found again without it", async () => {
    const { clock, log, writeAhead } = open([false, false], true);
    writeAhead.record(polling, [{ type: "attach-job", attempt: 1, rowId: "r", job }]);
    await clock.advance(10_000);
    expect(log).toEqual(["store polling fails", "send attach-job", "store polling fails", "store polling"]);
    expect(clock.pending).toBe(0);
  });

  test("is tried again for as long as the process lives", async () => {
    const { clock, log, writeAhead } = open(
      Array.from({ length: 100 }, () => false),
      true,
    );
    writeAhead.record(polling, []);
    await clock.advance(60 * 60_000);
    expect(log.length).toBeGreaterThan(100);
    expect(log.at(-1)).toBe("store polling");
  });

  test("is not stored any more once another has taken its place, which does not wait for it", async () => {
    const { clock, log, writeAhead } = open([false], true);
    writeAhead.record(polling, []);
    await clock.flush();
    writeAhead.record(stateOf("at-most-once"), [release]);
    await clock.flush();
    expect(log).toEqual(["store polling fails", "store acquiring-slot", "send release-credits"]);
    expect(clock.pending).toBe(0);
  });
});

test("a call that is repeated while settling waits for its record, however long", async () => {
  const { clock, log, writeAhead } = open(failing(30));
  const settling = { ...stateOf("exactly-once"), name: "settling" } as unknown as GenerationState; // it is only stored
  writeAhead.record(stateOf("exactly-once"), []);
  writeAhead.record(settling, [acquire, reserve]);
  await clock.advance(5 * 60_000);
  expect(sentIn(log)).toEqual([]);
  await clock.advance(60 * 60_000);
  expect(sentIn(log)).toEqual(["send acquire-slot", "send reserve-credits"]);
});

test("effects that wait for their record do not wait less because another state was given", async () => {
  const { clock, log, writeAhead } = open([true, false, false], true);
  writeAhead.record(stateOf("exactly-once"), []);
  await clock.flush();
  writeAhead.record(stateOf("exactly-once"), [release]);
  await clock.flush();
  for (let more = 0; more < 3; more++) writeAhead.record(stateOf("exactly-once"), []);
  await clock.flush();
  expect(log).toEqual(["store acquiring-both", "store acquiring-both fails"]);
});

test("the last state that was given is known as unstored until the storage has it", async () => {
  const { clock, writeAhead } = open([true, false]);
  const [first, second] = [stateOf("at-most-once"), { ...stateOf("at-most-once") }];
  writeAhead.record(first, []);
  await clock.flush();
  expect(writeAhead.unstored()).toBeUndefined();
  writeAhead.record(second, [release]);
  await clock.flush();
  expect(writeAhead.unstored()).toBe(second);
  await clock.advance(10_000);
  expect(writeAhead.unstored()).toBeUndefined();
});

describe("the order", () => {
  test("is that in which states were given, also while one of them is held up", async () => {
    const { clock, log, writeAhead } = open([true, false]);
    writeAhead.record(stateOf("at-most-once"), []);
    writeAhead.record(stateOf("at-most-once"), [release]);
    writeAhead.record(stateOf("at-most-once"), [close]);
    await clock.flush();
    expect(log).not.toContain("send close-slot");
    await clock.advance(1_000);
    expect(log.filter((line) => line.startsWith("send"))).toEqual(["send release-credits", "send close-slot"]);
  });

  test("settled() waits for everything that was given before, and not longer", async () => {
    const { clock, writeAhead } = open([false], true);
    let isSettled = false;
    writeAhead.record(stateOf("at-most-once"), [release]);
    void writeAhead.settled().then(() => (isSettled = true));
    await clock.flush();
    expect(isSettled).toBe(false);
    await clock.advance(1_000);
    expect(isSettled).toBe(true);
  });
});

describe("states that follow each other while one is being stored", () => {
  const settling = { ...stateOf("at-most-once"), name: "settling" } as unknown as GenerationState; // it is only stored
  const ended = { ...stateOf("at-most-once"), name: "failed" } as unknown as GenerationState; // it is only stored

  test("of a settlement are stored once, and the effects of all are sent after that, in their order", async () => {
    const { clock, log, writeAhead } = open(["slow to store"], true);
    writeAhead.record(stateOf("at-most-once"), []);
    await clock.flush();
    writeAhead.record({ ...settling }, [markRow]);
    writeAhead.record({ ...settling }, []);
    writeAhead.record({ ...settling }, [release, close]);
    await clock.flush();
    expect(log).toEqual(["store acquiring-slot slow to store"]);
    await clock.advance(500);
    const sent = ["send mark-row-failed", "send release-credits", "send close-slot"];
    expect(log.slice(1)).toEqual(["store settling", ...sent]);
    expect(writeAhead.unstored()).toBeUndefined();
  });

  test("are all stored before the settlement, where each names what is acquired next", async () => {
    const { clock, log, writeAhead } = open(["slow to store"]);
    for (const effects of [[acquire], [reserve], [ask]]) writeAhead.record(stateOf("at-most-once"), effects);
    await clock.advance(500);
    expect(log.filter((line) => line.startsWith("store"))).toHaveLength(3);
  });

  test("the last state stands in for one without effects, and never for one whose effects no record would name", async () => {
    for (const [effects, stored] of [
      [[], ["store failed"]],
      [[close], ["store settling", "store failed"]],
    ] as const) {
      const { clock, log, writeAhead } = open(["slow to store"], true);
      writeAhead.record(stateOf("at-most-once"), []);
      await clock.flush();
      writeAhead.record({ ...settling }, effects);
      writeAhead.record({ ...ended }, []);
      await clock.advance(500);
      expect(log.slice(1).filter((line) => line.startsWith("store"))).toEqual(stored);
    }
  });

  test("of a settlement that cannot be stored keep what is held up, and send it when the newest is stored", async () => {
    const { clock, log, writeAhead } = open([false, false], true);
    writeAhead.record({ ...settling }, [release]);
    await clock.flush();
    writeAhead.record({ ...settling }, [close]);
    writeAhead.record({ ...settling }, [markRow]);
    await clock.advance(60_000);
    expect(sentIn(log)).toEqual(["send release-credits", "send close-slot", "send mark-row-failed"]);
    expect([writeAhead.unstored(), clock.pending]).toEqual([undefined, 0]);
  });
});

describe("once it is stopped", () => {
  test("nothing more is stored, no timer is left, and it resolves", async () => {
    const { clock, log, writeAhead } = open([false], true);
    writeAhead.record(stateOf("at-most-once"), [release]);
    writeAhead.record(stateOf("at-most-once"), [close]);
    await clock.flush();
    expect(clock.pending).toBe(1);
    await writeAhead.stop();
    await clock.advance(60 * 60_000);
    expect(log).toEqual(["store acquiring-slot fails"]);
    expect(clock.pending).toBe(0);
  });

  test("a write that was under way and fails leaves no timer either", async () => {
    const { clock, log, writeAhead } = open(["slow to fail"], true);
    writeAhead.record(stateOf("at-most-once"), [release]);
    await clock.flush();
    const stopped = writeAhead.stop();
    await clock.advance(1_000);
    await stopped;
    expect(log).toEqual(["store acquiring-slot fails"]);
    expect(clock.pending).toBe(0);
  });

  test("it does not resolve before the write that is under way: another driver would read the record before it", async () => {
    const { clock, writeAhead } = open(["never"], true);
    writeAhead.record(stateOf("at-most-once"), [release]);
    await clock.flush();
    let isAlone = false;
    void writeAhead.stop().then(() => (isAlone = true));
    await clock.advance(60_000);
    expect(isAlone).toBe(false);
  });
});

const REFUSED = {
  type: "effect-failed",
  effect: "acquire-slot",
  attempt: 1,
  certainty: "not-done",
  error: videoErrorData("unreachable"),
} as const;

describe("what is worth a write", () => {
  const rules = { polling: () => ({ waitMs: 1_000, isSlow: false, isOverdue: false }) };
  const sent = stateOf("at-most-once");
  const [waiting] = transition(sent, { ...REFUSED, at: 0, random: 0 }, rules);
  const both = stateOf("exactly-once");
  const [withSlot] = transition(both, { type: "slot-acquired", attempt: 1, slotId: "s", at: 0, random: 0 }, rules);

  test.each([
    ["another state", sent, { ...sent, name: "reserving-credits", slotId: "slot-1" }, [], true],
    ["something to be done", sent, sent, [acquire], true],
    ["a question", sent, sent, [ask], false],
    ["nothing new", sent, { ...sent }, [], false],
    ["a cancel", sent, { ...sent, isCanceling: true }, [], true],
    ["a call that was refused, and waits to be sent again", sent, waiting, [], true],
    ["waiting on", waiting, { ...waiting }, [], false],
    ["the slot without the credits: a start asks for it again, and gets the same", both, withSlot, [], false],
    ["the slot without the credits, after a cancel", both, { ...withSlot, isCanceling: true }, [], true],
  ] as const)("%s", (_, before, next, effects, isWorth) => {
    expect(isWorthStoring(before, next as GenerationState, effects)).toBe(isWorth); // the first row is wider than its state
  });

  test("an answer to a question is not; a step that was settled is", () => {
    const base = { plan: sent.plan, isCanceling: false, slotId: "s", sessionId: "x", rowId: "r", job, acceptedAt: 0 };
    const poll = { ...notAskedYet(0), isAsking: true, questionsSent: 1, answers: 1 };
    const polling: GenerationState = { ...base, name: "polling", isSlow: false, isAttached: true, poll };
    expect(isWorthStoring(polling, { ...polling, poll: { ...poll, answers: 2 } }, [])).toBe(false);
    expect(isWorthStoring(polling, { ...polling, isCanceling: true }, [])).toBe(true);
    const held = { credits: "held" } as const;
    const settling: GenerationState = {
      name: "settling",
      plan: sent.plan,
      held,
      verdict: { kind: "cancel" },
      decidedAt: 0,
      steps: {},
    };
    expect(isWorthStoring(settling, { ...settling }, [])).toBe(true);
    const ended: GenerationState = { name: "canceled", plan: sent.plan, held, decidedAt: 0, settlement: "unknown" };
    expect(isWorthStoring(ended, { ...ended }, [])).toBe(false);
    expect(isWorthStoring(ended, { ...ended, settlement: "none" }, [])).toBe(true);
    const undone = { "close-slot": { status: "stuck", attempt: 8, tries: 8, isUnsure: false } } as const;
    expect(isWorthStoring({ ...ended, undone }, ended, [])).toBe(true);
  });
});
