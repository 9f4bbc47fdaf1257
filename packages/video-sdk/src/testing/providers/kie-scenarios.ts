// The ways a kie.ai task can go, as data. Read by fake-kie.ts; knows nothing of time or HTTP routing.
import { BAD_GATEWAY, type CallFault } from "./call-fault.ts";
import { WEBHOOK_SCENARIOS, type WebhookFault } from "./due-webhooks.ts";

/** What becomes of one task. An empty scenario is a task that goes well. */
export interface KieScenario {
  /** In place of the answer to createTask. `accepted` says whether the task exists all the same. */
  readonly create?: { readonly fault: CallFault; readonly accepted: boolean };
  /** In place of the first answers to recordInfo, one per call. */
  readonly record?: readonly CallFault[];
  /** Ends in state `fail` with these. */
  readonly failure?: { readonly failCode: string; readonly failMsg: string };
  /** `resultJson` of the finished task, in place of one with a video. */
  readonly resultJson?: string;
  /** Stays `generating` for good. */
  readonly neverEnds?: boolean;
  /** Default: its callback is sent once, when it has ended. */
  readonly webhook?: WebhookFault;
}

/** kie's own way to fail: HTTP 200, and the status inside. */
export function kieCode(code: number, msg: string): CallFault {
  return { kind: "answer", status: 200, body: { code, msg, data: null } };
}

const refused = (code: number, msg: string): KieScenario => ({
  create: { fault: kieCode(code, msg), accepted: false },
});

/** The scenarios seen at kie or documented by it, by name. */
export const KIE_SCENARIOS = {
  completes: {},
  "never-ends": { neverEnds: true },
  ...WEBHOOK_SCENARIOS,

  "create-422": refused(422, "Your prompt was flagged by the moderation system"),
  "create-402": refused(402, "Credits insufficient"),
  "create-429": refused(429, "Your call frequency is too high"),
  "create-455": refused(455, "The service is under maintenance"),
  "create-500-accepted": { create: { fault: kieCode(500, "Server exception"), accepted: true } },
  "create-502-refused": { create: { fault: BAD_GATEWAY, accepted: false } },
  "create-reset-accepted": { create: { fault: { kind: "network", code: "ECONNRESET" }, accepted: true } },
  "create-not-connected": { create: { fault: { kind: "network", code: "ECONNREFUSED" }, accepted: false } },
  "create-without-id": {
    create: { fault: { kind: "answer", status: 200, body: { code: 200, msg: "success", data: {} } }, accepted: true },
  },

  fails: { failure: { failCode: "500", failMsg: "Internal Error, Please try again later." } },
  "record-408": { record: [kieCode(408, "The upstream service did not respond")] },
  "record-501": { record: [kieCode(501, "Generation failed")] },
  "record-429-once": { record: [kieCode(429, "Too many requests")] },
  "record-500-once": { record: [kieCode(500, "Server exception")] },
  "record-502-once": { record: [BAD_GATEWAY] },
  "record-reset-once": { record: [{ kind: "network", code: "ECONNRESET" }] },
  "record-unknown-once": {
    record: [{ kind: "answer", status: 200, body: { code: 200, msg: "success", data: { state: "warming-up" } } }],
  },
  "unreadable-result": { resultJson: "{not json" },
  "missing-video": { resultJson: "{}" },
  "inline-video": { resultJson: '{"resultUrls":["data:video/mp4;base64,AAAAHGZ0eXA="]}' },
  "record-bare-501-once": { record: [{ kind: "answer", status: 501, body: "<h1>501</h1>" }] },
} as const satisfies Record<string, KieScenario>;

/** A key of {@link KIE_SCENARIOS}. */
export type KieScenarioName = keyof typeof KIE_SCENARIOS;
