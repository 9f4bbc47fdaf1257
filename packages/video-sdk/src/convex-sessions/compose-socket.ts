// A WebSocket whose texts are rewritten on their way. Composed, not subclassed: React Native's WebSocket cannot be subclassed.

/** What becomes of each text: another one, or none. */
export interface SocketTexts {
  outgoing(text: string): string | undefined;
  incoming(text: string): string | undefined;
  /** Called when what came in cannot be read, here or by the client, which would throw where nothing can catch it. */
  onUnreadable(): void;
}

/** What a Convex client uses of a WebSocket. It sends texts only. */
interface UsedSocket extends Pick<WebSocket, "onopen" | "onmessage" | "onerror" | "onclose" | "readyState" | "close"> {
  send(text: string): void;
}

/** A constructor for a Convex client's option `webSocketConstructor`. */
export function composeSocket(Inner: typeof WebSocket, texts: SocketTexts): typeof WebSocket {
  const open = function open(url: string | URL): UsedSocket {
    const inner = new Inner(url);
    const outer: UsedSocket = {
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
      get readyState() {
        return inner.readyState;
      },
      send(text) {
        const sent = texts.outgoing(text);
        if (sent !== undefined) inner.send(sent);
      },
      close: (...reason) => inner.close(...reason),
    };
    for (const name of ["onopen", "onerror", "onclose"] as const)
      inner[name] = (event: Event) => (outer[name] as ((event: Event) => void) | null)?.(event);
    inner.onmessage = ({ data }) => {
      try {
        const heard = texts.incoming(String(data));
        if (heard !== undefined) (outer.onmessage as ((event: { data: string }) => void) | null)?.({ data: heard });
      } catch {
        texts.onUnreadable();
      }
    };
    return outer;
  };
  // `new` of a function that returns an object gives that object.
  return open as unknown as typeof WebSocket;
}
