// A real Redis for a test: the one that REDIS_URL names, or one started here on a free port of this machine, which can be killed and started again.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A Redis of the test's own. */
export interface StartedRedis {
  readonly url: string;
  /** Ends the process as a power cut does: nothing more is written. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port, over the same files. */
  readonly restart: () => Promise<void>;
  /** Ends it for good and deletes its files. */
  readonly stop: () => Promise<void>;
}

/** Whether a Redis keeps what it has when it ends: not at all, or each command before it is answered. */
export type RedisFiles = "none" | "every-command";

const REDIS_SERVER = "redis-server";
const FILES = {
  none: ["--save", "", "--appendonly", "no"],
  "every-command": ["--save", "", "--appendonly", "yes", "--appendfsync", "always"],
} as const;

/** Whether {@link startRedis} can do anything. */
export function canStartRedis(): boolean {
  return spawnSync(REDIS_SERVER, ["--version"]).status === 0;
}

export async function startRedis(files: RedisFiles = "none"): Promise<StartedRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "video-engine-redis-"));
  const start = async (): Promise<ChildProcess> => {
    const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, ...FILES[files]];
    const server = spawn(REDIS_SERVER, options, { stdio: "ignore" });
    await isUp(port, server);
    return server;
  };
  const end = async (server: ChildProcess): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGKILL");
    await ended;
  };
  let server = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => await end(server),
    restart: async () => void (server = await start()),
    stop: async () => {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves once it listens. */
async function isUp(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  throw new Error(`${REDIS_SERVER} did not start.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}
