// The rules of an app's lifecycle over small imitations of the native modules.
import { describe, expect, test } from "vitest";
import { createNativeLifecycle } from "./native-lifecycle.ts";
import type { AppStateModule, NetInfoModule } from "./native-modules.ts";

type Connection = Parameters<Parameters<NetInfoModule["addEventListener"]>[0]>[0];

/** Its methods need their object, as those of React Native do. */
class FakeAppState implements AppStateModule {
  currentState: string | null = "active";
  isAvailable = true;
  readonly listeners = new Set<(state: string) => void>();

  addEventListener(_type: "change", listener: (state: string) => void): { remove(): void } {
    if (!this.isAvailable) throw new Error("Cannot use AppState when `isAvailable` is false.");
    this.listeners.add(listener);
    return { remove: () => void this.listeners.delete(listener) };
  }

  change(state: string): void {
    this.currentState = state;
    for (const listener of this.listeners) listener(state);
  }
}

/** Calls back while it is subscribed to once it knows, and else later, as NetInfo does. */
function createFakeNetInfo(latest?: Connection) {
  const listeners = new Set<(state: Connection) => void>();
  const netInfo: NetInfoModule = {
    addEventListener(listener) {
      listeners.add(listener);
      if (latest !== undefined) listener(latest);
      return () => void listeners.delete(listener);
    },
  };
  const change = async (isConnected: boolean | null): Promise<void> => {
    for (const listener of listeners) listener({ isConnected });
    await Promise.resolve();
  };
  return { netInfo, listeners, change };
}

function watch({ AppState = new FakeAppState(), NetInfo }: { AppState?: FakeAppState; NetInfo?: NetInfoModule } = {}) {
  const lifecycle = createNativeLifecycle({ AppState, NetInfo });
  const pauses: (string | undefined)[] = [];
  const stop = lifecycle.subscribe(() => pauses.push(lifecycle.getPause()));
  return { AppState, lifecycle, pauses, stop };
}

describe("an app", () => {
  test("is in the background only when it says so", () => {
    const { AppState, pauses } = watch();
    for (const state of ["inactive", "unknown", "extension", "active"]) AppState.change(state);
    expect(pauses).toEqual([]);
    AppState.change("inactive");
    AppState.change("background");
    AppState.change("inactive");
    expect(pauses).toEqual(["background", undefined]);
  });

  test.each([null, "active"])("is not in the background where its state is %s", (state) => {
    const AppState = new FakeAppState();
    AppState.currentState = state;
    expect(createNativeLifecycle({ AppState }).getPause()).toBeUndefined();
  });

  test("is not listened to where its native half is missing", () => {
    const AppState = new FakeAppState();
    AppState.isAvailable = false;
    const { pauses, stop } = watch({ AppState });
    stop();
    expect(pauses).toEqual([]);
  });
});

describe("a network", () => {
  test("counts as there until NetInfo says that it is not", async () => {
    const { netInfo, change } = createFakeNetInfo();
    const { lifecycle, pauses } = watch({ NetInfo: netInfo });
    expect(lifecycle.getPause()).toBeUndefined();
    await change(null);
    expect(pauses).toEqual([]);
    await change(false);
    await change(true);
    await change(false);
    await change(null);
    expect(pauses).toEqual(["offline", undefined, "offline", undefined]);
  });

  test("that is missing pauses an app in the background too", async () => {
    const { netInfo, change } = createFakeNetInfo();
    const { AppState, pauses } = watch({ NetInfo: netInfo });
    AppState.change("background");
    await change(false);
    AppState.change("active");
    await change(true);
    expect(pauses).toEqual(["background", "offline", undefined]);
  });

  test("that is known to be gone is reported after subscribing, never during it", async () => {
    const { pauses } = watch({ NetInfo: createFakeNetInfo({ isConnected: false }).netInfo });
    expect(pauses).toEqual([]);
    await Promise.resolve();
    expect(pauses).toEqual(["offline"]);
  });
});

describe("listening", () => {
  test("is done once for all, and leaves nothing behind when the last one stops", async () => {
    const { netInfo, listeners, change } = createFakeNetInfo();
    const { AppState, lifecycle, pauses, stop } = watch({ NetInfo: netInfo });
    const heard: string[] = [];
    const hear = (): void => void heard.push("changed");
    const stops = [lifecycle.subscribe(hear), lifecycle.subscribe(hear)];
    expect([AppState.listeners.size, listeners.size]).toEqual([1, 1]);
    stops[0]?.();
    stops[0]?.();
    await change(false);
    expect([pauses, heard]).toEqual([["offline"], ["changed"]]);
    stops[1]?.();
    stop();
    expect([AppState.listeners.size, listeners.size]).toEqual([0, 0]);
    expect(lifecycle.getPause()).toBeUndefined();
  });

  test("that starts again is notified again", async () => {
    const { netInfo, listeners, change } = createFakeNetInfo();
    const { lifecycle, stop } = watch({ NetInfo: netInfo });
    stop();
    const stopAgain = lifecycle.subscribe(() => undefined);
    expect(listeners.size).toBe(1);
    await change(false);
    expect(lifecycle.getPause()).toBe("offline");
    stopAgain();
  });
});
