// Sends one mutation and says whether it was done. No retry, and no function of the app is known here.
import { videoErrorData } from "../errors.ts";
import type { CallResult, NumberedCall, VideoLedger } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { causeText } from "../thrown-error.ts";
import { TOO_LATE, within } from "../within.ts";
import { classifyConvexError } from "./classify-convex-error.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import type { NotAnswered, NumberedCalls } from "./exactly-once-calls.ts";
import type { MutationReference } from "./function-names.ts";
import { messageIn, saysNo } from "./read-answers.ts";

/** A method of the ledger that calls the backend. */
export type BackendCall = Exclude<
  keyof VideoLedger,
  "guarantee" | "showsRefunds" | "sentFields" | "numbersCalls" | "close"
>;

/** A function that has thrown, or answered `{ success: false }` where that is no answer to a question. */
export interface BackendRefusal {
  readonly call: BackendCall;
  /** The key of the call, which begins with the generation's id. Undefined for a call that has none, such as a question or the note of a job's id. */
  readonly key?: string | undefined;
  /** The backend's own words, where it gave any: without addresses, tokens and arguments, at most 200 characters. */
  readonly message: string | undefined;
}

/** What a call of a function needs. */
export interface CallFunctionOptions {
  readonly client: ConvexClientLike;
  readonly clock: Clock;
  readonly takesOperationIds?: boolean | undefined;
  /** Sends the calls that have a number. The others go over `client`. */
  readonly numbered?: NumberedCalls | undefined;
  readonly onRefused?: ((refusal: BackendRefusal) => void) | undefined;
}

/** What a call is known by. Its key becomes the `operationId` where the functions take one. */
export interface CallName {
  readonly key?: string | undefined;
  readonly call?: NumberedCall | undefined;
}

/** The arguments of the contract. What is undefined is not sent. */
export type CallArgs = Readonly<Record<string, unknown>>;

/** Gives one function as a call of the ledger. `read` gives what is returned its meaning. */
export type CallFunction = <T>(
  name: BackendCall,
  reference: MutationReference,
  read: (answer: unknown) => CallResult<T>,
) => (its: CallName, args: CallArgs) => Promise<CallResult<T>>;

/** Milliseconds until a call over HTTP counts as unanswered. The server itself ends a mutation after 60 s. */
export const HTTP_DEADLINE_MS = 60_000;

/** Whether a function ran and threw, or answered no: nothing was changed, and waiting alone does not help. */
export function isRefused(result: CallResult<unknown>): boolean {
  return !result.ok && result.certainty === "not-done" && result.error.code === "settlement-failed";
}

/** How the key of a mark ends, in the place of a deletion that was refused: another call of the same step. */
export const MARK = ":mark";

/** Calls that ask for something that may be missing: their no is a usual answer. */
const ASKING: readonly BackendCall[] = ["acquireSlot", "reserveCredits"];

/** Gives functions over a client as calls. */
export function createCallFunction(options: CallFunctionOptions): CallFunction {
  const { client, clock, takesOperationIds = false, numbered, onRefused } = options;
  const isSocket = isSocketClient(client);
  // A socket client's promise tells the truth, however late: giving up on it would not undo the call.
  const once = (reference: MutationReference, args: Record<string, unknown>): Promise<unknown> =>
    isSocket
      ? client.mutation(reference, args)
      : within(client.mutation(reference, args, { skipQueue: true }), { clock, deadlineMs: HTTP_DEADLINE_MS });
  return (name, reference, read) =>
    ({ key, call }, args) => {
      const isKeyed = takesOperationIds && key !== undefined;
      const isNumbered = numbered !== undefined && call !== undefined;
      const refused = (message: string | undefined): void => {
        try {
          onRefused?.({ call: name, key, message });
        } catch {
          // A listener has no part in what became of the call.
        }
      };
      const failed = (thrown: unknown): CallResult<never> => {
        if (thrown === TOO_LATE) return { ok: false, certainty: "unknown", error: videoErrorData("unreachable") };
        const failure = classifyConvexError(thrown, isSocket || isNumbered);
        if (isRefused(failure)) refused(causeText(thrown));
        return failure;
      };
      // The function has run, whatever becomes of reading its answer: what is thrown here is not a failure of the call.
      const answered = (value: unknown): ReturnType<typeof read> => {
        if (saysNo(value) && !ASKING.includes(name)) refused(messageIn(value));
        const result = read(value);
        // What was returned is kept: it would be read in the same way for ever.
        return result.ok || !(isKeyed || isNumbered) ? result : { ...result, isFinal: true };
      };
      try {
        if (isNumbered) {
          const sent = numbered.send({ call, reference, args, isMark: key?.endsWith(MARK) === true });
          return sent.then((said) => (said.ok ? answered(said.value) : withoutAnswer(said)), failed);
        }
        const sent = once(reference, isKeyed ? { ...args, operationId: key } : args);
        return Promise.resolve(sent).then(answered, failed);
      } catch (thrown) {
        return Promise.resolve(failed(thrown));
      }
    };
}

/** A step that was first asked for something else is decided: there is nothing to try again. */
function withoutAnswer({ certainty, code, message, isFinal }: NotAnswered): CallResult<never> {
  const details = code === "key-reused" ? { decided: "otherwise" } : undefined;
  return { ok: false, certainty, isFinal, error: videoErrorData(code, { message, details }) };
}
