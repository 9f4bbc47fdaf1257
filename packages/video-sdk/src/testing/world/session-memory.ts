// A deployment that keeps what its functions returned to each number of a session, in front of books whose functions take no key; and what a client
// of it does before it sends. As Convex it compares neither function nor arguments, keeps nothing of a call that threw, and forgets after 14 days.
import { mayBeSent } from "../../convex-sessions/may-be-sent.ts";
import { numberCalls } from "../../convex-sessions/number-calls.ts";
import type { EngineOptions } from "../../engine/create-engine.ts";
import { videoErrorData, type VideoErrorCode } from "../../errors.ts";
import type { CallResult, NumberedCall, VideoLedger } from "../../ports.ts";
import type { Clock } from "../../platform-ports.ts";
import type { Ports } from "./watch-calls.ts";

/** Milliseconds. */
const KEPT_MS = 14 * 24 * 60 * 60_000;

/** What the functions return instead of throwing it: it is kept. */
const RETURNED: ReadonlySet<VideoErrorCode> = new Set<VideoErrorCode>(["slot-limit-reached", "insufficient-credits"]);

/** The ledger behind such a deployment. A call without a number runs each time. */
export function withSessionMemory<Ledger extends VideoLedger>(ledger: Ledger, clock: Pick<Clock, "now">): Ledger {
  const kept = new Map<string, { readonly result: Promise<CallResult<unknown>>; readonly at: number }>();
  const numbered = eachNumbered(ledger, async ({ session, number }, run) => {
    const name = `${session}:${number}`;
    const known = kept.get(name);
    if (known !== undefined && clock.now() - known.at <= KEPT_MS) {
      const before = await known.result;
      if (isReturned(before)) return before;
    }
    const result = run().then((answer) => (answer.ok || !isReturned(answer) ? answer : { ...answer, isFinal: true }));
    kept.set(name, { result, at: clock.now() });
    return await result;
  });
  return { ...numbered, guarantee: "exactly-once", numbersCalls: true };
}

/** The ports of an engine on a device with this clock: a call that it would not send is refused where it is made. */
export function sendNumbered(
  { ledger, api }: Ports,
  clock: Pick<Clock, "now">,
): Ports & Pick<EngineOptions, "numberCalls"> {
  if (ledger.numbersCalls !== true) return { ledger, api };
  const sending = eachNumbered(ledger, async (call, run) => {
    if (call.isOther) return refused("not-done", "key-reused", { details: { decided: "otherwise" } });
    const isKept = mayBeSent(call, { sent: 0, now: clock.now() });
    return isKept ? await run() : { ...refused("unknown", "settlement-failed"), isFinal: true };
  });
  return { ledger: sending, api, numberCalls };
}

type Around = (call: NumberedCall, run: () => Promise<CallResult<unknown>>) => Promise<CallResult<unknown>>;

function eachNumbered<Ledger extends VideoLedger>(ledger: Ledger, around: Around): Ledger {
  const through =
    <Input extends { readonly call?: NumberedCall | undefined }, T>(method: (input: Input) => Promise<CallResult<T>>) =>
    (input: Input): Promise<CallResult<T>> =>
      input.call === undefined
        ? method(input)
        : // One number belongs to one operation, so to one type.
          (around(input.call, () => method(input)) as Promise<CallResult<T>>);
  return {
    ...ledger,
    acquireSlot: through(ledger.acquireSlot),
    closeSlot: through(ledger.closeSlot),
    reserveCredits: through(ledger.reserveCredits),
    captureCredits: through(ledger.captureCredits),
    releaseCredits: through(ledger.releaseCredits),
    createSession: through(ledger.createSession),
    recordRow: through(ledger.recordRow),
    updateRow: through(ledger.updateRow),
  };
}

function isReturned(result: CallResult<unknown>): boolean {
  return result.ok || RETURNED.has(result.error.code);
}

function refused(
  certainty: "not-done" | "unknown",
  code: VideoErrorCode,
  options: { readonly details?: Record<string, unknown> } = {},
): Extract<CallResult<never>, { ok: false }> {
  return { ok: false, certainty, error: videoErrorData(code, options) };
}
