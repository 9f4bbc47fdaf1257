// Time for tests whose routes run in this process: the timers are fake, but the routes sign by the real WebCrypto, which answers from a thread of
// its own. So each step of the time waits until no signature is being made, however busy the machine is.
import { afterAll, beforeAll, vi } from "vitest";

type Sign = (...args: never[]) => Promise<unknown>;
type Subtle = Record<"digest" | "importKey" | "sign" | "verify", Sign>;

/** Taken before a test replaces it. */
const soon = globalThis.setImmediate;
/** What has been asked for is on its way to the next signature after so many turns of the event loop. */
const QUIET_TURNS = 3;
const underWay = new Set<Promise<unknown>>();

/** Knows of every signature that is being made, for every test of the file. */
export function watchSignatures(): void {
  const subtle = crypto.subtle as unknown as Subtle;
  const names = ["digest", "importKey", "sign", "verify"] as const;
  beforeAll(() => {
    for (const name of names) {
      const make = subtle[name].bind(subtle);
      subtle[name] = async (...args) => {
        const made = make(...args);
        underWay.add(made);
        try {
          return await made;
        } finally {
          underWay.delete(made);
        }
      };
    }
  });
  afterAll(() => {
    for (const name of names) Reflect.deleteProperty(subtle, name);
  });
}

async function untilSigned(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await new Promise((resolve) => void soon(resolve));
    if (underWay.size === 0) continue;
    await Promise.allSettled(underWay);
    quiet = -1;
  }
}

/** Lets time pass in small steps until it has passed, or what the test waits for is there. */
export async function passTime(ms: number, stepMs: number, isOver = (): boolean => false): Promise<void> {
  for (let passed = 0; passed < ms && !isOver(); passed += stepMs) {
    await vi.advanceTimersByTimeAsync(stepMs);
    await untilSigned();
  }
}
