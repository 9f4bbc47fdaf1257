// The WebSocket side: accepts connections on /api/<version>/sync and gives each a session. Knows nothing of the messages.
import type { Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import type { CommitFeed } from "./commit-feed.ts";
import type { FunctionRunner } from "./function-runner.ts";
import { encodeServerMessage, type ServerMessage } from "./sync-protocol.ts";
import { SyncSession } from "./sync-session.ts";

/** A client gives a silent connection up after 60 s, so the real server pings every 15. */
const PING_EVERY_MS = 15_000;
const SYNC_PATH = /^\/api\/[^/]+\/sync$/;

/** What the sync server needs, beside the HTTP server that it attaches to. */
export interface SyncServerOptions {
  readonly runner: FunctionRunner;
  readonly commits: CommitFeed;
}

/** The sync server: cut its connections, and clients reconnect. */
export interface SyncServer {
  readonly dropConnections: () => void;
}

/** Serves the sync protocol on an HTTP server. */
export function attachSyncServer(server: Server, options: SyncServerOptions): SyncServer {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket: Duplex, head) => {
    if (!SYNC_PATH.test(request.url ?? "")) return void socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, options));
  });
  return {
    dropConnections: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function serve(socket: WebSocket, { runner, commits }: SyncServerOptions): void {
  const send = (message: ServerMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(encodeServerMessage(message));
  };
  const session = new SyncSession({
    runner,
    send,
    onCommit: commits.check,
    hangUp: () => socket.close(1000),
  });
  const unsubscribe = commits.subscribe(() => session.refresh());
  const pings = setInterval(() => send({ type: "Ping" }), PING_EVERY_MS).unref();
  socket.on("message", (data) => {
    // Always: ws gives a Buffer unless its binaryType says otherwise.
    if (Buffer.isBuffer(data)) session.receive(data.toString());
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    clearInterval(pings);
    unsubscribe();
    session.end();
  });
}
