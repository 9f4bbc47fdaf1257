// The app's Convex functions as a VideoLedger: one method per function. No retry and no decision about money.
import { videoErrorData } from "../errors.ts";
import type { CallResult, LoadingRow, RowChange, VideoLedger } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { createCallFunction, isRefused, MARK, type BackendRefusal, type CallFunction } from "./call-function.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import type { ExactlyOnceCalls } from "./exactly-once-calls.ts";
import { functionsByName, type MutationReference, type VideoFunctions } from "./function-names.ts";
import { createLedgerQueries } from "./ledger-queries.ts";
import { createFieldSender, type BackendFields, type FieldSender, type RefusedFields } from "./optional-fields.ts";
import { readId, readReservation, readSettlement, readSlot, saysNo } from "./read-answers.ts";

/** What the ledger needs. */
export interface ConvexLedgerOptions {
  readonly client: ConvexClientLike;
  readonly clock: Clock;
  /** The app's generated `api`. Default: references by name. */
  readonly functions?: VideoFunctions | undefined;
  /** True where the functions take an `operationId` and run once per id. Default false, because Convex refuses unknown arguments. */
  readonly takesOperationIds?: boolean | undefined;
  /**
   * `convexSessions({ url, fetchToken })` of `@video-engine/video-sdk/convex-sessions`: runs each call once on functions that take no key, by the
   * memory that the deployment has of its clients' calls. Needs a storage. Not together with `takesOperationIds`.
   */
  readonly exactlyOnce?: ExactlyOnceCalls | undefined;
  /**
   * True where only this engine changes the user's credits: no second device, no other tab, no server job. Then holds that are in doubt
   * are read back from the balance. Default false, because another writer's hold could be taken for ours.
   */
  readonly isOnlyWriter?: boolean | undefined;
  /** How the deployed schema stores a row's videos. Default `strings`. */
  readonly videosAs?: "strings" | "objects" | undefined;
  /**
   * What the functions take beside the arguments of the shipped clients, because Convex refuses what it does not know: a list, or `"all"`. Default:
   * nothing. `externalRequestId` lets other devices find a job, and with `creditsUsed` adopt it. `"probe"`: those two, `videos` and
   * `slotError` are tried; a call that throws is sent once more without them, and when that succeeds they stay off for this engine, as the
   * event `fields-refused` says. The text of an error decides nothing.
   */
  readonly fields?: BackendFields | undefined;
  /**
   * The app's function that deletes a row, called with `{ generationId }`. Then a row that has failed is deleted where no video can come any
   * more, and marked where that is refused. Default: it is marked.
   */
  readonly deleteFailedRow?: MutationReference | undefined;
  /** Called when a function has thrown, or has answered no where that is not usual. For the developer's log. */
  readonly onRefused?: ((refusal: BackendRefusal) => void) | undefined;
  /** Called when a probe has switched fields off. */
  readonly onFieldsRefused?: ((refused: RefusedFields) => void) | undefined;
}

/** The app's functions as a {@link VideoLedger}. */
export function createConvexLedger(options: ConvexLedgerOptions): VideoLedger {
  const { client, functions = functionsByName(), isOnlyWriter = false } = options;
  const { generations, users, sessions } = functions;
  const numbered = options.exactlyOnce?.connect(options);
  const call = createCallFunction({ ...options, numbered });
  const queries = createLedgerQueries({ ...options, functions });
  const sender = createFieldSender(options);
  const changeRow = createRowChanges({ ...options, functions }, { call, sender });
  const acquireSlot = call("acquireSlot", generations.acquireGenerationSlot, readSlot);
  const closeSlot = call("closeSlot", generations.updateGenerationStatus, ignore);
  const reserve = call("reserveCredits", users.reserveCredits, readReservation);
  const capture = call("captureCredits", users.captureReservedCredits, readCapture);
  const release = call("releaseCredits", users.releaseReservedCredits, readRelease);
  const createSession = call("createSession", sessions.createSession, readSessionId);
  const addRow = call("recordRow", sessions.addGenerationToSession, readRowId);
  const [canRead, canReadBack] = [client.query !== undefined, isOnlyWriter && client.query !== undefined];
  // Calls over HTTP may overtake one another: the job's id, if it arrived after the video, would set the row to loading again.
  const inTurn = isSocketClient(client) ? <T>(_: string, run: () => T): T => run() : createTurns();
  return {
    guarantee: guaranteeOf(options, canReadBack),
    numbersCalls: numbered !== undefined,
    close: numbered?.close,
    showsRefunds: sender.takes("refunded"),
    sentFields: guaranteeOf(options, canReadBack) === "exactly-once" ? sender.configured : undefined,
    readReserved: canReadBack ? queries.readReserved : undefined,
    readLoadingRows: canRead ? queries.readLoadingRows : undefined,
    readJoblessRows: canRead ? queries.readJoblessRows : undefined,
    acquireSlot: (input) => acquireSlot(input, { type: "video", prompt: input.prompt }),
    closeSlot: (input) => {
      const { result } = input;
      const { status } = result;
      const own = status === "completed" ? { status, videoUrl: result.videoUrl } : { status };
      const fields = { slotError: status === "failed" ? result.error : undefined };
      return sender.send({ call: "closeSlot", key: input.key, fields, as: input.fields }, (key, more) =>
        closeSlot({ key, call: input.call }, { generationId: input.slotId, ...own, ...more }),
      );
    },
    reserveCredits: (input) => reserve(input, { amount: input.credits }),
    captureCredits: (input) => capture(input, { amount: input.credits }),
    releaseCredits: (input) => release(input, { amount: input.credits }),
    createSession: (input) => createSession(input, { title: input.title, type: "video" }),
    recordRow: (input) =>
      sender.send(
        { call: "recordRow", key: input.key, fields: optionalFieldsOf(input), as: input.fields },
        (key, more) => addRow({ key, call: input.call }, { ...rowOf(input), ...more }),
      ),
    updateRow: (input) =>
      inTurn(input.rowId, () => changeRow(input).then((result) => explained(result, input, queries))),
  };
}

function guaranteeOf(
  { takesOperationIds = false, exactlyOnce }: ConvexLedgerOptions,
  canReadBack: boolean,
): VideoLedger["guarantee"] {
  if (takesOperationIds || exactlyOnce !== undefined) return "exactly-once";
  return canReadBack ? "reconciled" : "at-most-once";
}

const readCapture = (answer: unknown) => readSettlement(answer, "captured");
const readRelease = (answer: unknown) => readSettlement(answer, "released");
const readSessionId = (answer: unknown) => readId(answer, "createSession");
const readRowId = (answer: unknown) => readId(answer, "addGenerationToSession");
const readDeletion = (answer: unknown): CallResult<void> =>
  saysNo(answer) ? { ok: false, certainty: "not-done", error: videoErrorData("settlement-failed") } : ignore();

const ROW_GONE: CallResult<never> = { ok: false, certainty: "not-done", error: videoErrorData("not-found") };

/** A refusal to change a row may mean that it is gone, which a look into its session shows. */
function explained(
  result: CallResult<void>,
  { sessionId, rowId }: RowUpdate,
  { lacksRow }: ReturnType<typeof createLedgerQueries>,
): Promise<CallResult<void>> | CallResult<void> {
  if (!isRefused(result) || sessionId === undefined) return result;
  return lacksRow({ sessionId, rowId }).then((isGone) => (isGone ? ROW_GONE : result));
}

type RowUpdate = Parameters<VideoLedger["updateRow"]>[0];

/** Writes one change of a row by the function for it. */
function createRowChanges(
  { functions, deleteFailedRow, videosAs = "strings" }: ConvexLedgerOptions & { readonly functions: VideoFunctions },
  { call, sender }: { readonly call: CallFunction; readonly sender: FieldSender },
): (update: RowUpdate) => Promise<CallResult<void>> {
  const update = call("updateRow", functions.sessions.updateGeneration, ignore);
  const remove = deleteFailedRow && call("updateRow", deleteFailedRow, readDeletion);
  return (input) => {
    const { key, rowId: generationId, change } = input;
    if (change.kind === "attached") {
      if (!sender.takes("externalRequestId")) return Promise.resolve(ignore());
      const attached = { call: "updateRow", key, fields: { externalRequestId: change.requestId } } as const;
      return sender.send(attached, (itsKey, more) =>
        update({ key: itsKey, call: input.call }, { generationId, isLoading: true, ...more }),
      );
    }
    if (change.kind === "refunded") {
      // Of a row that was to be deleted nothing is said: it is gone, or at least shows no charge that is wrong.
      const isShown = sender.takes("refunded") && (change.mayDelete !== true || remove === undefined);
      const refunded = { generationId, isLoading: false, refunded: true };
      return isShown ? update(input, refunded) : Promise.resolve(ignore());
    }
    const args = { generationId, ...changeOf(change, videosAs) };
    if (change.kind !== "failed" || change.mayDelete !== true || remove === undefined) return update(input, args);
    // The first answer to a key is final, so the mark has one of its own.
    return remove(input, { generationId }).then((deleted) =>
      isRefused(deleted) ? update({ ...input, key: key && `${key}${MARK}` }, args) : deleted,
    );
  };
}

function rowOf({ sessionId, slotId, request, modelLabel, aspectRatio }: LoadingRow): Record<string, unknown> {
  const { prompt, model } = request;
  const shown = { type: "video", prompt, model, modelLabel, aspectRatio, isLoading: true };
  return { sessionId, ...shown, concurrencySlotId: slotId };
}

function optionalFieldsOf({ request, credits }: LoadingRow) {
  return {
    videos: [],
    creditsUsed: credits,
    sourceImage: request.attachmentImageUrl ?? request.startFrameImageUrl,
    removeWatermark: request.removeWatermark || undefined,
  };
}

function changeOf(
  change: Exclude<RowChange, { readonly kind: "attached" | "refunded" }>,
  videosAs: "strings" | "objects",
): Record<string, unknown> {
  switch (change.kind) {
    case "finished": {
      const videos = videosAs === "strings" ? [...change.videos] : change.videos.map((url) => ({ url }));
      // The deployed function cannot remove a field; an empty sentence shows nothing.
      const error = change.isLate ? "" : undefined;
      return { isLoading: false, videos, completedAt: change.completedAt, error };
    }
    case "failed":
      return { isLoading: false, error: change.message };
    case "previewed":
      return { isLoading: false, previewImage: change.previewImage };
  }
}

function ignore(): CallResult<void> {
  return { ok: true, value: undefined };
}

/** Runs calls for the same row one after the other. None of them may reject. */
function createTurns(): <T>(rowId: string, run: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, Promise<unknown>>();
  return (rowId, run) => {
    const before = turns.get(rowId);
    const next = before === undefined ? run() : before.then(run);
    const ended: Promise<unknown> = next.then(() => void (turns.get(rowId) === ended && turns.delete(rowId)));
    turns.set(rowId, ended);
    return next;
  };
}
