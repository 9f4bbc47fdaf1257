// One web-standard route behind Node's HTTP server on the loopback.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A route that listens. */
export interface TestRoute {
  /** Such as `http://127.0.0.1:40000`. Every path is the route. */
  readonly url: string;
  stop(): Promise<void>;
}

type Answer = (request: Request) => Promise<Response>;

/** Listens on a port of the system's choice. */
export async function startRoute(answer: Answer): Promise<TestRoute> {
  const server = createServer((incoming, outgoing) => {
    serve(answer, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The route has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { authorization = "" } = incoming.headers;
  const init = { method: incoming.method ?? "", headers: { authorization }, body: Buffer.concat(chunks) };
  const response = await answer(new Request(`https://app.example${incoming.url}`, init));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}
