// Arguments beside those that the deployed functions are known to take: which are sent, and what becomes of a call that is refused with them.
import type { CallResult } from "../ports.ts";
import { isRefused, type BackendCall } from "./call-function.ts";

/**
 * An argument that the functions may take beside those of the shipped clients: `creditsUsed`, `videos` (an empty list), `sourceImage` and
 * `removeWatermark` of a new row, `externalRequestId` of a row, `refunded` (true) of a row that has failed once its credits were released, by a
 * call of its own, and `slotError`, the `error` of a slot that failed.
 */
export type BackendField =
  | ("creditsUsed" | "externalRequestId" | "videos" | "slotError")
  | ("sourceImage" | "removeWatermark" | "refunded");

/** The fields to send: these, all of them, or those that a refusal has not shown to be too many. */
export type BackendFields = readonly BackendField[] | "all" | "probe";

/** The fields that a backend does not take, as a probe has shown. */
export interface RefusedFields {
  readonly call: BackendCall;
  /** Left out from now on. One of them was refused, or more. */
  readonly fields: readonly BackendField[];
}

/** By the name of the argument. */
const ARGUMENTS: Readonly<Record<BackendField, string>> = {
  creditsUsed: "creditsUsed",
  externalRequestId: "externalRequestId",
  videos: "videos",
  slotError: "error",
  sourceImage: "sourceImage",
  removeWatermark: "removeWatermark",
  refunded: "refunded",
};

/** Every field. */
export const BACKEND_FIELDS = Object.keys(ARGUMENTS) as readonly BackendField[]; // the keys of this record are its type's

/** What a probe tries. The others are in no call, and a refusal of one switches off all of its call. */
const PROBED: readonly BackendField[] = ["creditsUsed", "externalRequestId", "videos", "slotError"];

/** A call with its optional fields. One that is undefined is not wanted. */
export interface CallWithFields {
  readonly call: BackendCall;
  readonly key: string | undefined;
  readonly fields: Partial<Record<BackendField, unknown>>;
  /** Names of those to send, whatever is configured: the call may be a repeat of one from before an update of the app. */
  readonly as?: readonly string[] | undefined;
}

/** Sends calls with the fields that the backend takes. */
export interface FieldSender {
  /** The fields that are configured. Undefined while it probes, when a call and its repeat without fields have keys of their own. */
  readonly configured: readonly BackendField[] | undefined;
  /** Whether a field is sent. */
  takes(field: BackendField): boolean;
  /** `once`: sends the call under this key with these arguments beside its own. */
  send<T>(
    call: CallWithFields,
    once: (key: string | undefined, args: Record<string, unknown>) => Promise<CallResult<T>>,
  ): Promise<CallResult<T>>;
}

/** Options of {@link createFieldSender}. */
export interface FieldSenderOptions {
  /** Default: none. */
  readonly fields?: BackendFields | undefined;
  readonly onFieldsRefused?: ((refused: RefusedFields) => void) | undefined;
}

/**
 * A sender for one engine. While it probes, a call that is certainly refused is sent once more without its fields, under a key of its own,
 * because the first answer to a key is final. A call whose outcome is unknown is never sent so.
 */
export function createFieldSender({ fields = [], onFieldsRefused }: FieldSenderOptions): FieldSender {
  const isProbing = fields === "probe";
  const known = isProbing ? PROBED : fields === "all" ? BACKEND_FIELDS : fields;
  const off = new Set<BackendField>();
  /** Keys of calls without an answer, those that were sent without their fields among them. */
  const unanswered = new Set<string>();
  const takes = (field: BackendField): boolean => known.includes(field) && !off.has(field);

  const wantedOf = (given: CallWithFields["fields"], from: readonly string[] = known): readonly BackendField[] =>
    BACKEND_FIELDS.filter((field) => from.includes(field) && given[field] !== undefined);

  const switchOff = (call: BackendCall, refused: readonly BackendField[]): void => {
    if (!refused.some(takes)) return;
    for (const field of refused) off.add(field);
    onFieldsRefused?.({ call, fields: refused });
  };

  const isUnanswered = (key: string | undefined): boolean => key !== undefined && unanswered.has(key);
  const note = (key: string | undefined, result: CallResult<unknown>): void => {
    if (key === undefined) return;
    if (result.ok || isRefused(result)) unanswered.delete(key);
    else if (result.certainty === "unknown") unanswered.add(key);
  };

  const probe: FieldSender["send"] = async ({ call, key, fields: given }, once) => {
    const wanted = wantedOf(given);
    const plainKey = key && `${key}:plain`;
    // What may have been done is asked for again as it was, whatever is known since.
    const isTried = isUnanswered(key) || (!isUnanswered(plainKey) && wanted.every(takes));
    const first = isTried ? await once(key, argsOf(wanted, given)) : undefined;
    if (first !== undefined) note(key, first);
    if (first !== undefined && !isRefused(first)) return first;
    const plain = await once(plainKey, {});
    note(plainKey, plain);
    if (plain.ok && isTried) switchOff(call, wanted);
    return plain;
  };

  return {
    takes,
    configured: isProbing ? undefined : known,
    send(sent, once) {
      const { key, fields: given, as } = sent;
      const wanted = wantedOf(given, as);
      return isProbing && as === undefined && wanted.length > 0 ? probe(sent, once) : once(key, argsOf(wanted, given));
    },
  };
}

function argsOf(wanted: readonly BackendField[], given: CallWithFields["fields"]): Record<string, unknown> {
  return Object.fromEntries(wanted.map((field) => [ARGUMENTS[field], given[field]]));
}
