// Exactly once on functions that take no key, by the memory that a Convex deployment has of its clients' calls.
import type { AuthTokenFetcher } from "convex/browser";
import type { ExactlyOnceCalls, NotAnswered } from "../convex/exactly-once-calls.ts";
import { systemWebSocket } from "../platform/system.ts";
import { numberCalls } from "./number-calls.ts";
import { createSessionClient, type SessionClient } from "./session-client.ts";
import { createTokenGuard } from "./token-guard.ts";

/** Options of {@link convexSessions}. */
export interface ConvexSessionsOptions {
  /** The deployment, as the app's own client has it: `https://happy-otter-123.convex.cloud`. */
  readonly url: string;
  /**
   * The token of the signed-in user for Convex, as for `setAuth` of the app's own client. `null`: no user is signed in. When it begins to give
   * tokens of another user, no call is sent any more.
   */
  readonly fetchToken: AuthTokenFetcher;
  /** The `sub` of that user's tokens: with Clerk, the user's id. Default: that of the first token, so a wrong user is noticed from then on only. */
  readonly subject?: string | undefined;
  /** Default: the runtime's own. Needed in Node before 22: `ws` fits. */
  readonly WebSocket?: typeof WebSocket | undefined;
}

/**
 * A second, small Convex client for the calls that move money, so that each of them runs once on functions that take no key. It is opened when
 * such a call is made, and closed some seconds after the last: never the app's own client.
 *
 * A deployment keeps what a mutation returned under the client's session and number, for 14 days by default, and answers a repeat from there. Both
 * are put into the messages here, from the record of the generation. The messages are no public contract of Convex: prove it once with your
 * deployment (`video-engine doctor --convex URL`), and again when you update convex.
 *
 * @throws Error when `url` is no address of a deployment, or the runtime has no WebSocket and none is given.
 * @example
 * createVideoEngine({ ..., platform: webPlatform(), user, backend: { exactlyOnce: convexSessions({ url, fetchToken }) } });
 */
export function convexSessions({
  url,
  fetchToken,
  subject,
  WebSocket = systemWebSocket(),
}: ConvexSessionsOptions): ExactlyOnceCalls {
  if (!/^https?:../.test(url) || WebSocket === undefined)
    throw new Error(`convexSessions: \`url\` is "${url}" and \`WebSocket\` ${typeof WebSocket}.`);
  return {
    numberCalls,
    connect({ clock }) {
      const clients = new Map<string, SessionClient>();
      const options = { url, tokenFor: createTokenGuard(fetchToken, subject), WebSocket, clock };
      return {
        async send(mutation) {
          const { session, isOther } = mutation.call;
          if (isOther) return refused("key-reused");
          if (!UUID.test(session)) return refused("not-configured", "`platform.createId` must give UUIDs.");
          const client = clients.get(session) ?? createSessionClient(session, options, () => clients.delete(session));
          clients.set(session, client);
          return await client.send(mutation);
        },
        close: () => clients.forEach((client) => client.close()),
      };
    },
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Refused before anything was sent. */
function refused(code: NotAnswered["code"], message?: string): NotAnswered {
  return { ok: false, certainty: "not-done", code, message };
}
