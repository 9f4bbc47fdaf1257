// What is kept between two requests: in Redis, for several instances, or in the memory of this one.
import { redisStores, type VideoStores } from "@video-engine/video-sdk/server";
import { Redis } from "ioredis";
import { optionalSetting } from "./setting.ts";

/** The stores of REDIS_URL; undefined without one. Connects with the first request, and again whenever the connection is lost. */
export function videoStores(): VideoStores | undefined {
  const url = optionalSetting("REDIS_URL");
  if (url === undefined) return undefined;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: (attempt) => Math.min(attempt * 100, 1000) });
  // Each request that needed it says so; a client without a listener would write to the console by itself.
  client.on("error", () => undefined);
  return redisStores(client);
}
