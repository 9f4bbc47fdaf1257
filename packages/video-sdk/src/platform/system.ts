// The only file that uses the runtime's clock, timers, random numbers and ids. All others get them passed in.
import type { Clock, VideoPlatform } from "../platform-ports.ts";

/** The runtime's own clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, delayMs) => setTimeout(run, delayMs),
  clearTimeout: (timer) => {
    clearTimeout(timer as ReturnType<typeof setTimeout>); // it came from setTimeout above
  },
};

/** A platform that works in every runtime. */
export const systemPlatform: VideoPlatform = {
  clock: systemClock,
  random: () => Math.random(),
  createId: createRandomId,
};

/** A version 4 UUID, made by Math.random where the runtime has no crypto (bare React Native). */
function createRandomId(): string {
  const native = globalThis.crypto as Crypto | undefined; // typed as always present, absent on React Native
  // Lower case it is already. Node joins it of twenty pieces, which V8 keeps, 400 bytes of them, until the text is first gone through.
  if (typeof native?.randomUUID === "function") return native.randomUUID().toLowerCase();
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) => {
    const digit = Math.floor(Math.random() * 16);
    return (place === "x" ? digit : (digit & 0x3) | 0x8).toString(16);
  });
}

/** The runtime's WebSocket. Undefined where there is none, such as in Node before 22. */
export function systemWebSocket(): typeof WebSocket | undefined {
  return globalThis.WebSocket as typeof WebSocket | undefined; // typed as always present
}
