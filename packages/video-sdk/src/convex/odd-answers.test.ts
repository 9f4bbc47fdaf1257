// Eight functions and nine answers that none of them should give: what is done, what is refused, and what stays unknown.
import { describe, expect, test } from "vitest";
import type { VideoLedger } from "../ports.ts";
import type { BackendRefusal } from "./call-function.ts";
import { createConvexLedger } from "./create-convex-ledger.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createEngine } from "../engine/create-engine.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { plainRow } from "./__fixtures__/ledger-world.ts";

const ANSWERS = {
  null: null,
  undefined: undefined,
  false: false,
  true: true,
  nothing: "",
  zero: 0,
  "an empty object": {},
  "a no": { success: false, message: "No." },
  "a foreign text": "<html>",
} as const;
type Answer = keyof typeof ANSWERS;
type Outcome = "done" | "refused" | "unknown";

const key = "key-1";
const CALLS: Readonly<Record<string, (ledger: VideoLedger) => Promise<{ ok: boolean; certainty?: string }>>> = {
  acquireSlot: (ledger) => ledger.acquireSlot({ key, prompt: "a corgi" }),
  reserveCredits: (ledger) => ledger.reserveCredits({ key, credits: 208 }),
  createSession: (ledger) => ledger.createSession({ key, title: "a corgi" }),
  recordRow: (ledger) => ledger.recordRow({ key, ...plainRow }),
  captureCredits: (ledger) => ledger.captureCredits({ key, credits: 208 }),
  releaseCredits: (ledger) => ledger.releaseCredits({ key, credits: 208 }),
  closeSlot: (ledger) => ledger.closeSlot({ key, slotId: "s", result: { status: "failed", error: "e" } }),
  updateRow: (ledger) => ledger.updateRow({ rowId: "r", change: { kind: "failed", message: "m", completedAt: 0 } }),
};

/** What each answer means where it is not what the call's row says. */
const EXPECTED: Readonly<Record<string, Readonly<Record<Answer, Outcome>>>> = {
  acquireSlot: row("unknown", { "a no": "refused", "a foreign text": "done" }),
  reserveCredits: row("unknown", {
    false: "refused",
    "a no": "refused",
    true: "done",
    "an empty object": "done",
    "a foreign text": "done",
  }),
  createSession: row("unknown", { "a foreign text": "done" }),
  recordRow: row("unknown", { "a foreign text": "done" }),
  captureCredits: row("done", { "a no": "refused" }),
  releaseCredits: row("done", { "a no": "refused" }),
  closeSlot: row("done", {}),
  updateRow: row("done", {}),
};

function row(usual: Outcome, others: Partial<Record<Answer, Outcome>>): Record<Answer, Outcome> {
  const all = Object.keys(ANSWERS).map((answer) => [answer, others[answer as Answer] ?? usual]); // the keys of ANSWERS
  return Object.fromEntries(all) as Record<Answer, Outcome>;
}

function open(answer: unknown): { ledger: VideoLedger; refusals: BackendRefusal[] } {
  const refusals: BackendRefusal[] = [];
  const ledger = createConvexLedger({
    client: { mutation: () => Promise.resolve(answer) },
    clock: createTestClock(),
    onRefused: (refusal) => void refusals.push(refusal),
  });
  return { ledger, refusals };
}

describe.each(Object.entries(CALLS))("%s", (name, call) => {
  test.each(Object.keys(ANSWERS) as Answer[])("answered with %s", async (answer) => {
    const { ledger, refusals } = open(ANSWERS[answer]);
    const { ok, certainty } = await call(ledger);
    const outcome = ok ? "done" : certainty === "not-done" ? "refused" : "unknown";
    expect(outcome).toBe(EXPECTED[name]?.[answer]);
    // A no to a wish for a slot or for credits is a usual answer.
    const isTold = answer === "a no" && name !== "acquireSlot" && name !== "reserveCredits";
    expect(refusals).toEqual(isTold ? [expect.objectContaining({ call: name, message: "No." })] : []);
  });
});

describe("an answer that throws when it is read", () => {
  const throwing = (): never => {
    throw new Error("Do not look at me.");
  };
  const HOSTILE: readonly (readonly [string, unknown])[] = [
    ["a member", Object.defineProperty({}, "success", { get: throwing, enumerable: true })],
    ["its list of members", new Proxy({}, { ownKeys: throwing, has: throwing })],
  ];
  // The function has run. What a client rejects with is another matter: over a socket that is a refusal.
  const settles = ["captureCredits", "releaseCredits", "closeSlot", "updateRow"];

  test.each(HOSTILE.flatMap(([what, answer]) => Object.entries(CALLS).map((call) => [what, ...call, answer] as const)))(
    "(%s) is no refusal of %s",
    async (_, name, call, answer) => {
      for (const socket of [{}, { connectionState: () => undefined }]) {
        const client = { mutation: () => Promise.resolve(answer), ...socket };
        const { ok, certainty } = await call(createConvexLedger({ client, clock: createTestClock() }));
        expect(ok || certainty).toBe(settles.includes(name) ? true : "unknown");
      }
    },
  );
});

test("what a listener throws at a refusal changes nothing of what became of the call", async () => {
  const onRefused = (): never => {
    throw new Error("The log is full.");
  };
  const clock = createTestClock();
  for (const socket of [{}, { connectionState: () => undefined }]) {
    const saidNo = { mutation: () => Promise.resolve({ success: false, message: "No." }), ...socket };
    const ledger = createConvexLedger({ client: saidNo, clock, onRefused });
    expect(await ledger.closeSlot({ key, slotId: "s", result: { status: "failed", error: "e" } })).toMatchObject({
      ok: true,
    });
    const threw = { mutation: () => Promise.reject(new Error("Uncaught Error: no")), ...socket };
    const other = createConvexLedger({ client: threw, clock, onRefused });
    expect(await other.captureCredits({ key, credits: 1 })).toMatchObject({ ok: false, certainty: "not-done" });
  }
});

test("a reservation that answers nothing is in doubt: not released, and named among what is unresolved", async () => {
  const clock = createTestClock();
  const books = createFakeLedger();
  const engine = createEngine({
    // The credits are reserved, and only the answer is lost.
    ledger: {
      ...books,
      reserveCredits: async (input) => (await books.reserveCredits(input), open(null).ledger.reserveCredits(input)),
    },
    api: createFakeVideoApi({ clock }),
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
    polling: defaultPollingPolicy,
  });
  const { outcome } = engine.generate({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
  await clock.advance(60_000);
  expect(await outcome).toMatchObject({ status: "failed", settlement: "unknown" });
  expect(engine.unresolved()).toHaveLength(1);
  expect(books.books).toMatchObject({ reserved: 208, released: 0 });
  expect(books.books.slots).toMatchObject([{ status: "failed" }]);
});
