// The calls of one session: over a connection that is opened for the first and closed when none is left.
import { getFunctionName, type FunctionReference } from "convex/server";
import { convexToJson, type Value } from "convex/values";
import type { NumberedMutation } from "../convex/exactly-once-calls.ts";
import type { VideoErrorData } from "../errors.ts";
import type { CallResult, Clock } from "../ports.ts";
import { failures } from "./failures.ts";
import { mayBeSent } from "./may-be-sent.ts";
import { MARK_OFFSET } from "./number-calls.ts";
import { openConnection, type Connection, type ConnectionOptions } from "./open-connection.ts";
import type { WireCall } from "./session-wire.ts";

/** How long a connection without calls stays open: the next step of a generation often follows at once. */
const LINGER_MS = 5_000;

/** The calls of one session. */
export interface SessionClient {
  send(mutation: NumberedMutation): Promise<CallResult<unknown>>;
  close(): void;
}

/** A client for the numbers of one session. `onClosed`: nothing of it is open any more. */
export function createSessionClient(
  session: string,
  { clock, ...options }: ConnectionOptions & { readonly clock: Clock },
  onClosed: () => void,
): SessionClient {
  const calls = new Set<OpenCall>();
  /** The same call, made once more while it is out, waits for the first one's answer. */
  const out = new Map<number, Promise<CallResult<unknown>>>();
  let connection: Connection | undefined;
  let lingering: unknown;

  const shut = (): void => {
    clock.clearTimeout(lingering);
    connection?.close();
    connection = undefined;
    onClosed();
  };
  /** Ends every call: one that was sent may have happened, and one that was not has not. */
  const stop = (error: VideoErrorData): void => {
    for (const call of calls) call.end({ ok: false, certainty: call.sent > 0 ? "unknown" : "not-done", error });
    shut();
  };
  const linger = (): void => {
    clock.clearTimeout(lingering);
    if (calls.size === 0 && connection !== undefined) lingering = clock.setTimeout(shut, LINGER_MS);
  };
  const sendNew = async (mutation: NumberedMutation, number: number): Promise<CallResult<unknown>> => {
    const path = getFunctionName(mutation.reference as FunctionReference<"mutation">); // what our type stands for
    // What cannot be sent is refused here: the client would make no message of it that a number could be put into.
    convexToJson(mutation.args as Value);
    const call = createOpenCall({ path, number, mutation, clock, calls });
    connection ??= openConnection(options, { session, calls, onEnd: stop });
    void connection.mutation(path, mutation.args as Record<string, Value>).then(call.answered, call.threw);
    return await call.result;
  };

  return {
    async send(mutation) {
      const number = mutation.call.number + (mutation.isMark ? MARK_OFFSET : 0);
      clock.clearTimeout(lingering);
      const answer = out.get(number) ?? sendNew(mutation, number).finally(() => out.delete(number));
      out.set(number, answer);
      try {
        return await answer;
      } finally {
        linger();
      }
    },
    close: () => stop(failures.closed),
  };
}

interface OpenCall extends WireCall {
  readonly result: Promise<CallResult<unknown>>;
  answered(value: unknown): void;
  threw(thrown: unknown): void;
  /** Settles it without its answer. */
  end(result: CallResult<unknown>): void;
}

/** A call that is out, among `calls` until it is settled. */
function createOpenCall({
  path,
  number,
  mutation,
  clock,
  calls,
}: Pick<WireCall, "path" | "number"> & {
  readonly mutation: NumberedMutation;
  readonly clock: Pick<Clock, "now">;
  readonly calls: Set<OpenCall>;
}): OpenCall {
  let settle: { resolve(result: CallResult<unknown>): void; reject(thrown: unknown): void } | undefined;
  const result = new Promise<CallResult<unknown>>((resolve, reject) => (settle = { resolve, reject }));
  const call: OpenCall = {
    path,
    number,
    sent: 0,
    result,
    mayBeSent() {
      const may = mayBeSent(mutation.call, { sent: call.sent, now: clock.now() });
      if (!may) call.end({ ok: false, certainty: "unknown", error: failures.tooLate, isFinal: true });
      return may;
    },
    answered: (value) => call.end({ ok: true, value }),
    threw(thrown) {
      // Sent twice, this answers the second time, and the first may still be on its way.
      if (call.sent > 1) call.end({ ok: false, certainty: "unknown", error: failures.thrownOnce });
      else if (calls.delete(call)) settle?.reject(thrown);
    },
    end(ended) {
      if (calls.delete(call)) settle?.resolve(ended);
    },
  };
  calls.add(call);
  return call;
}
