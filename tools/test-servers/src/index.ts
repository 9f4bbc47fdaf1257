// Servers of others that tests talk to, started on the loopback, and the log store of an operator. The public names, one by one.
export { askLog } from "./ask-log.ts";
export type { LogLine } from "./ask-log.ts";
export { hasQuerySignature, querySignatureOf } from "./query-signature.ts";
export type { ArrivedRequest } from "./query-signature.ts";
export { canStartRedis, startRedis } from "./start-redis.ts";
export type { RedisFiles, StartedRedis } from "./start-redis.ts";
export { startS3 } from "./start-s3.ts";
export type { TestS3 } from "./start-s3.ts";
