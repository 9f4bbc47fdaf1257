// How long a request waits for its body and for what the app brings. What is late refuses the request, before anything is paid for.
import { VideoError } from "../errors.ts";
import type { Clock } from "../platform-ports.ts";
import { withinDeadline } from "./within-deadline.ts";

/** Time limits, milliseconds, each above 0. Calls of a provider have limits of their own. */
export interface VideoWaitLimits {
  /** For all of a request's body. Default 30 000. */
  readonly bodyMs?: number | undefined;
  /** For each answer of `authenticate`, `verifyReservation`, `isOurJob` and a storage. Default 10 000. */
  readonly checkMs?: number | undefined;
  /** For each answer of a store: the limiter, the answers to submits, the memory of webhooks. Default 3000. */
  readonly storeMs?: number | undefined;
  /** For each run of `rehost`, `extract` and `onJobEnded`. Default 30 000. */
  readonly workMs?: number | undefined;
}

/** What a request waits for. */
export type WaitedFor = keyof typeof LIMIT_OF;

/** Waits for something with its time limit, and aborts its signal then. Throws `provider-unavailable`, which promises that nothing was paid. */
export type WaitFor = <T>(what: WaitedFor, work: (over: AbortSignal) => Promise<T> | T) => Promise<T>;

const DEFAULTS: Readonly<Record<keyof VideoWaitLimits, number>> = {
  bodyMs: 30_000,
  checkMs: 10_000,
  storeMs: 3000,
  workMs: 30_000,
};

const LIMIT_OF = {
  body: "bodyMs",
  authenticate: "checkMs",
  limiter: "storeMs",
  idempotency: "storeMs",
  webhookMemory: "storeMs",
  storage: "checkMs",
  isOurJob: "checkMs",
  check: "checkMs",
  verifyReservation: "checkMs",
  rehost: "workMs",
  extract: "workMs",
  onJobEnded: "workMs",
} as const satisfies Record<string, keyof VideoWaitLimits>;

/** Builds the waiting. Throws a RangeError for a limit that is not a number above 0. */
export function createWaitFor(clock: Clock, given: VideoWaitLimits = {}): WaitFor {
  const limitOf = (name: keyof VideoWaitLimits): number => {
    const ms = given[name] ?? DEFAULTS[name];
    if (Number.isFinite(ms) && ms > 0) return ms;
    throw new RangeError(`waitLimits.${name} must be a number of milliseconds above 0; got ${ms}.`);
  };
  const limits = {
    bodyMs: limitOf("bodyMs"),
    checkMs: limitOf("checkMs"),
    storeMs: limitOf("storeMs"),
    workMs: limitOf("workMs"),
  };
  return (what, work) => {
    const ms = limits[LIMIT_OF[what]];
    return withinDeadline(work, { clock, ms, late: () => lateOf(what, ms) });
  };
}

function lateOf(what: WaitedFor, ms: number): VideoError {
  const message = what === "body" ? `The body did not arrive within ${ms} ms. Try again.` : undefined;
  return new VideoError("provider-unavailable", { message, cause: `${what}: nothing came within ${ms} ms.` });
}
