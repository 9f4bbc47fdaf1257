// How many requests for slots are out at a time, and in which order they go.
import { describe, expect, test } from "vitest";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { queueAcquisitions } from "./queue-acquisitions.ts";

/** Twenty requests over a ledger that answers when it is told to. */
function open(guarantee: "exactly-once" | "at-most-once") {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  const answering = <T>(name: string, value: T): Promise<T> => {
    sent.push(name);
    return new Promise((resolve) => answers.push(() => resolve(value)));
  };
  const queue = queueAcquisitions({
    ...createFakeLedger({ guarantee }),
    acquireSlot: ({ key }) => answering(`slot ${key}`, { ok: true, value: `${key}` } as const),
    reserveCredits: ({ key }) => answering(`credits ${key}`, { ok: true, value: undefined } as const),
  });
  return { queue, sent, answer: () => answers.splice(0).forEach((go) => go()) };
}

const KEYS = Array.from({ length: 20 }, (_, index) => String(index));
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe.each([
  ["at-most-once", 4],
  ["exactly-once", 8],
] as const)("%s", (guarantee, most) => {
  test("so many are out at a time, in the order in which they came", async () => {
    const { queue, sent, answer } = open(guarantee);
    const slots = Promise.all(KEYS.map((key) => queue.acquireSlot({ key, prompt: "" })));
    const rounds = Array.from({ length: Math.ceil(KEYS.length / most) }, (_, index) => index + 1);
    for (const round of rounds) {
      await turns();
      expect(sent.length).toBe(Math.min(KEYS.length, round * most));
      answer();
    }
    expect(sent).toEqual(KEYS.map((key) => `slot ${key}`));
    expect((await slots).map((result) => result.ok && result.value)).toEqual(KEYS);
  });

  test("credits go at the same pace, and do not take the turns of the slots", async () => {
    const { queue, sent } = open(guarantee);
    for (const key of KEYS) {
      void queue.acquireSlot({ key, prompt: "" });
      void queue.reserveCredits({ key, credits: 1 });
    }
    await turns();
    expect(sent).toEqual(KEYS.slice(0, most).flatMap((key) => [`slot ${key}`, `credits ${key}`]));
  });

  test("one that was left before its turn is not sent, and holds nothing up", async () => {
    const { queue, sent, answer } = open(guarantee);
    for (const key of KEYS.slice(0, most)) void queue.acquireSlot({ key, prompt: "" });
    const left = queue.acquireSlot({ key: "left", prompt: "" }, () => true);
    void queue.acquireSlot({ key: "last", prompt: "" });
    await turns();
    answer();
    expect(await left).toMatchObject({ ok: false, certainty: "not-done", error: { code: "disposed" } });
    expect(sent.slice(most)).toEqual(["slot last"]);
  });
});

test("a ledger that throws holds up no other", async () => {
  const broken = createFakeLedger();
  const queue = queueAcquisitions({ ...broken, acquireSlot: () => Promise.reject(new Error("broken")) });
  for (const key of KEYS) await expect(queue.acquireSlot({ key, prompt: "" })).rejects.toThrow("broken");
});
