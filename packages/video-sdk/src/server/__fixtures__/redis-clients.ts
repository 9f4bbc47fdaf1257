// The clients of every library that the stores take, connected to one Redis.
import { Redis as UpstashRedis } from "@upstash/redis";
import { Redis } from "ioredis";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { createClient } from "redis";
import type { RedisClient } from "../stores/redis-client.ts";

/** A client, and how to close it. */
export interface OpenedClient {
  readonly client: RedisClient;
  readonly close: () => Promise<void>;
}

/** How to open a client, by its package. */
export const REDIS_CLIENTS: Readonly<Record<string, (url: string) => Promise<OpenedClient>>> = {
  ioredis: openIoredis,
  redis: openNodeRedis,
  "@upstash/redis": openUpstash,
};

/** As apps make it: while Redis is gone, commands wait for it. */
export async function openIoredis(url: string): Promise<OpenedClient & { readonly client: Redis }> {
  const client = new Redis(url, { retryStrategy: () => 50 });
  client.on("error", () => undefined);
  await client.ping();
  return { client, close: async () => client.disconnect() };
}

async function openNodeRedis(url: string): Promise<OpenedClient> {
  const client = createClient({ url, socket: { reconnectStrategy: () => 50 } });
  client.on("error", () => undefined);
  await client.connect();
  return { client, close: async () => client.destroy() };
}

/** Lets time pass for every key: what would be left of its time is taken off. */
export async function passTime(redis: Redis, ms: number): Promise<void> {
  for (const key of await redis.keys("*")) {
    const leftMs = (await redis.pttl(key)) - ms;
    await (leftMs > 0 ? redis.pexpire(key, leftMs) : redis.del(key));
  }
}

/** Over HTTP, through a stand-in for its service that hands each command to the Redis. */
async function openUpstash(url: string): Promise<OpenedClient> {
  const { client: redis, close } = await openIoredis(url);
  const server = createServer((request, response) => void serve(redis, request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const client = new UpstashRedis({ url: `http://127.0.0.1:${port}`, token: "token", retry: false, enableTelemetry: false });
  return {
    client,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await close();
    },
  };
}

async function serve(redis: Redis, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  const answer = await answerTo(redis, JSON.parse(text));
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(request.headers["upstash-encoding"] === "base64" ? encoded(answer) : answer));
}

/** One command, or a list of them. */
async function answerTo(redis: Redis, body: readonly unknown[]): Promise<unknown> {
  if (Array.isArray(body[0])) return await Promise.all(body.map((command) => answerTo(redis, command as unknown[])));
  const [name = "", ...rest] = body.map(String);
  return await redis.call(name, ...rest).then(
    (result) => ({ result }),
    ({ message }: Error) => ({ error: message }),
  );
}

/** Every text within `result`, in base64. */
function encoded(value: unknown): unknown {
  if (typeof value === "string") return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(encoded);
  if (typeof value !== "object" || value === null || "error" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encoded(member)]));
}
