// Puts a web-standard handler behind Node's HTTP server. Knows nothing of what is served.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** Answers one request. A rejection cuts the connection, which the other side sees as a failed fetch. */
export type WebHandler = (request: Request) => Promise<Response>;

/** A server that listens. */
export interface HttpServer {
  /** Such as `http://127.0.0.1:4400`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Listens. Port 0 takes a free one. Rejects when the port is taken. */
export async function serveHttp(
  handler: WebHandler,
  { port, host }: { port: number; host: string },
): Promise<HttpServer> {
  const server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return { url: `http://${host}:${portOf(server)}`, close: () => close(server) };
}

async function answer(handler: WebHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const response = await handler(await toRequest(incoming));
  if (isEventStream(response)) return await pass(response, outgoing);
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), "content-length": body.length });
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
}

function isEventStream({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/event-stream") === true;
}

/** Sends each event as it comes. The stream ends when its reader has gone. */
async function pass({ status, headers, body }: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, { ...Object.fromEntries(headers), "cache-control": "no-store" });
  outgoing.flushHeaders();
  const reader = body?.getReader();
  outgoing.once("close", () => void reader?.cancel());
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) outgoing.write(part.value);
  outgoing.end();
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(new URL(url, "http://localhost"), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    body: hasBody ? Buffer.concat(chunks) : null,
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
}
