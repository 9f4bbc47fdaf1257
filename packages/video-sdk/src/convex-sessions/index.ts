// `@video-engine/video-sdk/convex-sessions`: exactly once on Convex functions that take no key, and the check of a deployment for it.
export { convexSessions, type ConvexSessionsOptions } from "./convex-sessions.ts";
export { proveSessions, type ProveSessionsOptions, type SessionsProof } from "./prove-sessions.ts";
export type { ExactlyOnceCalls } from "../convex/exactly-once-calls.ts";
