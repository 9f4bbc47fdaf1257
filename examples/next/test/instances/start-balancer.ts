// A small load balancer, as such things are set up: each request goes to the next instance that takes the connection, and a GET without an answer to
// another one. A POST whose connection breaks is broken on the client's side too, because what it has done is not known.
import { Agent, createServer, request as startRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";

/** A running balancer. */
export interface Balancer {
  readonly url: string;
  /** The instances, by their URLs, in the order in which they are asked; by turns unless `isFixed`. */
  readonly use: (urls: readonly string[], isFixed?: boolean) => void;
  readonly close: () => Promise<void>;
}

/** Starts it on a free port. */
export async function startBalancer(): Promise<Balancer> {
  const agent = new Agent({ keepAlive: false });
  let targets: readonly string[] = [];
  let turn = 0;
  let step = 1;
  const server = createServer((incoming, outgoing) => {
    const order = targets.map((_, index) => targets[(index + turn) % targets.length] ?? "");
    turn += step;
    incoming.on("error", () => undefined);
    void bodyOf(incoming).then((body) => pass({ incoming, outgoing, body, agent }, order));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    use: (urls, isFixed = false) => {
      [targets, turn, step] = [urls, 0, isFixed ? 0 : 1];
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Passed {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
  readonly agent: Agent;
}

function pass({ incoming, outgoing, body, agent }: Passed, [target, ...others]: readonly string[]): void {
  if (target === undefined) return void outgoing.writeHead(502).end();
  const { method, headers, url } = incoming;
  const onward = startRequest(`${target}${url ?? ""}`, { method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.on("error", () => outgoing.destroy()).pipe(outgoing);
  });
  onward.on("error", (error: NodeJS.ErrnoException) => {
    const isRepeatable = error.code === "ECONNREFUSED" || (method === "GET" && !outgoing.headersSent);
    if (isRepeatable && !outgoing.destroyed) pass({ incoming, outgoing, body, agent }, others);
    else outgoing.destroy();
  });
  outgoing.on("close", () => onward.destroy());
  onward.end(body);
}
