// The calls of one session: over a connection that is opened for the first and closed when none is left.
import { getFunctionName, type FunctionReference } from "convex/server";
import { convexToJson, type Value } from "convex/values";
import type { NotAnswered, NumberedAnswer, NumberedMutation } from "../convex/exactly-once-calls.ts";
import type { Clock } from "../platform-ports.ts";
import { mayBeSent } from "./may-be-sent.ts";
import { MARK_OFFSET } from "./number-calls.ts";
import { openConnection, type Connection, type ConnectionOptions } from "./open-connection.ts";
import type { WireCall } from "./session-wire.ts";

/** How long a connection without calls stays open: the next step of a generation often follows at once. */
const LINGER_MS = 5_000;

/** The calls of one session. */
export interface SessionClient {
  send(mutation: NumberedMutation): Promise<NumberedAnswer>;
  close(): void;
}

type Why = Omit<NotAnswered, "ok" | "certainty">;

/** A client for the numbers of one session. `onClosed`: nothing of it is open any more. */
export function createSessionClient(
  session: string,
  { clock, ...options }: ConnectionOptions & { readonly clock: Clock },
  onClosed: () => void,
): SessionClient {
  const calls = new Set<OpenCall>();
  let connection: Connection | undefined;
  let lingering: unknown;

  const shut = (): void => {
    clock.clearTimeout(lingering);
    connection?.close();
    connection = undefined;
    onClosed();
  };
  /** Ends every call: one that was sent may have happened, and one that was not has not. */
  const stop = (why: Why): void => {
    for (const call of calls) call.fail(why);
    shut();
  };
  const open = ({ call: asked, reference, args }: NumberedMutation, number: number): OpenCall => {
    const path = getFunctionName(reference as FunctionReference<"mutation">); // what our type stands for
    // What cannot be sent is refused here: the client would make no message of it that a number could be put into.
    convexToJson(args as Value);
    connection ??= openConnection(options, { session, calls, onEnd: stop });
    const call = createOpenCall({ path, number, calls, stop }, (sent) => mayBeSent(asked, { sent, now: clock.now() }));
    void connection.mutation(path, args as Record<string, Value>).then(call.answered, call.threw);
    return call;
  };

  return {
    async send(mutation) {
      const number = mutation.call.number + (mutation.isMark ? MARK_OFFSET : 0);
      clock.clearTimeout(lingering);
      try {
        // The same call, made once more while it is out, waits for the first one's answer.
        return await ([...calls].find((call) => call.number === number) ?? open(mutation, number)).answer;
      } finally {
        clock.clearTimeout(lingering);
        if (calls.size === 0 && connection !== undefined) lingering = clock.setTimeout(shut, LINGER_MS);
      }
    },
    close: () => stop({ code: "disposed" }),
  };
}

/** A call that is out. */
interface OpenCall extends WireCall {
  readonly answer: Promise<NumberedAnswer>;
  answered(value: unknown): void;
  threw(thrown: unknown): void;
  /** Settles it without an answer. */
  fail(why: Why): void;
}

/** A call among `calls`, until it is settled. `isInTime`: whether it may be sent, after so many times. */
function createOpenCall(
  { path, number, calls, stop }: Pick<OpenCall, "path" | "number"> & { calls: Set<OpenCall>; stop(why: Why): void },
  isInTime: (sent: number) => boolean,
): OpenCall {
  let resolve: (answer: NumberedAnswer) => void;
  let reject: (thrown: unknown) => void;
  const end = (settle: () => void): unknown => calls.delete(call) && settle();
  const call: OpenCall = {
    path,
    number,
    sent: 0,
    answer: new Promise((...settle) => ([resolve, reject] = settle)),
    mayBeSent() {
      if (isInTime(call.sent)) return true;
      const message = "Seven days are over, or the clock was set back: Convex may have forgotten this call.";
      end(() => resolve({ ok: false, certainty: "unknown", code: "settlement-failed", message, isFinal: true }));
      stop({ code: "unreachable" });
      return false;
    },
    answered: (value) => end(() => resolve({ ok: true, value })),
    threw(thrown) {
      // Sent twice, this answers the second time, and the first may still be on its way.
      if (call.sent > 1) call.fail({ code: "unreachable" });
      else end(() => reject(thrown));
    },
    fail: (why) => end(() => resolve({ ok: false, certainty: call.sent > 0 ? "unknown" : "not-done", ...why })),
  };
  calls.add(call);
  return call;
}
