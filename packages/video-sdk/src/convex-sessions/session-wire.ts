// Puts a session and numbers of our own into the messages of a Convex client, and reads what comes back under them. The messages are no public
// contract of Convex: whatever is not as expected is not sent.
import type { SocketTexts } from "./compose-socket.ts";

/** A call as the wire knows it. */
export interface WireCall {
  readonly path: string;
  readonly number: number;
  /** How often it was sent over this client: again after each reconnect. */
  sent: number;
  /** Whether it may be sent now. Called before each time. */
  mayBeSent(): boolean;
}

/** Options of a wire. */
export interface SessionWireOptions {
  readonly session: string;
  /** Calls in the order in which the client was given them. */
  readonly calls: ReadonlySet<WireCall>;
  /** Called when the client speaks otherwise than is known here. */
  onUnknown(what: string): void;
  /** Called when the server ends the connection for good. The client would throw where nothing can catch it. */
  onFatal(): void;
}

type Message = Readonly<Record<string, unknown>>;

/** The texts of one client. */
export function createSessionWire({ session, calls, onUnknown, onFatal }: SessionWireOptions): SocketTexts {
  /** Which call has which number of the client. */
  const byRequest = new Map<number, WireCall>();

  const mutation = (message: Message): Message | undefined => {
    const { requestId, udfPath } = message;
    if (typeof requestId !== "number") return unknown("a Mutation");
    const known = new Set(byRequest.values());
    const call = byRequest.get(requestId) ?? [...calls].find((one) => !known.has(one));
    if (call === undefined || call.path !== udfPath) return unknown("a Mutation");
    byRequest.set(requestId, call);
    if (!call.mayBeSent()) return undefined;
    call.sent++;
    return { ...message, requestId: call.number };
  };

  const unknown = (what: string): undefined => {
    onUnknown(what);
    return undefined;
  };

  const outgoing = (message: Message): Message | undefined => {
    switch (message["type"]) {
      case "Connect":
        return typeof message["sessionId"] === "string" ? { ...message, sessionId: session } : unknown("a Connect");
      case "Mutation":
        return mutation(message);
      case "Authenticate":
      case "ModifyQuerySet":
      case "Event":
        return message;
      default:
        return unknown(`a message of the type "${String(message["type"])}"`);
    }
  };

  const incoming = (message: Message): Message | undefined => {
    if (message["type"] === "FatalError") {
      onFatal();
      return undefined;
    }
    if (message["type"] !== "MutationResponse") return message;
    // A number that has been answered may be asked again under another request of the client.
    const isAnswered = (call: WireCall): boolean => call.number === message["requestId"] && calls.has(call);
    const [requestId] = [...byRequest].find(([, call]) => isAnswered(call)) ?? [];
    return requestId === undefined ? undefined : { ...message, requestId };
  };

  return {
    outgoing: (text) => rewritten(text, outgoing),
    incoming: (text) => rewritten(text, incoming),
  };
}

/** A message that stays the same stays the same text. */
function rewritten(text: string, by: (message: Message) => Message | undefined): string | undefined {
  const message = JSON.parse(text) as Message; // a client sends objects, and so does the server
  const result = by(message);
  return result === message ? text : result && JSON.stringify(result);
}
