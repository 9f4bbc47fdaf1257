// Values that cannot be read without a fault: errors that throw when they are looked at, thrown by any port; requests, options and signals that
// throw, change or are no such thing. Nothing of it may be an unhandled rejection, or keep a generation from its end.
import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { videoErrorData } from "../errors.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import type { GenerateRequest } from "../attachments/attachment.ts";
import type { GenerateOptions } from "./create-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const MINUTE = 60_000;
const MARKER = Symbol.for("video-engine.error");

const throwing = (): never => {
  throw new Error("Do not look at me.");
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
class Unreadable extends Error {
  override get message(): string {
    return throwing();
  }
}
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

/** What is thrown. */
const THROWN: readonly (readonly [string, () => unknown])[] = [
  ["an error whose message throws", () => new Unreadable()],
  ["an error whose name throws", () => Object.defineProperty(new Error("x"), "name", { get: throwing })],
  ["a proxy whose traps throw", () => new Proxy({}, { get: throwing, has: throwing, getPrototypeOf: throwing })],
  ["a revoked proxy", revoked],
  ["undefined", () => undefined],
  ["null", () => null],
  ["a symbol", () => Symbol("x")],
  ["an object without a prototype", () => Object.create(null) as object],
  ["something that says it is ours, and is not", () => ({ [MARKER]: true })],
  [
    "one of ours whose code is unknown",
    () => ({ [MARKER]: true, code: "of-tomorrow", message: 1, toJSON: () => null }),
  ],
  ["one of ours whose toJSON throws", () => ({ [MARKER]: true, code: "unreachable", toJSON: throwing })],
  [
    "one of ours with a BigInt and a cycle",
    () => ({
      [MARKER]: true,
      toJSON: () => ({ code: "internal", message: "x", retryable: false, details: { n: 1n, cyclic } }),
    }),
  ],
  [
    "one of ours with odd advice",
    () => ({
      [MARKER]: true,
      toJSON: () => ({ code: "rate-limited", message: "x", retryable: "yes", phase: 7, retryAfterMs: Number.NaN }),
    }),
  ],
];

const CALLS = [
  "acquireSlot",
  "reserveCredits",
  "createSession",
  "recordRow",
  "updateRow",
  "captureCredits",
  "closeSlot",
  "submit",
  "status",
] as const;

describe.each(THROWN)("a port that throws %s", (_, make) => {
  test.each(CALLS)("from %s: the generation ends, and its record can be read", async (call) => {
    for (const isAsync of [false, true]) {
      const memory = createMemoryStorage();
      const unreadable: unknown[] = [];
      const persistence = {
        storage: memory,
        locks: createLocalLocks(),
        user: "ada",
        onUnreadable: (record: unknown) => void unreadable.push(record),
      };
      const world = createTestEngine({ guarantee: "exactly-once", persistence });
      const port: object = call in world.ledger ? world.ledger : world.api;
      const real: unknown = Reflect.get(port, call);
      let times = 0;
      Object.assign(port, {
        [call](...given: unknown[]) {
          if (times++ > 0) return (real as (...args: unknown[]) => unknown)(...given);
          const thrower = (): never => {
            throw make();
          };
          return isAsync ? Promise.resolve().then(thrower) : thrower();
        },
      });
      const generation = world.engine.generate(REQUEST);
      await world.clock.advance(60 * MINUTE);
      expect(generation.getSnapshot().status).not.toBe("running");
      await generation.outcome;
      JSON.stringify(generation);
      world.engine.dispose();
      const again = createTestEngine({ guarantee: "exactly-once", persistence });
      void again.engine.resume();
      await again.clock.advance(MINUTE);
      expect(unreadable).toEqual([]);
    }
  });
});

test.each([
  ["half a character", "The provider's text ends in \uD83D"],
  ["a whole page", "<html>".repeat(100_000)],
  ["half a character where it is cut", `${"x".repeat(1_999)}\u{1F415}`],
])("a failure whose message has %s marks its row with one that a backend can store", async (_, message) => {
  const { engine, clock, ledger, api } = createTestEngine();
  api.status = () =>
    Promise.resolve({ ok: true, value: { kind: "failed", error: videoErrorData("provider-failed", { message }) } });
  const { outcome } = engine.generate(REQUEST);
  await clock.advance(30 * MINUTE);
  expect(await outcome).toMatchObject({ status: "failed", settlement: "released" });
  const said = ledger.books.rows[0]?.error ?? "";
  expect(said).toMatch(/^[^\p{Cs}]{1,2000}$/u);
  ledger.assertBalanced();
});

describe("a request", () => {
  /** Each may be refused or run, but never throws, and is refused before anything is called. */
  const REQUESTS: readonly (readonly [string, () => unknown])[] = [
    ["undefined", () => undefined],
    ["null", () => null],
    ["a text", () => "a corgi"],
    ["a function", () => throwing],
    [
      "a member that throws",
      () => Object.defineProperty({ ...REQUEST }, "prompt", { get: throwing, enumerable: true }),
    ],
    [
      "a list whose member throws",
      () => ({ ...REQUEST, klingO1Images: Object.defineProperty([], 0, { get: throwing, enumerable: true }) }),
    ],
    ["a proxy whose traps throw", () => new Proxy({ ...REQUEST }, { get: throwing, ownKeys: throwing, has: throwing })],
    ["a revoked proxy", revoked],
    ["a cycle", () => ({ ...REQUEST, klingO1Elements: cyclic })],
    ["a BigInt", () => ({ ...REQUEST, duration: 8n })],
    ["an endless duration", () => ({ ...REQUEST, duration: Infinity })],
    ["a duration as text", () => ({ ...REQUEST, duration: "8" })],
    ["a prompt that is an object", () => ({ ...REQUEST, prompt: new String("a corgi") })],
    ["a symbol", () => ({ ...REQUEST, prompt: Symbol("x") })],
    ["a model of the prototype", () => ({ ...REQUEST, model: "__proto__" })],
    ["a model that is a list", () => ({ ...REQUEST, model: ["vid-veo-3.1-fast"] })],
    ["a thenable", () => Object.assign(Promise.resolve(), REQUEST, { unknown: 1 })],
  ];

  test.each(REQUESTS)("that is or has %s fails, and calls nothing", async (_, make) => {
    const { engine, clock, ledger } = createTestEngine();
    const generation = engine.generate(make() as GenerateRequest);
    await clock.advance(MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "failed", settlement: "none" });
    expect(generation.getSnapshot().error?.code).toMatch(/^(invalid-request|unknown-model)$/);
    expect(ledger.calls).toEqual([]);
    JSON.stringify([generation, engine.list()]);
  });

  test("that is frozen works, and one that is changed afterwards stays as it was", async () => {
    const { engine, clock, ledger } = createTestEngine();
    const changing: Record<string, unknown> = { ...REQUEST };
    engine.generate(Object.freeze({ ...REQUEST }));
    const generation = engine.generate(changing as unknown as GenerateRequest);
    changing["prompt"] = "another";
    changing["duration"] = 4;
    await clock.advance(10 * MINUTE);
    expect(await generation.outcome).toMatchObject({ status: "completed", credits: 208 });
    expect(ledger.books.rows.map(({ prompt }) => prompt)).toEqual([REQUEST.prompt, REQUEST.prompt]);
    ledger.assertBalanced();
  });
});

describe("options of generate()", () => {
  const signal = (members: object): object => ({
    aborted: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    ...members,
  });
  const OPTIONS: readonly (readonly [string, () => unknown])[] = [
    ["a signal that cannot be listened to", () => ({ signal: signal({ addEventListener: throwing }) })],
    ["a signal that cannot be left", () => ({ signal: signal({ removeEventListener: throwing }) })],
    [
      "a signal whose state throws",
      () => ({ signal: Object.defineProperty(signal({}), "aborted", { get: throwing }) }),
    ],
    ["a signal that is none", () => ({ signal: {} })],
    ["a null signal", () => ({ signal: null })],
    ["a session that is no text", () => ({ sessionId: { toString: throwing } })],
    ["a null session", () => ({ sessionId: null })],
    ["callbacks that are none", () => ({ onSuccess: 1, onSettled: {} })],
    ["a key that is no text", () => ({ clientKey: {} })],
  ];

  test.each(OPTIONS)(
    "that are or have %s: the generation ends in balance, and leaves no lock and no timer",
    async (_, make) => {
      const locks = createLocalLocks();
      const { engine, clock, ledger } = createTestEngine({
        persistence: { storage: createMemoryStorage(), locks, user: "ada", onUnreadable: () => undefined },
      });
      const generation = engine.generate(REQUEST, make() as GenerateOptions);
      await clock.advance(10 * MINUTE);
      expect(engine.list().filter(({ status }) => status === "running")).toEqual([]);
      expect((await generation.outcome).status).toMatch(/completed|failed/);
      ledger.assertBalanced();
      expect(clock.pending).toBe(0);
      expect(await locks.tryLock("generation-1", () => undefined)).toBeTypeOf("function");
    },
  );
});
