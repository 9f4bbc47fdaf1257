// A real Redis for a test: the one that REDIS_URL names, or one started here on a free port of this machine.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";

/** A connected client, and a function that stops everything. */
export interface StartedRedis {
  readonly client: Redis;
  readonly stop: () => Promise<void>;
}

const REDIS_SERVER = "redis-server";
const NO_FILES = ["--save", "", "--appendonly", "no"];

/** Whether {@link startRedis} can do anything. */
export function canStartRedis(): boolean {
  return Boolean(process.env["REDIS_URL"]) || spawnSync(REDIS_SERVER, ["--version"]).status === 0;
}

export async function startRedis(): Promise<StartedRedis> {
  const { REDIS_URL } = process.env;
  if (REDIS_URL) return await connect(REDIS_URL, async () => undefined);
  const port = await freePort();
  const server = spawn(REDIS_SERVER, ["--port", String(port), "--bind", "127.0.0.1", ...NO_FILES], { stdio: "ignore" });
  return await connect(`redis://127.0.0.1:${port}`, async () => {
    const ended = once(server, "exit");
    server.kill();
    await ended;
  });
}

async function connect(url: string, stop: () => Promise<void>): Promise<StartedRedis> {
  // Commands wait until the server can be reached.
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on("error", () => undefined);
  await client.ping();
  return {
    client,
    async stop() {
      await client.quit();
      await stop();
    },
  };
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
