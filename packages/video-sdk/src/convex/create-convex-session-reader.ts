// The app's session functions as a SessionReader: followed where the Convex client can, read once where it cannot. Keeps nothing.
import { isSocketClient } from "./convex-client-like.ts";
import { functionsByName, type VideoFunctions } from "./function-names.ts";
import { readId } from "./read-answers.ts";
import { videoErrorData } from "../errors.ts";
import type { CallResult, SessionReader } from "../ports.ts";
import { convexLiveQuery, convexReadError, type LiveConvexClient } from "./convex-live-query.ts";
import { readSessionRows, readSessions } from "./read-session-answers.ts";

/** The functions that are called, in the shape of the app's generated `api`. */
export interface SessionFunctions {
  readonly sessions: Pick<VideoFunctions["sessions"], "getUserSessions" | "getSessionGenerations" | "createSession">;
}

/** What the reader needs. */
export interface ConvexSessionReaderOptions {
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
    async create({ title = NEW_SESSION_TITLE, forceNew = false }) {
      // Convex's clients drop arguments that are undefined.
      const args = { type: "video", title, forceNew: forceNew || undefined };
      try {
        // In the queue of an HTTP client one hung call would hold this one up.
        const queue = isSocketClient(client) ? [] : [{ skipQueue: true }];
        return readId(await client.mutation(createSession, args, ...queue), "createSession");
      } catch (thrown) {
        return { ok: false, certainty: "not-done", error: convexReadError(thrown, client) };
      }
    },
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
