// The app's Convex functions as a VideoLedger: one method per function, one call per method. No retry, no decision about money.
import { videoErrorData } from "../errors.ts";
import type { CallResult, Clock, FoundRow, LoadingRow, RowChange, VideoLedger } from "../ports.ts";
import { TOO_LATE, within } from "../within.ts";
import { classifyConvexError } from "./classify-convex-error.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import { functionsByName, type MutationReference, type QueryReference, type VideoFunctions } from "./function-names.ts";
import { causeText } from "../thrown-error.ts";
import { messageIn, readId, readReservation, readReserved, readSettlement, readSlot, saysNo } from "./read-answers.ts";
import { readLoadingRows, readVideoSessionIds } from "./read-loading-rows.ts";

/** What the ledger needs. */
export interface ConvexLedgerOptions {
  readonly client: ConvexClientLike;
  readonly clock: Clock;
  /** The app's generated `api`. Default: references by name. */
  readonly functions?: VideoFunctions | undefined;
  /** True where the functions take an `operationId` and run once per id. Default false, because Convex refuses unknown arguments. */
  readonly takesOperationIds?: boolean | undefined;
  /**
   * True where only this engine changes the user's credits: no second device, no other tab, no server job. Then holds that are in doubt
   * are read back from the balance. Default false, because another writer's hold could be taken for ours.
   */
  readonly isOnlyWriter?: boolean | undefined;
  /** How the deployed schema stores a row's videos. Default `strings`. */
  readonly videosAs?: "strings" | "objects" | undefined;
  /** Called when a function has answered with an explicit no where the answer is not waited for or is money. For the developer's log. */
  readonly onRefused?: ((refusal: BackendRefusal) => void) | undefined;
}

/** A function that has answered `{ success: false }`. */
export interface BackendRefusal {
  readonly call: "captureCredits" | "releaseCredits" | "closeSlot" | "updateRow";
  /** The backend's own words, where it gave any. */
  readonly message: string | undefined;
}

/** Milliseconds until a mutation over HTTP counts as unanswered. The server itself ends one after 60 s. */
const HTTP_DEADLINE_MS = 60_000;

/** The app's functions as a {@link VideoLedger}. */
export function createConvexLedger(options: ConvexLedgerOptions): VideoLedger {
  const { client, functions = functionsByName(), isOnlyWriter = false, videosAs = "strings", onRefused } = options;
  const { generations, users, sessions } = functions;
  const call = createCall(options);
  // Calls over HTTP may overtake one another: the job's id, if it arrived after the video, would set the row to loading again.
  const inTurn = isSocketClient(client) ? <T>(_: string, run: () => T): T => run() : createTurns();
  const canReadBack = isOnlyWriter && client.query !== undefined;
  const noting =
    <T>(name: BackendRefusal["call"], read: (answer: unknown) => CallResult<T>) =>
    (answer: unknown): CallResult<T> => {
      if (saysNo(answer)) onRefused?.({ call: name, message: messageIn(answer) });
      return read(answer);
    };
  const readBack = () => ask(options, { reference: users.getUserCreditsBreakdown, read: readReserved });
  return {
    guarantee: options.takesOperationIds ? "exactly-once" : canReadBack ? "reconciled" : "at-most-once",
    readReserved: canReadBack ? readBack : undefined,
    readLoadingRows: client.query && (() => readNewestRows(options, sessions)),
    acquireSlot: ({ key, prompt }) => call(generations.acquireGenerationSlot, { key, type: "video", prompt }, readSlot),
    closeSlot: ({ key, slotId: generationId, result }) =>
      call(generations.updateGenerationStatus, { key, generationId, ...result }, noting("closeSlot", ignore)),
    reserveCredits: ({ key, credits: amount }) => call(users.reserveCredits, { key, amount }, readReservation),
    captureCredits: ({ key, credits: amount }) =>
      call(users.captureReservedCredits, { key, amount }, noting("captureCredits", readCapture)),
    releaseCredits: ({ key, credits: amount }) =>
      call(users.releaseReservedCredits, { key, amount }, noting("releaseCredits", readRelease)),
    createSession: ({ key, title }) => call(sessions.createSession, { key, title, type: "video" }, readSessionId),
    recordRow: ({ key, ...row }) => call(sessions.addGenerationToSession, { key, ...rowOf(row) }, readRowId),
    updateRow: ({ key, rowId: generationId, sessionId, change }) =>
      inTurn(generationId, async () => {
        const args = { key, generationId, ...changeOf(change, videosAs) };
        const result = await call(sessions.updateGeneration, args, noting("updateRow", ignore));
        const isRefused = !result.ok && result.certainty === "not-done" && result.error.code === "settlement-failed";
        const isGone = isRefused && sessionId !== undefined && (await lacksRow(options, { sessionId, generationId }));
        return isGone ? ROW_GONE : result;
      }),
  };
}

const readCapture = (answer: unknown) => readSettlement(answer, "captured");
const readRelease = (answer: unknown) => readSettlement(answer, "released");
const readSessionId = (answer: unknown) => readId(answer, "createSession");
const readRowId = (answer: unknown) => readId(answer, "addGenerationToSession");

interface Question<T> {
  readonly reference: QueryReference;
  readonly args?: Record<string, unknown>;
  read(answer: unknown): CallResult<T>;
}

async function ask<T>(
  { client, clock }: ConvexLedgerOptions,
  { reference, args = {}, read }: Question<T>,
): Promise<CallResult<T>> {
  try {
    return read(await within(client.query?.(reference, args), { clock, deadlineMs: HTTP_DEADLINE_MS }));
  } catch (thrown) {
    const details = { reason: causeText(thrown) };
    return { ok: false, certainty: "not-done", error: videoErrorData("unreachable", { details }) };
  }
}

async function readNewestRows(
  options: ConvexLedgerOptions,
  { getUserSessions, getSessionGenerations }: VideoFunctions["sessions"],
): Promise<CallResult<readonly FoundRow[]>> {
  const answered = <T>(value: T): CallResult<T> => ({ ok: true, value });
  const found = await ask(options, {
    reference: getUserSessions,
    read: (answer) => answered(readVideoSessionIds(answer)),
  });
  if (!found.ok) return found;
  const rows: FoundRow[] = [];
  for (const sessionId of found.value) {
    const read = (answer: unknown): CallResult<readonly FoundRow[]> => answered(readLoadingRows(answer, sessionId));
    const result = await ask(options, { reference: getSessionGenerations, args: { sessionId }, read });
    if (!result.ok) return result;
    rows.push(...result.value);
  }
  return answered(rows);
}

const ROW_GONE: CallResult<never> = { ok: false, certainty: "not-done", error: videoErrorData("not-found") };

/** Whether a session certainly has no such row. A production deployment hides why it refuses, so that is looked up. */
async function lacksRow(
  options: ConvexLedgerOptions,
  { sessionId, generationId }: { readonly sessionId: string; readonly generationId: string },
): Promise<boolean> {
  const { client, functions = functionsByName() } = options;
  if (client.query === undefined) return false;
  const read = (answer: unknown): CallResult<boolean> => {
    const ids = Array.isArray(answer) ? answer.map(readRowId) : undefined;
    return { ok: true, value: ids?.every((id) => id.ok && id.value !== generationId) ?? false };
  };
  const { getSessionGenerations, getUserSessions } = functions.sessions;
  const rows = await ask(options, { reference: getSessionGenerations, args: { sessionId }, read });
  if (!rows.ok || !rows.value) return false;
  // A session of another user, or of none, has no rows to see: it must be one of this user's.
  const readIds = (answer: unknown) => ({ ok: true, value: readVideoSessionIds(answer) }) as const;
  const sessions = await ask(options, { reference: getUserSessions, read: readIds });
  return sessions.ok && sessions.value.includes(sessionId);
}

function rowOf({ sessionId, slotId, request, credits, modelLabel, aspectRatio }: LoadingRow): Record<string, unknown> {
  return {
    sessionId,
    type: "video",
    prompt: request.prompt,
    model: request.model,
    modelLabel,
    aspectRatio,
    videos: [],
    isLoading: true,
    creditsUsed: credits,
    concurrencySlotId: slotId,
    // Convex's clients drop arguments that are undefined.
    sourceImage: request.attachmentImageUrl ?? request.startFrameImageUrl,
    removeWatermark: request.removeWatermark || undefined,
  };
}

function changeOf(change: RowChange, videosAs: "strings" | "objects"): Record<string, unknown> {
  switch (change.kind) {
    case "attached":
      return { isLoading: true, externalRequestId: change.requestId };
    case "finished": {
      const videos = videosAs === "strings" ? [...change.videos] : change.videos.map((url) => ({ url }));
      // The deployed function cannot remove a field; an empty sentence shows nothing.
      const error = change.isLate ? "" : undefined;
      return { isLoading: false, videos, completedAt: change.completedAt, error };
    }
    case "failed":
      return { isLoading: false, error: change.message, completedAt: change.completedAt };
    case "previewed":
      return { isLoading: false, previewImage: change.previewImage };
  }
}

function ignore(): CallResult<void> {
  return { ok: true, value: undefined };
}

/** Calls one function. Its key becomes the `operationId` where the functions take one. */
type Call = <T>(
  reference: MutationReference,
  args: { readonly key: string | undefined } & Record<string, unknown>,
  read: (answer: unknown) => CallResult<T>,
) => Promise<CallResult<T>>;

function createCall({ client, clock, takesOperationIds = false }: ConvexLedgerOptions): Call {
  const isSocket = isSocketClient(client);
  return async (reference, { key, ...contract }, read) => {
    const args = takesOperationIds && key !== undefined ? { ...contract, operationId: key } : contract;
    try {
      // A socket client's promise tells the truth, however late: giving up on it would not undo the call.
      if (isSocket) return read(await client.mutation(reference, args));
      return read(
        await within(client.mutation(reference, args, { skipQueue: true }), { clock, deadlineMs: HTTP_DEADLINE_MS }),
      );
    } catch (thrown) {
      if (thrown === TOO_LATE) return { ok: false, certainty: "unknown", error: videoErrorData("unreachable") };
      return classifyConvexError(thrown, isSocket);
    }
  };
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
