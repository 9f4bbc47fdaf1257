// The app's session functions as a SessionReader: followed where the Convex client can, read once where it cannot. Keeps nothing.
import { isSocketClient } from "./convex-client-like.ts";
import { functionsByName, type MutationReference, type VideoFunctions } from "./function-names.ts";
import { messageIn, readId, saysNo } from "./read-answers.ts";
import { videoErrorData } from "../errors.ts";
import type { CallResult, SessionReader } from "../ports.ts";
import { convexLiveQuery, convexReadError, type LiveConvexClient } from "./convex-live-query.ts";
import { readSessionRows, readSessions } from "./read-session-answers.ts";

/** The functions that are called, in the shape of the app's generated `api`. */
export interface SessionFunctions {
  readonly sessions: Pick<VideoFunctions["sessions"], "getUserSessions" | "getSessionGenerations" | "createSession">;
}

/** Mutations that not every backend has. Left out: the sessions have no such method. A deletion of what is gone already may be refused. */
export interface SessionEdits {
  /** Takes `{ sessionId, title }`. */
  readonly renameSession?: MutationReference | undefined;
  /** Takes `{ sessionId }`, and removes its rows too. Should refuse while one of them is still loading. */
  readonly deleteSession?: MutationReference | undefined;
  /** Takes `{ generationId }`, the id of a row. */
  readonly deleteVideo?: MutationReference | undefined;
}

/** What the reader needs. */
export interface ConvexSessionReaderOptions extends SessionEdits {
  /** ConvexReactClient, ConvexClient or ConvexHttpClient, signed in as the user. */
  readonly client: LiveConvexClient;
  /** The app's generated `api`. Default: references by name. */
  readonly functions?: SessionFunctions | undefined;
}

/** The shipped clients send a title with every session, so the deployed function may need one. */
const NEW_SESSION_TITLE = "New session";

/** A reader of the user's sessions and rows over the app's Convex functions. */
export function createConvexSessionReader(options: ConvexSessionReaderOptions): SessionReader {
  const { client, functions = functionsByName() } = options;
  const { getUserSessions, getSessionGenerations, createSession } = functions.sessions;
  const { renameSession, deleteSession, deleteVideo } = options;
  const call = async <T>(reference: MutationReference, args: Fields, read: (answer: unknown) => CallResult<T>) => {
    try {
      // In the queue of an HTTP client one hung call would hold this one up.
      const queue = isSocketClient(client) ? [] : [{ skipQueue: true }];
      return read(await client.mutation(reference, args, ...queue));
    } catch (thrown) {
      return { ok: false, certainty: "not-done", error: convexReadError(thrown, client) } as const;
    }
  };
  return {
    sessions: convexLiveQuery({
      client,
      reference: getUserSessions,
      args: {},
      read: listReader("getUserSessions", readSessions),
    }),
    rows: (sessionId) =>
      convexLiveQuery({
        client,
        reference: getSessionGenerations,
        args: { sessionId },
        read: listReader("getSessionGenerations", readSessionRows),
      }),
    // Convex's clients drop arguments that are undefined.
    create: ({ title = NEW_SESSION_TITLE, forceNew = false }) =>
      call(createSession, { type: "video", title, forceNew: forceNew || undefined }, (answer) =>
        readId(answer, "createSession"),
      ),
    rename: renameSession && ((sessionId, title) => call(renameSession, { sessionId, title }, readDone)),
    remove: deleteSession && ((sessionId) => call(deleteSession, { sessionId }, readDone)),
    removeRow: deleteVideo && ((generationId) => call(deleteVideo, { generationId }, readDone)),
  };
}

type Fields = Record<string, unknown>;

/** Done, unless the function says by its answer that it is not. */
function readDone(answer: unknown): CallResult<void> {
  if (!saysNo(answer)) return { ok: true, value: undefined };
  const message = messageIn(answer);
  return {
    ok: false,
    certainty: "not-done",
    error: videoErrorData("internal", message === undefined ? {} : { message }),
  };
}

/** Reads a list. null and undefined, which functions answer where no user is signed in, are an empty list. */
function listReader<T>(name: string, read: (answer: unknown) => readonly T[]) {
  return (answer: unknown): CallResult<readonly T[]> => {
    if (Array.isArray(answer) || answer === null || answer === undefined) return { ok: true, value: read(answer) };
    const error = videoErrorData("protocol-mismatch", { message: `${name} answered without a list.` });
    return { ok: false, certainty: "not-done", error };
  };
}
