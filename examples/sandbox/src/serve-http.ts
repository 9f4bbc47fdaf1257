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
  const parts = incoming.iterator({ destroyOnReturn: false });
  const request = toRequest(incoming, bodyOf(parts), signalOf(outgoing));
  const response = request === undefined ? new Response("Not a request.", { status: 400 }) : await handler(request);
  if (isEventStream(response)) return await pass(response, outgoing);
  const body = new Uint8Array(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  outgoing.setHeaders(response.headers);
  if (incoming.method === "HEAD") outgoing.setHeader("content-length", body.length).end();
  else outgoing.end(body);
  // Lets go of what was left unread, so that the sender comes to its end and to the answer, and the connection can be used again.
  await parts.return?.();
  incoming.resume();
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

/** Undefined for what the web's Request does not allow, such as TRACE or the path `//`. */
function toRequest(
  { method = "GET", url = "/", headers }: IncomingMessage,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Request | undefined {
  const hasBody = method !== "GET" && method !== "HEAD";
  const init: RequestInit & { duplex: "half" } = {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    body: hasBody ? body : null,
    duplex: "half",
    signal,
  };
  try {
    return new Request(new URL(url, "http://localhost"), init);
  } catch {
    return undefined;
  }
}

/** The body as far as it is asked for: how much of it is too much is the handler's to say. One that breaks off is an error, never the end. */
function bodyOf(parts: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    const { done, value } = await parts.next();
    if (done === true) controller.close();
    else controller.enqueue(value);
  };
  return new ReadableStream({ pull, cancel: async () => void (await parts.return?.()) }, { highWaterMark: 0 });
}

/** Aborts when the caller has gone before its answer. */
function signalOf(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  return gone.signal;
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
