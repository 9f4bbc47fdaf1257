// The ways a WaveSpeedAI task can go, as data. Read by fake-wavespeed.ts; knows nothing of time or HTTP routing.
import { BAD_GATEWAY, type CallFault } from "./call-fault.ts";
import { WEBHOOK_SCENARIOS, type WebhookFault } from "./due-webhooks.ts";

/** How a task ends without a video. */
export type WavespeedEnd = "failed" | "cancelled" | "timeout" | "deleted";

/** What becomes of one task. An empty scenario is a task that goes well. */
export interface WavespeedScenario {
  /** In place of the answer to the submit. `accepted` says whether the task exists all the same. */
  readonly submit?: { readonly fault: CallFault; readonly accepted: boolean };
  /** In place of the first answers to the result, one per call. */
  readonly result?: readonly CallFault[];
  /** Ends in this state, with a text and nothing else. */
  readonly failure?: { readonly status: WavespeedEnd; readonly error: string; readonly isFlagged?: boolean };
  /** `outputs` of the completed task, in place of one video. */
  readonly outputs?: readonly unknown[];
  /** Stays `processing` for good. */
  readonly neverEnds?: boolean;
  /** Default: its webhook is sent once, when it has completed or failed. */
  readonly webhook?: WebhookFault;
}

/** An error of WaveSpeedAI's own: the HTTP status, and again inside. */
export function wavespeedError(status: number, message: string, headers: Record<string, string> = {}): CallFault {
  return { kind: "answer", status, body: { code: status, message }, headers };
}

const refused = (fault: CallFault): WavespeedScenario => ({ submit: { fault, accepted: false } });
const accepted = (fault: CallFault): WavespeedScenario => ({ submit: { fault, accepted: true } });

/** The scenarios seen at WaveSpeedAI or documented by it, by name. Which HTTP errors it uses is not published. */
export const WAVESPEED_SCENARIOS = {
  completes: {},
  "never-ends": { neverEnds: true },
  ...WEBHOOK_SCENARIOS,

  "submit-400": refused(wavespeedError(400, 'property "image" is missing')),
  "submit-402": refused(wavespeedError(402, "Insufficient credits. Please top up.")),
  "submit-429": refused(wavespeedError(429, "Too many requests", { "retry-after": "5" })),
  "submit-500-accepted": accepted(wavespeedError(500, "internal error")),
  "submit-502-refused": refused(BAD_GATEWAY),
  "submit-reset-accepted": accepted({ kind: "network", code: "ECONNRESET" }),
  "submit-not-connected": refused({ kind: "network", code: "ECONNREFUSED" }),
  "submit-without-id": accepted({ kind: "answer", status: 200, body: { code: 200, message: "success", data: {} } }),

  fails: { failure: { status: "failed", error: "The prompt 'a corgi' could not be rendered" } },
  flagged: { failure: { status: "failed", error: "Content flagged as potentially sensitive", isFlagged: true } },
  cancelled: { failure: { status: "cancelled", error: "" } },
  "times-out": { failure: { status: "timeout", error: "The task took too long" } },
  deleted: { failure: { status: "deleted", error: "" } },
  "missing-video": { outputs: [] },

  "result-429-once": { result: [wavespeedError(429, "Too many requests")] },
  "result-502-once": { result: [BAD_GATEWAY] },
  "result-reset-once": { result: [{ kind: "network", code: "ECONNRESET" }] },
  "result-unknown-once": {
    result: [{ kind: "answer", status: 200, body: { code: 200, message: "success", data: { status: "warming-up" } } }],
  },
} as const satisfies Record<string, WavespeedScenario>;

/** A key of {@link WAVESPEED_SCENARIOS}. */
export type WavespeedScenarioName = keyof typeof WAVESPEED_SCENARIOS;
