// The callbacks that an app passes in: each may throw or return anything, at any call. The default decides instead, and an event tells of it.
import { describe, expect, test, vi } from "vitest";
import { defaultPollingPolicy } from "../src/core/polling-policy.ts";
import type { TabChannel } from "../src/platform-ports.ts";
import type { EnginePlatform, VideoEngineEvent, VideoEngineOptions } from "../src/index.ts";
import { createMemoryStorage } from "../src/platform/memory-storage.ts";
import { systemPlatform } from "../src/platform/system.ts";
import {
  CREDITS,
  expectSettled,
  fakeNetworkAndTime,
  MINUTE,
  openApp,
  outcomeOf,
  request,
  SECOND,
} from "./support/open-app.ts";

fakeNetworkAndTime();

const throwing = (): never => {
  throw new Error("A fault of the app.");
};
/** What is wrong with one call. */
const WRONG: readonly (readonly [string, () => unknown])[] = [
  ["throws", throwing],
  ["returns undefined", () => undefined],
  ["returns null", () => null],
  ["returns a promise", () => Promise.resolve(1)],
  ["returns a promise that rejects", () => Promise.reject(new Error("A fault of the app."))],
  ["returns not a number", () => Number.NaN],
  ["returns an object without members", () => ({})],
];

/** What goes wrong, and at which calls, counted from 0. */
interface Fault {
  readonly wrong: () => unknown;
  readonly isWrongAt: (nth: number) => boolean;
}

function goingWrong<Args extends readonly unknown[], T>(
  callback: (...args: Args) => T,
  { wrong, isWrongAt }: Fault,
): (...args: Args) => T {
  let calls = 0;
  return (...args) => (isWrongAt(calls++) ? (wrong() as T) : callback(...args));
}

type Place = (fault: Fault) => Partial<VideoEngineOptions>;

const inPlatform = (platform: EnginePlatform): Partial<VideoEngineOptions> => ({ platform });
const withTabs = (channel: Partial<TabChannel>): Partial<VideoEngineOptions> => ({
  user: "ada",
  ...inPlatform({
    storage: createMemoryStorage(),
    tabChannel: { post: () => undefined, subscribe: () => () => undefined, ...channel },
  }),
});
const { clock } = systemPlatform;
const PLACES: Readonly<Record<string, Place>> = {
  polling: (fault) => ({ polling: goingWrong(defaultPollingPolicy, fault) }),
  "platform.lifecycle.getPause": (fault) =>
    inPlatform({ lifecycle: { getPause: goingWrong(() => undefined, fault), subscribe: () => () => undefined } }),
  "platform.lifecycle.subscribe": (fault) =>
    inPlatform({ lifecycle: { getPause: () => undefined, subscribe: goingWrong(() => () => undefined, fault) } }),
  "platform.random": (fault) => inPlatform({ random: goingWrong(() => 0.5, fault) }),
  "platform.createId": (fault) => inPlatform({ createId: goingWrong(systemPlatform.createId, fault) }),
  "platform.tabChannel.post": (fault) => withTabs({ post: goingWrong(() => undefined, fault) }),
  "platform.tabChannel.subscribe": (fault) => withTabs({ subscribe: goingWrong(() => () => undefined, fault) }),
  "platform.clock.now": (fault) => inPlatform({ clock: { ...clock, now: goingWrong(() => Date.now(), fault) } }),
};
/** Undefined is what a lifecycle without a pause returns, and what is returned by a post does not matter. */
const isRight = (place: string, what: string): boolean =>
  (place.endsWith("getPause") && what === "returns undefined") ||
  (place.endsWith("post") && !/throws|rejects/.test(what));

/** More calls of one callback than this are alike. */
const MOST_CALLS = 30;

async function run(place: string, fault: Fault) {
  const events: VideoEngineEvent[] = [];
  const options = PLACES[place]?.(fault) ?? {};
  const app = openApp({ engine: { ...options, onEvent: (event) => void events.push(event) } });
  await app.engine.resume();
  const outcome = await outcomeOf(app.engine.generate(request), 30 * MINUTE);
  expectSettled(app);
  return { outcome, told: events.filter(({ type }) => type === "callback-failed") };
}

describe.each(Object.keys(PLACES))("%s", (place) => {
  test("that throws at one call, whichever, leaves the generation as it is", async () => {
    const wrong = throwing;
    let isReached = true;
    for (let at = 0; isReached && at < MOST_CALLS; at++) {
      isReached = false;
      const isWrongAt = (nth: number): boolean => nth === at && (isReached = true);
      const { outcome } = await run(place, { wrong, isWrongAt });
      expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    }
  });

  test.each(WRONG)("that %s at every call lets the default decide, and is told once", async (what, wrong) => {
    const { outcome, told } = await run(place, { wrong, isWrongAt: () => true });
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(told).toMatchObject(
      isRight(place, what) ? [] : [{ type: "callback-failed", callback: place, message: expect.any(String) }],
    );
  });
});

describe("timers of the app", () => {
  test("that cannot be started are replaced by the runtime's", async () => {
    const app = openApp({ engine: inPlatform({ clock: { ...clock, setTimeout: throwing } }) });
    expect(await outcomeOf(app.engine.generate(request))).toMatchObject({ status: "completed" });
    expectSettled(app);
  });

  test("that cannot be stopped are left to run out", async () => {
    const app = openApp({ engine: inPlatform({ clock: { ...clock, clearTimeout: throwing } }) });
    expect(await outcomeOf(app.engine.generate(request))).toMatchObject({ status: "completed" });
    await vi.advanceTimersByTimeAsync(60 * MINUTE);
    expectSettled(app);
  });
});

test("an event callback that throws disturbs nothing, not even while the backend refuses", async () => {
  const app = openApp({
    engine: {
      onEvent: throwing,
    },
  });
  expect(await outcomeOf(app.engine.generate(request))).toMatchObject({ status: "completed" });
  expectSettled(app);
});

test("callbacks for the end that throw are told, each by its name, and the others are called", async () => {
  const events: VideoEngineEvent[] = [];
  const rejecting = (): unknown => Promise.reject(new Error("The store is gone."));
  let settled = 0;
  const app = openApp({
    engine: { onSuccess: throwing, onSettled: rejecting, onEvent: (event) => void events.push(event) },
  });
  const generation = app.engine.generate(request, { onSettled: () => void settled++ });
  await outcomeOf(generation);
  await vi.advanceTimersByTimeAsync(SECOND);
  expect(settled).toBe(1);
  expect(events.filter(({ type }) => type === "callback-failed")).toMatchObject([
    { type: "callback-failed", callback: "onSuccess", message: "Error: A fault of the app." },
    { type: "callback-failed", callback: "onSettled", message: "Error: The store is gone." },
  ]);
});

test.each([
  ["the same each time", () => "one-and-only"],
  ["that are too short for a key", () => `g${Math.floor(Math.random() * 1e6)}`],
  ["that no header can have", () => `поколение-${Math.random()}`],
  ["with a space", () => `generation ${Math.random()}`],
])("ids %s are replaced: each generation is submitted and paid once under its own", async (_, createId) => {
  const events: VideoEngineEvent[] = [];
  const app = openApp({ engine: { platform: { createId }, onEvent: (event) => void events.push(event) } });
  const outcomes = [];
  for (let times = 0; times < 3; times++) outcomes.push(await outcomeOf(app.engine.generate(request), 30 * MINUTE));
  expect(outcomes.map(({ status, settlement }) => [status, settlement])).toEqual(
    Array.from({ length: 3 }, () => ["completed", "captured"]),
  );
  expect(new Set(app.engine.list().map(({ id }) => id)).size).toBe(3);
  expect(app.backend.books).toMatchObject({ captured: 3 * CREDITS, reserved: 0 });
  expect(app.routes.jobs).toHaveLength(3);
  expect(events.filter(({ type }) => type === "callback-failed")).toMatchObject([
    { callback: "platform.createId", message: expect.stringContaining("8 to 200 visible ASCII characters") },
  ]);
  expectSettled(app);
});
