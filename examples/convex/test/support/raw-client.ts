// A bare WebSocket that speaks the sync protocol word by word, for what the real clients never say.
import { onTestFinished } from "vitest";

interface Received {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A connection: say a message, wait for the next one of a type. */
export interface RawClient {
  say(message: unknown): void;
  hear(type: string): Promise<Received>;
  readonly closed: Promise<void>;
}

/** Connects; with a session id it introduces itself as a client does. */
export async function openRawClient({ url }: { url: string }, sessionId?: string): Promise<RawClient> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/1.48.0/sync`);
  onTestFinished(() => socket.close());
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  const heard: Received[] = [];
  socket.addEventListener("message", ({ data }) => heard.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", reject);
  });
  const say = (message: unknown): void => socket.send(typeof message === "string" ? message : JSON.stringify(message));
  if (sessionId !== undefined) say({ type: "Connect", sessionId, connectionCount: 0 });
  return {
    say,
    closed,
    async hear(type) {
      for (;;) {
        const index = heard.findIndex((message) => message.type === type);
        const [message] = index < 0 ? [] : heard.splice(index, 1);
        if (message !== undefined) return message;
        await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
      }
    },
  };
}
