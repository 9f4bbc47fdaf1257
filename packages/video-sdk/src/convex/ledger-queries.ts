// What the ledger reads of the backend: the balance, and the rows of the newest sessions. Changes nothing.
import { videoErrorData } from "../errors.ts";
import type { CallResult, FoundRow, JoblessRow } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { causeText } from "../thrown-error.ts";
import { within } from "../within.ts";
import { HTTP_DEADLINE_MS, isRefused, type BackendCall, type BackendRefusal } from "./call-function.ts";
import { classifyConvexError } from "./classify-convex-error.ts";
import { isSocketClient, type ConvexClientLike } from "./convex-client-like.ts";
import type { QueryReference, VideoFunctions } from "./function-names.ts";
import { readId, readReserved } from "./read-answers.ts";
import { newestTimeOf, readJoblessRows, readLoadingRows, readVideoSessionIds } from "./read-loading-rows.ts";

/** What the queries need. */
export interface LedgerQueriesOptions {
  readonly client: ConvexClientLike;
  readonly clock: Clock;
  readonly functions: VideoFunctions;
  readonly onRefused?: ((refusal: BackendRefusal) => void) | undefined;
}

/** Reads for the ledger. None of them rejects. */
export interface LedgerQueries {
  readReserved(): Promise<CallResult<number>>;
  readLoadingRows(): Promise<CallResult<readonly FoundRow[]>>;
  readJoblessRows(): Promise<CallResult<readonly JoblessRow[]>>;
  /** Whether a session certainly has no such row. A production deployment hides why it refuses, so that is looked up. */
  lacksRow(row: { readonly sessionId: string; readonly rowId: string }): Promise<boolean>;
}

/** The queries over the app's functions. */
export function createLedgerQueries(options: LedgerQueriesOptions): LedgerQueries {
  const { getUserSessions, getSessionGenerations } = options.functions.sessions;
  const readSessions = (call: BackendCall) => ask(options, { call, reference: getUserSessions, read: answered });
  const readSession = (call: BackendCall, sessionId: string) =>
    ask(options, { call, reference: getSessionGenerations, args: { sessionId }, read: answered });

  const readNewest = async (call: BackendCall): Promise<CallResult<Newest>> => {
    const sessions = await readSessions(call);
    if (!sessions.ok) return sessions;
    const rows: { sessionId: string; answer: unknown }[] = [];
    for (const sessionId of readVideoSessionIds(sessions.value)) {
      const result = await readSession(call, sessionId);
      if (!result.ok) return result;
      rows.push({ sessionId, answer: result.value });
    }
    return answered({ sessions: sessions.value, rows });
  };

  return {
    readReserved: () =>
      ask(options, {
        call: "readReserved",
        reference: options.functions.users.getUserCreditsBreakdown,
        read: readReserved,
      }),
    async readLoadingRows() {
      const newest = await readNewest("readLoadingRows");
      if (!newest.ok) return newest;
      return answered(newest.value.rows.flatMap(({ answer, sessionId }) => readLoadingRows(answer, sessionId)));
    },
    async readJoblessRows() {
      const newest = await readNewest("readJoblessRows");
      if (!newest.ok) return newest;
      const { sessions, rows } = newest.value;
      const newestTime = newestTimeOf([sessions, ...rows.map(({ answer }) => answer)]);
      return answered(rows.flatMap(({ answer, sessionId }) => readJoblessRows(answer, { sessionId, newestTime })));
    },
    async lacksRow({ sessionId, rowId }) {
      const rows = await readSession("updateRow", sessionId);
      if (!rows.ok || !lacks(rows.value, rowId)) return false;
      // A session of another user, or of none, has no rows to see: it must be one of this user's.
      const sessions = await readSessions("updateRow");
      return sessions.ok && readVideoSessionIds(sessions.value).includes(sessionId);
    },
  };
}

interface Newest {
  readonly sessions: unknown;
  readonly rows: readonly { readonly sessionId: string; readonly answer: unknown }[];
}

function answered<T>(value: T): CallResult<T> {
  return { ok: true, value };
}

function lacks(rows: unknown, rowId: string): boolean {
  if (!Array.isArray(rows)) return false;
  const ids = rows.map((row) => readId(row, "getSessionGenerations"));
  return ids.every((id) => id.ok && id.value !== rowId);
}

interface Question<T> {
  readonly call: BackendCall;
  readonly reference: QueryReference;
  readonly args?: Record<string, unknown>;
  read(answer: unknown): CallResult<T>;
}

/** Asks once. A client without `query` counts as unreachable. */
async function ask<T>(
  { client, clock, onRefused }: LedgerQueriesOptions,
  { call, reference, args = {}, read }: Question<T>,
): Promise<CallResult<T>> {
  const unread = (reason: string): CallResult<never> => {
    return { ok: false, certainty: "not-done", error: videoErrorData("unreachable", { details: { reason } }) };
  };
  if (client.query === undefined) return unread("The Convex client has no query().");
  try {
    return read(await within(client.query(reference, args), { clock, deadlineMs: HTTP_DEADLINE_MS }));
  } catch (thrown) {
    const message = causeText(thrown);
    if (isRefused(classifyConvexError(thrown, isSocketClient(client)))) onRefused?.({ call, message });
    return unread(message);
  }
}
