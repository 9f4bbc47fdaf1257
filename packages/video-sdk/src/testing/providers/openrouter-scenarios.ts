// The ways a job at OpenRouter can go, as data. Read by fake-openrouter.ts; knows nothing of time or HTTP routing.
import { BAD_GATEWAY, type CallFault } from "./call-fault.ts";

/** How a job ends without a video. */
export type OpenrouterEnd = "failed" | "cancelled" | "expired";

/** What becomes of one job. An empty scenario is a job that goes well. */
export interface OpenrouterScenario {
  /** In place of the answer to the submit. `accepted` says whether the job exists all the same. */
  readonly submit?: { readonly fault: CallFault; readonly accepted: boolean };
  /** In place of the first answers to the status, one per call. */
  readonly status?: readonly CallFault[];
  /** Ends in this state, with a text and nothing else. */
  readonly failure?: { readonly status: OpenrouterEnd; readonly error: string };
  /** `urls` of the completed job, in place of one signed address. */
  readonly urls?: readonly unknown[];
  /** Stays `in_progress` for good. */
  readonly neverEnds?: boolean;
}

/** An error of OpenRouter's own: the HTTP status, and again inside. */
export function openrouterError(status: number, message: string, headers: Record<string, string> = {}): CallFault {
  return { kind: "answer", status, body: { error: { code: status, message } }, headers };
}

const refused = (fault: CallFault): OpenrouterScenario => ({ submit: { fault, accepted: false } });
const accepted = (fault: CallFault): OpenrouterScenario => ({ submit: { fault, accepted: true } });

/** The scenarios that OpenRouter documents, and those of any gateway, by name. */
export const OPENROUTER_SCENARIOS = {
  completes: {},
  "never-ends": { neverEnds: true },

  "submit-400": refused(openrouterError(400, "duration: not one of 4, 6, 8")),
  "submit-402": refused(openrouterError(402, "Insufficient credits. Add more at the settings page.")),
  "submit-403": refused(openrouterError(403, "The prompt 'a corgi' was flagged")),
  "submit-429": refused(openrouterError(429, "Rate limit exceeded", { "retry-after": "5" })),
  "submit-500-accepted": accepted(openrouterError(500, "Internal Server Error")),
  "submit-502-refused": refused(BAD_GATEWAY),
  "submit-reset-accepted": accepted({ kind: "network", code: "ECONNRESET" }),
  "submit-not-connected": refused({ kind: "network", code: "ECONNREFUSED" }),
  "submit-without-id": accepted({ kind: "answer", status: 202, body: { status: "pending" } }),

  fails: { failure: { status: "failed", error: "The prompt 'a corgi' could not be rendered" } },
  cancelled: { failure: { status: "cancelled", error: "" } },
  expires: { failure: { status: "expired", error: "The job took too long" } },
  "missing-video": { urls: ["not an address"] },
  "key-needed": { urls: [] },

  "status-429-once": { status: [openrouterError(429, "Rate limit exceeded")] },
  "status-502-once": { status: [BAD_GATEWAY] },
  "status-reset-once": { status: [{ kind: "network", code: "ECONNRESET" }] },
  "status-unknown-once": { status: [{ kind: "answer", status: 200, body: { id: "job-0001", status: "warming_up" } }] },
} as const satisfies Record<string, OpenrouterScenario>;

/** A key of {@link OPENROUTER_SCENARIOS}. */
export type OpenrouterScenarioName = keyof typeof OPENROUTER_SCENARIOS;
