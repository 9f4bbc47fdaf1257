// A TCP proxy that can lose an answer: the request passes, and the connection dies when its answer comes back.
// Works on the bytes alone: the sync protocol's frames from the server are plain text.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy in front of a backend. */
export interface LossyProxy {
  readonly url: string;
  /** Cuts the connection instead of passing on the next chunk that contains `text`. Resolves when it has. */
  loseNext(text: string): Promise<void>;
}

/** Starts a proxy to `target`, closed when the test ends. */
export async function openLossyProxy(target: { url: string }): Promise<LossyProxy> {
  const port = Number(new URL(target.url).port);
  let trap: { text: string; sprung: () => void } | undefined;
  const passes = (chunk: Buffer): boolean => {
    if (trap === undefined || !chunk.includes(trap.text)) return true;
    trap.sprung();
    trap = undefined;
    return false;
  };
  const server = createServer((client) => relay(client, connect(port, "127.0.0.1"), passes));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    loseNext: (text) => new Promise((resolve) => (trap = { text, sprung: resolve })),
  };
}

function relay(client: Socket, backend: Socket, passes: (chunk: Buffer) => boolean): void {
  const cut = (): void => {
    client.destroy();
    backend.destroy();
  };
  for (const socket of [client, backend]) socket.on("close", cut).on("error", cut);
  client.pipe(backend);
  backend.on("data", (chunk: Buffer) => {
    if (passes(chunk)) client.write(chunk);
    else cut();
  });
}
