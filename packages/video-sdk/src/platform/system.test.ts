// The runtime's own clock, chance and ids, also where the runtime has no crypto.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { systemClock, systemPlatform } from "./system.ts";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_767_225_600_000 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the clock", () => {
  test("tells the runtime's time, also when that is replaced later", () => {
    expect(systemClock.now()).toBe(1_767_225_600_000);
    vi.advanceTimersByTime(5);
    expect(systemClock.now()).toBe(1_767_225_600_005);
  });

  test("runs once, after the delay", () => {
    const run = vi.fn<() => void>();
    systemClock.setTimeout(run, 1_000);
    vi.advanceTimersByTime(999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not run what was cleared, and clears nothing else", () => {
    const cleared = vi.fn<() => void>();
    const kept = vi.fn<() => void>();
    const timer = systemClock.setTimeout(cleared, 1_000);
    systemClock.setTimeout(kept, 1_000);
    systemClock.clearTimeout(timer);
    systemClock.clearTimeout(undefined);
    vi.advanceTimersByTime(10_000);
    expect(cleared).not.toHaveBeenCalled();
    expect(kept).toHaveBeenCalledOnce();
  });
});

describe("chance", () => {
  test("is the runtime's own", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.25);
    expect(systemPlatform.random()).toBe(0.25);
  });
});

describe("an id", () => {
  test("is the runtime's UUID where it has one", () => {
    const randomUUID = vi.spyOn(crypto, "randomUUID");
    expect(systemPlatform.createId()).toBe(randomUUID.mock.results[0]?.value);
    expect(systemPlatform.createId()).toMatch(UUID_4);
    expect(randomUUID).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["no crypto", undefined],
    ["a crypto without randomUUID, as on an insecure origin", { getRandomValues: () => undefined }],
  ])("is a version 4 UUID with %s, and never twice the same", (_, replacement) => {
    vi.stubGlobal("crypto", replacement);
    const ids = Array.from({ length: 1_000 }, () => systemPlatform.createId());
    for (const id of ids) expect(id).toMatch(UUID_4);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([
    [0, "00000000-0000-4000-8000-000000000000"],
    [0.999_999, "ffffffff-ffff-4fff-bfff-ffffffffffff"],
  ])("without crypto stays within its digits when chance is %d", (chance, id) => {
    vi.stubGlobal("crypto", undefined);
    vi.spyOn(Math, "random").mockReturnValue(chance);
    expect(systemPlatform.createId()).toBe(id);
  });
});
