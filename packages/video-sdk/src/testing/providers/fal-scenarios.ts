// The ways a fal job can go, as data. Read by fake-fal.ts; knows nothing of time or HTTP routing.
import { BAD_GATEWAY, type CallFault } from "./call-fault.ts";
import { WEBHOOK_SCENARIOS, type WebhookFault } from "./due-webhooks.ts";

/** How a job that runs to its end has failed: what its status says, and what its result answers with. */
export interface FalFailure {
  /** Status of the result. */
  readonly status: number;
  /** Body of the result: `detail` as an array (model errors) or as a text (older apps, platform errors). */
  readonly body: unknown;
  /** `error` and `error_type` of the COMPLETED status. Left out by older apps. */
  readonly error?: string;
  readonly errorType?: string;
  /** Header `X-Fal-Retryable` of the result. */
  readonly retryable?: boolean;
}

/** What becomes of one job. An empty scenario is a job that goes well. */
export interface FalScenario {
  /** In place of the answer to the submit. `accepted` says whether the job exists all the same. */
  readonly submit?: { readonly fault: CallFault; readonly accepted: boolean };
  /** In place of the first answers to status and result, one per call. */
  readonly status?: readonly CallFault[];
  readonly result?: readonly CallFault[];
  readonly failure?: FalFailure;
  /** In place of `{ video }`. */
  readonly output?: unknown;
  /** Stays IN_PROGRESS for good. */
  readonly neverEnds?: boolean;
  /** Keeps running after a cancel was taken. */
  readonly ignoresCancel?: boolean;
  /** Default: its webhook is sent once, when it has ended. */
  readonly webhook?: WebhookFault;
}

const platformError = (status: number, errorType: string, detail: string): CallFault => ({
  kind: "answer",
  status,
  body: { detail, error_type: errorType },
  headers: { "x-fal-error-type": errorType },
});

const modelError = (type: string, msg: string): FalFailure => ({
  status: 422,
  body: { detail: [{ loc: ["body", "prompt"], msg, type, url: `https://docs.fal.ai/errors#${type}`, ctx: {} }] },
  error: "Invalid status code: 422",
  errorType: type,
  retryable: false,
});

const cancelled: FalFailure = {
  status: 499,
  body: { detail: "Request was cancelled", error_type: "client_cancelled" },
  error: "Request was cancelled",
  errorType: "client_cancelled",
};

/** The scenarios seen at fal or documented by it, by name. */
export const FAL_SCENARIOS = {
  completes: {},
  "never-ends": { neverEnds: true },
  "ignores-cancel": { ignoresCancel: true },
  cancelled: { failure: cancelled },
  ...WEBHOOK_SCENARIOS,

  "submit-504-refused": { submit: { fault: platformError(504, "request_timeout", "Timed out"), accepted: false } },
  "submit-504-accepted": { submit: { fault: platformError(504, "request_timeout", "Timed out"), accepted: true } },
  "submit-reset-accepted": { submit: { fault: { kind: "network", code: "ECONNRESET" }, accepted: true } },
  "submit-not-connected": { submit: { fault: { kind: "network", code: "ECONNREFUSED" }, accepted: false } },
  "submit-unreadable": { submit: { fault: { kind: "answer", status: 200, body: "<html></html>" }, accepted: true } },
  "submit-429": {
    submit: {
      fault: { kind: "answer", status: 429, body: { detail: "Too many requests" }, headers: { "retry-after": "7" } },
      accepted: false,
    },
  },
  "submit-403-no-balance": {
    submit: {
      fault: { kind: "answer", status: 403, body: { detail: "User is locked. Reason: Exhausted balance." } },
      accepted: false,
    },
  },
  "submit-422": {
    submit: {
      fault: {
        kind: "answer",
        status: 422,
        body: { detail: [{ loc: ["body", "duration"], msg: "unexpected value", type: "literal_error" }] },
      },
      accepted: false,
    },
  },

  "status-502-once": { status: [BAD_GATEWAY] },
  "status-reset-once": { status: [{ kind: "network", code: "ECONNRESET" }] },
  "status-unknown-once": { status: [{ kind: "answer", status: 202, body: { status: "WARMING_UP" } }] },

  "result-504-once": { result: [platformError(504, "request_timeout", "Timed out")] },
  "result-reset-once": { result: [{ kind: "network", code: "ECONNRESET" }] },
  "content-policy-violation": {
    failure: modelError("content_policy_violation", "The content could not be processed because it was flagged."),
  },
  "image-too-small": { failure: modelError("image_too_small", "Image is too small. Minimum is 300x300.") },
  "string-detail": { failure: { status: 422, body: { detail: "Prompt is too long" } } },
  "runner-error": {
    failure: {
      status: 500,
      body: { detail: "Internal server error", error_type: "runner_server_error" },
      error: "Internal server error",
      errorType: "runner_server_error",
      retryable: true,
    },
  },
  "missing-video": { output: { video: null, seed: 42 } },
  "unread-output": { output: { clip: { link: "https://v3.fal.media/files/clip" }, seed: 42 } },
  "neighbouring-output": { output: { videos: [{ url: "https://v3.fal.media/files/neighbour.mp4" }] } },
  "insecure-video": { output: { video: { url: "http://v3.fal.media/files/plain.mp4" } } },
  "inline-video": { output: { video: { url: "data:video/mp4;base64,AAAAHGZ0eXA=" } } },
  "status-bare-404-once": { status: [{ kind: "answer", status: 404, body: "<h1>404</h1>" }] },
  "status-without-verdict": {
    status: [{ kind: "answer", status: 202, body: { status: "IN_PROGRESS", error: {}, error_type: null } }],
  },
} as const satisfies Record<string, FalScenario>;

/** A key of {@link FAL_SCENARIOS}. */
export type FalScenarioName = keyof typeof FAL_SCENARIOS;
