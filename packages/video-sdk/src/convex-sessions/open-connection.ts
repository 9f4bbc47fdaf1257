// Convex's own client with a session and numbers of ours in what it sends.
import { BaseConvexClient, type AuthTokenFetcher } from "convex/browser";
import type { NotAnswered } from "../convex/exactly-once-calls.ts";
import { composeSocket } from "./compose-socket.ts";
import { createSessionWire, type WireCall } from "./session-wire.ts";
import type { GuardedToken } from "./token-guard.ts";

/** What every connection of one engine has. */
export interface ConnectionOptions {
  readonly url: string;
  readonly tokenFor: GuardedToken;
  readonly WebSocket: typeof WebSocket;
}

/** A connection for the numbers of one session. */
export interface Connection {
  /** The mutation goes out with the number of the call that was added to `calls` before. */
  readonly mutation: BaseConvexClient["mutation"];
  close(): void;
}

/** Opens a connection. `calls`: those that are out, in the order in which they were made. `onEnd`: it can send nothing any more, and is to be closed. */
export function openConnection(
  { url, tokenFor, WebSocket }: ConnectionOptions,
  {
    session,
    calls,
    onEnd,
  }: { session: string; calls: ReadonlySet<WireCall>; onEnd: (why: Omit<NotAnswered, "ok" | "certainty">) => void },
): Connection {
  let isOpen = true;
  const end: typeof onEnd = (why) => isOpen && onEnd(why);
  const wire = createSessionWire({
    session,
    calls,
    onUnknown: (type) =>
      end({
        code: "not-configured",
        message: `This convex sends a ${type} that is not known here: leave \`backend.exactlyOnce\` out.`,
      }),
    onFatal: () => end({ code: "unreachable" }),
  });
  const client = new BaseConvexClient(url, () => undefined, {
    webSocketConstructor: composeSocket(WebSocket, wire),
    unsavedChangesWarning: false,
    logger: false,
    skipConvexDeploymentUrlCheck: true,
    initialAuthTokenReuse: true,
  });
  const fetchToken: AuthTokenFetcher = async (request) => {
    const token = await tokenFor(request);
    if (typeof token === "string") return token;
    // Without a token the client would send everything as a caller who is not signed in.
    end(token);
    return null;
  };
  client.setAuth(fetchToken, () => undefined);
  return {
    mutation: (name, args) => client.mutation(name, args),
    close() {
      isOpen = false;
      void client.close();
    },
  };
}
