// The app's Convex functions as a VideoLedger: one method per function, one call per method. No retry, no state, no decision about money.
import { videoErrorData } from "../errors.ts";
import type { CallResult, Clock, FoundRow, Guarantee, LoadingRow, RowChange, VideoLedger } from "../ports.ts";
import { classifyConvexError } from "./classify-convex-error.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import { createTurns } from "./create-turns.ts";
import { functionsByName, type MutationReference, type QueryReference, type VideoFunctions } from "./function-names.ts";
import { readLoadingRows, readVideoSessionIds } from "./read-loading-rows.ts";
import { readId, readReservation, readReserved, readSettlement, readSlot } from "./read-answers.ts";

/** What the Convex side needs. */
export interface ConvexLedgerOptions {
  readonly client: ConvexClientLike;
  readonly clock: Clock;
  /** The app's generated `api`. Default: references by name. */
  readonly functions?: VideoFunctions;
  /** True where the functions take an `operationId` and run once per id. Never guessed: Convex refuses unknown arguments. Default false. */
  readonly takesOperationIds?: boolean;
  /**
   * True where nothing but this engine changes the user's credits while it is idle: no second device, no web tab, no server job.
   * Then holds that are in doubt are read back from the balance. Default false: a stranger's hold could be taken for ours.
   */
  readonly isOnlyWriter?: boolean;
  /** How the deployed schema stores a row's videos. Default `strings`. */
  readonly videosAs?: "strings" | "objects";
}

/** Milliseconds after which a mutation over HTTP counts as unanswered; the server itself ends one after 60 s. */
const HTTP_DEADLINE_MS = 60_000;

/** The app's functions as a {@link VideoLedger}. */
export function createConvexLedger(options: ConvexLedgerOptions): VideoLedger {
  const { functions = functionsByName(), takesOperationIds = false, videosAs = "strings" } = options;
  const { generations, users, sessions } = functions;
  const call = createCall(options);
  const exactlyOnce = (key: string | undefined): Record<string, unknown> =>
    takesOperationIds && key !== undefined ? { operationId: key } : {};
  const { client, isOnlyWriter = false } = options;
  // Over HTTP calls may overtake one another, and a note of the job that lands after its video would have the row load again.
  const inTurn = isSocketClient(client) ? <T>(_: string, run: () => T): T => run() : createTurns();
  const canReadBack = isOnlyWriter && client.query !== undefined;
  const guarantee: Guarantee = takesOperationIds ? "exactly-once" : canReadBack ? "reconciled" : "at-most-once";
  return {
    guarantee,
    ...(canReadBack
      ? { readReserved: () => ask(options, { reference: users.getUserCreditsBreakdown, read: readReserved }) }
      : {}),
    ...(client.query === undefined ? {} : { readLoadingRows: () => readNewestRows(options, sessions) }),
    acquireSlot: ({ prompt, key }) =>
      call(generations.acquireGenerationSlot, { type: "video", prompt, ...exactlyOnce(key) }, readSlot),
    closeSlot: ({ slotId, result, key }) =>
      call(generations.updateGenerationStatus, { generationId: slotId, ...result, ...exactlyOnce(key) }, ignore),
    reserveCredits: ({ credits, key }) =>
      call(users.reserveCredits, { amount: credits, ...exactlyOnce(key) }, readReservation),
    captureCredits: ({ credits, key }) =>
      call(users.captureReservedCredits, { amount: credits, ...exactlyOnce(key) }, (answer) =>
        readSettlement(answer, "captured"),
      ),
    releaseCredits: ({ credits, key }) =>
      call(users.releaseReservedCredits, { amount: credits, ...exactlyOnce(key) }, (answer) =>
        readSettlement(answer, "released"),
      ),
    createSession: ({ title, key }) =>
      call(sessions.createSession, { title, type: "video", ...exactlyOnce(key) }, (answer) =>
        readId(answer, "createSession"),
      ),
    recordRow: ({ key, ...row }) =>
      call(sessions.addGenerationToSession, { ...rowOf(row), ...exactlyOnce(key) }, (answer) =>
        readId(answer, "addGenerationToSession"),
      ),
    updateRow: ({ rowId, change, key }) =>
      inTurn(rowId, () =>
        call(
          sessions.updateGeneration,
          { generationId: rowId, ...changeOf(change, videosAs), ...exactlyOnce(key) },
          ignore,
        ),
      ),
  };
}

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
    return read(await within(Promise.resolve(client.query?.(reference, args)), clock));
  } catch {
    return { ok: false, certainty: "not-done", error: videoErrorData("unreachable") };
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

function rowOf({ sessionId, slotId, request, credits, modelLabel, aspectRatio }: LoadingRow): Record<string, unknown> {
  const sourceImage = request.attachmentImageUrl ?? request.startFrameImageUrl;
  return {
    ...{ sessionId, type: "video", prompt: request.prompt, model: request.model, modelLabel, aspectRatio },
    ...{ videos: [], isLoading: true, creditsUsed: credits, concurrencySlotId: slotId },
    ...(sourceImage === undefined ? {} : { sourceImage }),
    ...(request.removeWatermark ? { removeWatermark: true } : {}),
  };
}

function changeOf(change: RowChange, videosAs: "strings" | "objects"): Record<string, unknown> {
  switch (change.kind) {
    case "attached":
      return { isLoading: true, externalRequestId: change.requestId };
    case "finished": {
      const videos = videosAs === "strings" ? [...change.videos] : change.videos.map((url) => ({ url }));
      // A field cannot be taken back from the deployed function; an empty sentence shows nothing.
      return { isLoading: false, videos, completedAt: change.completedAt, ...(change.isLate ? { error: "" } : {}) };
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

type Call = <T>(
  reference: MutationReference,
  args: Record<string, unknown>,
  read: (answer: unknown) => CallResult<T>,
) => Promise<CallResult<T>>;

function createCall({ client, clock }: ConvexLedgerOptions): Call {
  const isSocket = isSocketClient(client);
  return async (reference, args, read) => {
    try {
      // A socket client's promise is the truth however long it takes; giving up on it would not undo the call.
      if (isSocket) return read(await client.mutation(reference, args));
      return read(await within(client.mutation(reference, args, { skipQueue: true }), clock));
    } catch (thrown) {
      if (thrown === TOO_LATE) return { ok: false, certainty: "unknown", error: videoErrorData("unreachable") };
      return classifyConvexError(thrown, isSocket);
    }
  };
}

const TOO_LATE = new Error("No answer in time.");

async function within<T>(answer: Promise<T>, clock: Clock): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => reject(TOO_LATE), HTTP_DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clock.clearTimeout(timer);
  }
}
