// Readers leave nothing behind: loops that break, iterators that are abandoned, listeners that unsubscribe.
import { describe, expect, test } from "vitest";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { NOTHING, leftoversOf, start } from "./__fixtures__/leftovers.ts";
import { createGenerationHandle } from "./generation-handle.ts";
import { createObservable } from "../observable.ts";
import { createTestClock } from "../testing/test-clock.ts";

const MINUTE = 60_000;

/** A handle over a snapshot whose listeners can be counted. */
function createCounted() {
  const running = start().generation.getSnapshot();
  const inner = createObservable<GenerationSnapshot>(running);
  let listening = 0;
  const handle = createGenerationHandle({
    clock: createTestClock(),
    snapshot: {
      get: inner.get,
      subscribe(listener) {
        listening++;
        const stop = inner.subscribe(listener);
        return () => {
          listening--;
          stop();
        };
      },
    },
    cancel: () => undefined,
    detach: () => undefined,
    on: () => () => undefined,
  });
  return { handle, running, set: inner.set, readers: () => listening };
}

describe("a reader of the snapshots", () => {
  test("that never asked for one does not listen", () => {
    const { handle, readers } = createCounted();
    handle[Symbol.asyncIterator]();
    expect(readers()).toBe(0);
  });

  test.each([
    ["is broken out of", "break"],
    ["is thrown out of", "throw"],
    ["is returned from", "return"],
  ])("whose loop %s does not listen any more", async (_, way) => {
    const { handle, readers } = createCounted();
    const read = async (): Promise<void> => {
      for await (const snapshot of handle) {
        expect(snapshot.status).toBe("running");
        expect(readers()).toBe(1);
        if (way === "break") break;
        if (way === "return") return;
        throw new Error("The app's own failure.");
      }
    };
    await read().catch(() => undefined);
    expect(readers()).toBe(0);
  });

  test("whose generation ended does not listen any more, nor does the handle's own promise", async () => {
    const { handle, running, set, readers } = createCounted();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { status } of handle) seen.push(status);
    })();
    await Promise.resolve();
    set({ ...running, isSlow: true });
    await Promise.resolve();
    set({ ...running, status: "canceled", phase: "canceled", settlement: "released" });
    await reading;
    expect(await handle.outcome).toMatchObject({ status: "canceled", settlement: "released" });
    expect(seen.at(-1)).toBe("canceled");
    expect(readers()).toBe(0);
  });
});

describe("an abandoned iterator", () => {
  test.each([
    ["before its first snapshot", 0],
    ["after its first snapshot", 1],
    ["while it waits for the next", 2],
  ])("%s holds nothing up and leaves nothing", async (_, reads) => {
    const started = start();
    const iterator = started.generation[Symbol.asyncIterator]();
    for (let read = 0; read < reads; read++) void iterator.next();
    await started.device.clock.advance(10 * MINUTE);
    expect(started.generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    expect(await leftoversOf(started)).toEqual(NOTHING);
  });

  test("of a detached generation leaves nothing either", async () => {
    const started = start();
    const iterator = started.generation[Symbol.asyncIterator]();
    for (let read = 0; read < 3; read++) void iterator.next();
    await started.device.clock.advance(MINUTE);
    started.generation.detach();
    expect(await leftoversOf(started)).toEqual(NOTHING);
  });
});

test("an unsubscribed listener is not called again, and unsubscribing twice removes no other listener", async () => {
  const { device, engine, generation } = start();
  const heard = { left: 0, stayed: 0 };
  const listener = (): void => void heard.left++;
  for (const stop of [generation.subscribe(listener), generation.on(listener), engine.subscribe(listener)]) {
    stop();
    stop();
  }
  for (const listen of [generation.subscribe, generation.on, engine.subscribe]) listen(() => void heard.stayed++);
  await device.clock.advance(10 * MINUTE);
  expect(heard.left).toBe(0);
  expect(heard.stayed).toBeGreaterThan(20);
});
