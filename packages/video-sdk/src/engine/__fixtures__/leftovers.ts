// A generation whose caller's listeners can be counted, and what is left of it. Knows no ending.
import { vi } from "vitest";
import type { Generation } from "../generation-handle.ts";
import { createDevice, REQUEST, type Device, type DeviceOptions } from "./mortal-device.ts";

const A_MONTH_MS = 30 * 86_400_000;

/** A signal that counts its listeners. */
export function createHeardSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  vi.spyOn(signal, "addEventListener").mockImplementation((type, listener) => {
    listeners.add(listener);
    add(type, listener);
  });
  vi.spyOn(signal, "removeEventListener").mockImplementation((type, listener) => {
    listeners.delete(listener);
    remove(type, listener);
  });
  return { signal, abort: () => controller.abort(), listeners };
}

/** A running generation, with everything around it. */
export interface Started {
  readonly device: Device;
  readonly engine: ReturnType<Device["open"]>;
  readonly generation: Generation;
  readonly heard: ReturnType<typeof createHeardSignal>;
  /** How often the caller was notified of a change. */
  readonly changes: () => number;
}

/** Starts a generation on a device of its own, which is prepared before it is opened. */
export function start(options: DeviceOptions = {}, prepare: (device: Device) => void = () => undefined): Started {
  const device = createDevice(options);
  prepare(device);
  const engine = device.open();
  const heard = createHeardSignal();
  const generation = engine.generate(REQUEST, { signal: heard.signal });
  let changes = 0;
  generation.subscribe(() => void changes++);
  engine.subscribe(() => void changes++);
  return { device, engine, generation, heard, changes: () => changes };
}

/** What `leftoversOf` returns when nothing is left. */
export const NOTHING = { timers: 0, listeners: 0, locks: [], calls: [], events: [], changes: 0, timersLater: 0 };

/** What still waits or listens, and what happens in the following month, in which the caller aborts its signal. */
export async function leftoversOf({ device, heard, changes }: Started): Promise<unknown> {
  await device.clock.flush();
  const now = { timers: device.clock.pending, listeners: heard.listeners.size, locks: device.locked() };
  const [calls, events, changed] = [device.trace.length, device.events.length, changes()];
  heard.abort();
  await device.clock.advance(A_MONTH_MS);
  return {
    ...now,
    calls: device.trace.slice(calls), events: device.events.slice(events).map(({ type }) => type),
    changes: changes() - changed, timersLater: device.clock.pending,
  };
}
