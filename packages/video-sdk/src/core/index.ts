// `@video-engine/video-sdk/core`: the pure machine, for other hosts such as a server, a Convex deployment or a simulation. Rules: SPEC.md.
export { adopt } from "./adopt.ts";
export type { Effect, EffectType, OutsideEffect, WaitKey } from "./effect.ts";
export { videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
export type { EventPayload, EventType, GenerationEvent } from "./event.ts";
export { decodeRecord, encodeRecord, type DecodedRecord, type Unreadable } from "./journal-record.ts";
export type { ModelFacts } from "./model-facts.ts";
export {
  createPollingPolicy,
  defaultPollingPolicy,
  pollingLimitsFor,
  type PollContext,
  type PollDecision,
  type PollingLimits,
  type PollingOptions,
  type PollingPolicy,
} from "./polling-policy.ts";
export { QUIET_MS, reconcile, type Doubt, type DoubtFinding } from "./reconcile.ts";
export { isUnfinished, resume, type Moment } from "./resume.ts";
export { DEFAULT_RETRY_LIMITS, type RetryLimits } from "./retry-limits.ts";
export { isDecided, snapshotOf, type GenerationPhase, type GenerationSnapshot } from "./snapshot.ts";
export type { GenerationPlan, GenerationState, StateName } from "./state.ts";
export type { Rules, TransitionResult } from "./transition-result.ts";
export { initial, transition } from "./transition.ts";
export { placeholderFor } from "./upload-placeholder.ts";
