// An app that goes offline or into the background: no useless question is asked, and a return is noticed at once.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { videoErrorData } from "../errors.ts";
import type { CallResult, VideoLedger } from "../ports.ts";
import type { Lifecycle, PauseReason } from "../platform-ports.ts";
import {
  createFakeLedger,
  type FakeLedger,
  type FakeLedgerOptions,
  type LedgerMethod,
} from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const HOUR = 3_600_000;

interface AppOptions extends FakeLedgerOptions, Partial<Pick<VideoLedger, "readLoadingRows">> {
  readonly jobMs?: number;
}

function openApp({ jobMs, readLoadingRows, ...options }: AppOptions = {}) {
  const clock = createTestClock();
  const ledger = createFakeLedger(options);
  const api = createFakeVideoApi({ clock, jobMs });
  const replaced = readLoadingRows === undefined ? {} : { readLoadingRows };
  const listeners = new Set<() => void>();
  let pause: PauseReason | undefined;
  const lifecycle: Lifecycle = {
    getPause: () => pause,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const network = createNetwork();
  const engine = createEngine({
    ledger: { ...network.through(ledger), ...replaced },
    api: { ...api, status: network.carry(api.status) },
    polling: defaultPollingPolicy,
    lifecycle,
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
  });
  const become = async (next: PauseReason | undefined): Promise<void> => {
    pause = next;
    network.sent.length = 0;
    for (const listener of [...listeners]) listener();
    await clock.flush();
  };
  return { ...network, clock, ledger, api, engine, listeners, become };
}

/** What carries questions to the provider and reads of the backend, and may be cut off or slow; and calls of the ledger, which it only shows. */
function createNetwork() {
  const sent: string[] = [];
  const onCall = new Map<string, () => void>();
  let [isCutOff, isHanging, goOn] = [false, false, (): void => undefined];
  const lost = (): Promise<CallResult<never>> =>
    Promise.resolve({ ok: false, certainty: "not-done", error: videoErrorData("unreachable") });
  const carry =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<CallResult<T>>) =>
    async (...args: Args): Promise<CallResult<T>> => {
      sent.push("question");
      if (isHanging) await new Promise<void>((resolve) => (goOn = resolve));
      return isCutOff ? await lost() : await call(...args);
    };
  const through = (ledger: FakeLedger): VideoLedger =>
    Object.fromEntries(
      Object.entries(ledger).map(([name, member]) => {
        if (typeof member !== "function") return [name, member];
        if (name.startsWith("read")) return [name, carry(member)];
        const shown = (...args: unknown[]): unknown => {
          onCall.get(name)?.();
          onCall.delete(name);
          return Reflect.apply(member, ledger, args);
        };
        return [name, shown];
      }),
    ) as unknown as VideoLedger; // each member as it was
  return {
    /** Questions since the last change of the lifecycle. */
    sent,
    carry,
    through,
    cutOff: (is: boolean) => void (isCutOff = is),
    hang(is: boolean) {
      isHanging = is;
      goOn();
    },
    before: (name: LedgerMethod, run: () => void) => void onCall.set(name, run),
  };
}

describe("background while the provider works", () => {
  test("asks nothing for eight hours, shows a pause, and asks once on return", async () => {
    const app = openApp();
    const handle = app.engine.generate(request);
    await app.clock.advance(20_000);
    await app.become("background");
    expect(handle.getSnapshot()).toMatchObject({ isPaused: true, pauseReason: "background", status: "running" });
    const asked = app.api.calls.status;
    await app.clock.advance(8 * HOUR);
    expect(app.api.calls.status).toBe(asked);
    await app.become(undefined);
    expect(app.api.calls.status).toBe(asked + 1);
    expect((await handle.outcome).status).toBe("completed");
    expect(handle.getSnapshot()).toMatchObject({ isPaused: false, pauseReason: undefined });
    app.ledger.assertBalanced();
  });
});

describe.each(["offline", "background"] as const)("%s while the provider works", (pause) => {
  test("a return before the next question is due asks at once, and not twice", async () => {
    const app = openApp();
    const handle = app.engine.generate(request);
    await app.clock.advance(60_000);
    await app.become(pause);
    await app.clock.advance(2_500);
    const asked = app.api.calls.status;
    await app.become(undefined);
    await app.become(pause);
    await app.become(undefined);
    expect(app.api.calls.status).toBe(asked + 1);
    await app.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
  });

  test("nothing listens any more when it is over, detached or disposed of", async () => {
    const done = openApp();
    const handle = done.engine.generate(request);
    await done.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    await done.clock.flush();
    expect(done.listeners.size).toBe(0);
    const left = openApp();
    const detached = left.engine.generate(request);
    await left.clock.advance(20_000);
    await left.become(pause);
    detached.detach();
    expect(left.listeners.size).toBe(0);
    expect(left.clock.pending).toBe(0);
    const disposed = openApp();
    disposed.engine.generate(request);
    await disposed.clock.advance(20_000);
    disposed.engine.dispose();
    expect(disposed.listeners.size).toBe(0);
  });
});

test("in the background the books are still settled", async () => {
  const app = openApp();
  const handle = app.engine.generate(request);
  app.ledger.failNext("captureCredits", { refused: "rate-limited" });
  await app.clock.advanceUntil(() => handle.getSnapshot().phase === "settling");
  await app.become("background");
  await app.clock.advance(60_000);
  expect(handle.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
});

describe("offline, and it is true", () => {
  test("asks once a minute or less for eight hours, shows a pause, and asks at once on return", async () => {
    const app = openApp();
    const handle = app.engine.generate(request);
    await app.clock.advance(20_000);
    app.cutOff(true);
    await app.become("offline");
    expect(handle.getSnapshot()).toMatchObject({ isPaused: true, pauseReason: "offline", status: "running" });
    await app.clock.advance(8 * HOUR);
    const asked = app.sent.length;
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(8 * 60);
    app.cutOff(false);
    await app.become(undefined);
    expect(app.sent.length).toBe(1);
    expect((await handle.outcome).status).toBe("completed");
    expect(handle.getSnapshot()).toMatchObject({ isPaused: false, pauseReason: undefined });
    app.ledger.assertBalanced();
  });

  test("a repeat waits for the network and loses no try, and comes with it", async () => {
    const app = openApp();
    app.ledger.failNext("acquireSlot", { refused: "unreachable" });
    const handle = app.engine.generate(request);
    await app.clock.flush();
    app.cutOff(true);
    await app.become("offline");
    expect(handle.getSnapshot()).toMatchObject({ phase: "acquiring-slot", isPaused: true });
    await app.clock.advance(HOUR);
    expect(app.ledger.calls).toEqual(["acquireSlot"]);
    expect(app.sent.length).toBeLessThanOrEqual(60);
    app.cutOff(false);
    await app.become(undefined);
    await app.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    app.ledger.assertBalanced();
  });

  test("a backend that rejects when it is read proves nothing", async () => {
    const app = openApp({ readLoadingRows: () => Promise.reject(new Error("no contract")) });
    app.ledger.failNext("acquireSlot", { refused: "unreachable" });
    const handle = app.engine.generate(request);
    await app.become("offline");
    await app.clock.advance(HOUR);
    expect(handle.getSnapshot()).toMatchObject({ phase: "acquiring-slot", isPaused: true });
  });
});

describe("offline, and it is not true", () => {
  test("a paid job is asked about after a minute, and then at the pace of any other", async () => {
    const app = openApp({ jobMs: 5 * 60_000 });
    const handle = app.engine.generate(request);
    await app.clock.advance(20_000);
    await app.become("offline");
    await app.clock.advanceUntil(() => app.sent.length > 0);
    expect(handle.getSnapshot()).toMatchObject({ isPaused: false, pauseReason: undefined, status: "running" });
    const provedAt = app.clock.now();
    await app.clock.advanceUntil(() => handle.getSnapshot().status === "completed");
    expect(app.clock.now() - provedAt).toBeLessThan(5 * 60_000);
    expect(app.sent.length).toBeGreaterThan(10);
    app.ledger.assertBalanced();
  });

  test("a return of the flag and another loss of the network are believed again", async () => {
    const app = openApp({ jobMs: 5 * 60_000 });
    const handle = app.engine.generate(request);
    await app.clock.advance(20_000);
    await app.become("offline");
    await app.clock.advanceUntil(() => !handle.getSnapshot().isPaused);
    await app.become(undefined);
    await app.become("offline");
    expect(handle.getSnapshot()).toMatchObject({ isPaused: true, pauseReason: "offline" });
  });

  test("an answer to what was sent before it proves nothing", async () => {
    const app = openApp();
    app.hang(true);
    const handle = app.engine.generate(request);
    await app.clock.advanceUntil(() => app.sent.length > 0);
    await app.become("offline");
    app.hang(false);
    await app.clock.flush();
    expect(handle.getSnapshot()).toMatchObject({ isPaused: true, pauseReason: "offline" });
  });

  test("in the background it is not doubted, until the user is back", async () => {
    const app = openApp();
    const handle = app.engine.generate(request);
    await app.clock.advance(20_000);
    await app.become("background");
    await app.clock.advance(HOUR);
    await app.become("offline");
    await app.clock.advance(90_000);
    expect(handle.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
  });

  test.each([
    "acquireSlot",
    "reserveCredits",
    "createSession",
    "recordRow",
    "updateRow",
    "captureCredits",
    "closeSlot",
  ] as const)("a repeat of %s comes within minutes, on any backend", async (method) => {
    for (const guarantee of ["exactly-once", "reconciled", "at-most-once"] as const) {
      const app = openApp({ guarantee });
      app.ledger.failNext(method, { refused: "unreachable" });
      // Just before the call, so that no other call has overruled it.
      app.before(method, () => void app.become("offline"));
      const handle = app.engine.generate(request);
      await app.clock.advance(10 * 60_000);
      expect([guarantee, handle.getSnapshot()]).toMatchObject([guarantee, { status: "completed" }]);
      expect(handle.getSnapshot().settlement).toBe("captured");
      app.ledger.assertBalanced();
    }
  });
});
