// Puts a session and numbers of our own into the messages of a Convex client, and reads what comes back under them. The messages are no public
// contract of Convex: whatever is not as expected is not sent.
import type { SocketTexts } from "./compose-socket.ts";

/** A call as the wire knows it. */
export interface WireCall {
  readonly path: string;
  readonly number: number;
  /** The number that the client has given to it, once it was sent. */
  requestId?: number;
  /** How often it was sent over this client: again after each reconnect. */
  sent: number;
  /** Whether it may be sent now. Called before each time. Where not, the client must be closed, because it would try again. */
  mayBeSent(): boolean;
}

/** Options of a wire. */
export interface SessionWireOptions {
  readonly session: string;
  /** The calls that are out, in the order in which the client was given them. */
  readonly calls: ReadonlySet<WireCall>;
  /** Called with the type of a message that is not as it is known here. */
  onUnknown(type: string): void;
  /** Called when the server ends the connection for good, or says what cannot be read. The client would throw where nothing can catch it. */
  onFatal(): void;
}

/** What is read of a message of the client or of the server. */
interface Message {
  readonly type: string;
  readonly sessionId?: unknown;
  readonly requestId?: unknown;
  readonly udfPath?: unknown;
  readonly success?: unknown;
}

/** The texts of one client. */
export function createSessionWire({ session, calls, onUnknown, onFatal }: SessionWireOptions): SocketTexts {
  const find = (field: "requestId" | "number", value: unknown): WireCall | undefined =>
    [...calls].find((call) => call[field] === value);
  return {
    onUnreadable: onFatal,
    outgoing(text) {
      const message = JSON.parse(text) as Message; // a client sends objects
      const { type, sessionId, requestId, udfPath } = message;
      if (type === "Connect" && typeof sessionId === "string")
        return JSON.stringify({ ...message, sessionId: session });
      if (type === "Mutation" && typeof requestId === "number") {
        const call = find("requestId", requestId) ?? find("requestId", undefined);
        if (call?.path === udfPath && call !== undefined) {
          call.requestId = requestId;
          if (!call.mayBeSent()) return undefined;
          call.sent++;
          return JSON.stringify({ ...message, requestId: call.number });
        }
      }
      if (/^(Authenticate|ModifyQuerySet|Event)$/.test(type)) return text;
      onUnknown(type);
      return undefined;
    },
    incoming(text) {
      const message = JSON.parse(text) as Message; // so does the server
      if (message.type === "FatalError") {
        onFatal();
        return undefined;
      }
      if (message.type !== "MutationResponse") return text;
      const requestId = find("number", message.requestId)?.requestId;
      if (requestId === undefined) return undefined;
      // The client would take an answer to a call that may have run for a refusal.
      if (typeof message.success !== "boolean") throw new TypeError("An answer that says neither yes nor no.");
      return JSON.stringify({ ...message, requestId });
    },
  };
}
