// What is asked of a Redis client: to run a script in one step. Each library has its own form of that call, and nothing else is used.

/** The package `ioredis`: a `Redis` or a `Cluster`. */
interface IoredisClient {
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  defineCommand: unknown;
}

/** The package `redis`: what `createClient` or `createCluster` returns, connected. */
interface NodeRedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  sendCommand: unknown;
}

/** The package `@upstash/redis`, which speaks HTTP: for edge runtimes. It reads an answer that is JSON. */
interface UpstashClient {
  eval<Given extends unknown[], Answer>(script: string, keys: string[], given: Given): Promise<Answer>;
  createScript: unknown;
}

/** A client of the package `ioredis`, `redis` or `@upstash/redis`. Made, connected and closed by the app. */
export type RedisClient = IoredisClient | NodeRedisClient | UpstashClient;

/** Runs a script on one key, in one step. Rejects when Redis does, or when the client gives up. */
export type RunScript = (script: string, key: string, ...given: readonly (string | number)[]) => Promise<unknown>;

/** Builds the call for each library. Throws a TypeError for anything else. */
export function runScriptWith(client: RedisClient): RunScript {
  if (isIoredis(client))
    return async (script, key, ...given) => await client.eval(script, 1, key, ...given.map(String));
  if (isNodeRedis(client)) {
    return async (script, key, ...given) => await client.eval(script, { keys: [key], arguments: given.map(String) });
  }
  if (isUpstash(client)) return async (script, key, ...given) => await client.eval(script, [key], given.map(String));
  throw new TypeError(
    "redisStores needs a client of the package ioredis, redis or @upstash/redis, such as `new Redis(url)` or `createClient({ url })`.",
  );
}

function isIoredis(client: RedisClient): client is IoredisClient {
  return has(client, "eval") && has(client, "defineCommand");
}

function isNodeRedis(client: RedisClient): client is NodeRedisClient {
  return has(client, "eval") && has(client, "sendCommand");
}

function isUpstash(client: RedisClient): client is UpstashClient {
  return has(client, "eval") && has(client, "createScript");
}

function has(client: unknown, method: string): boolean {
  return typeof (Object(client) as Readonly<Record<string, unknown>>)[method] === "function"; // whatever a caller without types passes
}
