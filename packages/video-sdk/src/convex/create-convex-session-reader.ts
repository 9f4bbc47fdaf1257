// The app's session functions as a SessionReader: followed where the Convex client can, asked once where it cannot. Keeps nothing.
import { isSocketClient } from "./convex-client-like.ts";
import { functionsByName, type VideoFunctions } from "./function-names.ts";
import { readId } from "./read-answers.ts";
import { videoErrorData } from "../errors.ts";
import type { CallResult, SessionReader } from "../ports.ts";
import { convexLiveQuery, convexReadError, type LiveConvexClient } from "./convex-live-query.ts";
import { readSessionRows, readSessions } from "./read-session-answers.ts";

/** The functions that are called, as the app's generated `api` has them. */
export interface SessionFunctions {
  readonly sessions: Pick<VideoFunctions["sessions"], "getUserSessions" | "getSessionGenerations" | "createSession">;
}

/** What the reader needs. */
export interface ConvexSessionReaderOptions {
  /** ConvexReactClient, ConvexClient or ConvexHttpClient, signed in as the user. */
  readonly client: LiveConvexClient;
  /** The app's generated `api`. Default: references by name. */
  readonly functions?: SessionFunctions;
}

/** The user's sessions and rows as the app's Convex functions give them. */
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
    async create({ title, forceNew = false }) {
      const args = { type: "video", ...(title === undefined ? {} : { title }), ...(forceNew ? { forceNew } : {}) };
      try {
        // The queue of an HTTP client is for those who send many; one hung call would hold this one up.
        const queue = isSocketClient(client) ? [] : [{ skipQueue: true }];
        return readId(await client.mutation(createSession, args, ...queue), "createSession");
      } catch (thrown) {
        return { ok: false, certainty: "not-done", error: convexReadError(thrown, client) };
      }
    },
  };
}

/** Reads a list. Nothing at all, as functions answer where nobody is signed in, is an empty one. */
function listReader<T>(name: string, read: (answer: unknown) => readonly T[]) {
  return (answer: unknown): CallResult<readonly T[]> => {
    if (Array.isArray(answer) || answer === null || answer === undefined) return { ok: true, value: read(answer) };
    const error = videoErrorData("protocol-mismatch", { message: `${name} answered without a list.` });
    return { ok: false, certainty: "not-done", error };
  };
}
