// The sandbox itself: that what a device lacks is lacking, that what it has is React Native's own, and that a fault is noticed.
import { findPresent } from "../device/absent.ts";
import { expectEqual, expectThat } from "./expect.ts";

/** The scenarios by name. */
export const DEVICE_SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  async "what bare React Native lacks is absent"() {
    expectEqual(findPresent(), [], "present");
  },

  async "URL is the imitation of React Native"() {
    expectEqual(new URL("/a/b", "https://x.test/y?z=1").href, "https://x.test/y?z=1/a/b", "a joined URL");
  },

  async "a signal is the one of abort-controller 3"() {
    expectEqual(
      [typeof AbortSignal, typeof AbortSignal.prototype.throwIfAborted],
      ["function", "undefined"],
      "AbortSignal",
    );
  },

  async "code from strings is refused"() {
    // oxlint-disable-next-line typescript/no-implied-eval -- that it throws is what is asserted
    const run = (): unknown => new Function("return 1");
    expectThat(didThrow(run), "new Function throws");
  },
};

/** Faults that must be reported as failures, or a green run means nothing. */
export const CONTROLS: Readonly<Record<string, () => Promise<void>>> = {
  async "using AbortSignal.any"() {
    AbortSignal.any([]);
  },
  async "using crypto"() {
    crypto.randomUUID();
  },
  async "never ending"() {
    await new Promise(() => undefined);
  },
};

function didThrow(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}
