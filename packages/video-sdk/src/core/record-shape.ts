// Validates a stored state before it is used. Pure. The record may come from another release or from a person with an editor, so every field
// that the machine reads is checked here, and nothing after this can throw.
import { isVideoErrorCode } from "../errors.ts";
import type { Job } from "../ports.ts";
import { isPlan } from "./plan-shape.ts";
import type { PollProgress } from "./poll-progress.ts";
import {
  isFlag,
  isStorableNumber as isNumber,
  isObject,
  isOneOf,
  isStorableText as isText,
  listOf,
  mapOf,
  maybe,
  objectOf,
  type Fields,
  type Test,
} from "./shape-tests.ts";
import type { BothCalls, GenerationState, Held, StateName, Verdict } from "./state.ts";
import type { AcquiringCall, SettlementStep, StepProgress } from "./settlement-steps.ts";
import type { FileUpload } from "./file-upload.ts";

const ACQUIRING: readonly AcquiringCall[] = ["acquire-slot", "reserve-credits", "record-row"];

const isVideos = listOf(isText, { min: 1 });
const isError = objectOf({ code: isVideoErrorCode, message: (value) => typeof value === "string" });
const isJob = objectOf({
  requestId: isText,
  provider: maybe(isText),
  endpoint: maybe(isText),
  modelId: maybe(isText),
} satisfies Record<keyof Job, Test>);
const isSettlement = isOneOf("none", "held", "captured", "released", "unknown");
const isUnconfirmedCall = objectOf({ call: isOneOf(...ACQUIRING), attempt: isNumber });
const isHeld = objectOf({
  credits: isOneOf("none", "held", "unknown"),
  slotId: maybe(isText),
  sessionId: maybe(isText),
  rowId: maybe(isText),
  requestId: maybe(isText),
  provider: maybe(isText),
  endpoint: maybe(isText),
  modelId: maybe(isText),
  isRowAnew: maybe(isFlag),
  unconfirmedCall: maybe(isUnconfirmedCall),
  alsoUnconfirmed: maybe(isUnconfirmedCall),
} satisfies Record<keyof Held, Test>);
const isTrue: Test = (value) => value === true;
const isPoll = objectOf({
  answers: isNumber,
  misses: isNumber,
  questionsSent: isNumber,
  isAsking: isFlag,
  lost: maybe(objectOf({ count: isNumber, since: isNumber })),
  overdue: maybe(objectOf({ count: isNumber, at: isNumber })),
  refusal: maybe(objectOf({ status: isNumber, text: (value) => typeof value === "string", ageMs: isNumber })),
  isSaidToHaveEnded: isFlag,
  cancelsSent: isNumber,
  cancelTries: isNumber,
  isCancelAnswered: isFlag,
  attachesSent: isNumber,
  isSignedOut: isFlag,
  notBefore: isNumber,
  isWoken: maybe(isTrue),
  activeMs: isNumber,
  countedAt: isNumber,
  waitMs: maybe(isNumber),
} satisfies Record<keyof PollProgress, Test>);
const isProgress = objectOf({
  status: isOneOf("running", "waiting", "done", "stuck"),
  attempt: isNumber,
  tries: isNumber,
  isUnsure: isFlag,
  refusals: maybe(objectOf({ code: isVideoErrorCode, count: isNumber })),
} satisfies Record<keyof StepProgress, Test>);

const isStored = objectOf({ uri: isText, contentType: isText, byteLength: maybe(isNumber) });
const isFile = objectOf({
  status: isOneOf("queued", "sending", "waiting", "done"),
  attempt: isNumber,
  tries: isNumber,
  sentBytes: isNumber,
  totalBytes: maybe(isNumber),
  stored: maybe(isStored),
  url: maybe(isText),
} satisfies Record<keyof FileUpload, Test>);
/** A finished upload must have its URL: otherwise the request would be sent with the placeholder. */
const isFileWithUrl: Test = (value) =>
  isFile(value) && isObject(value) && (value["status"] !== "done") !== isText(value["url"]);
const watched = { job: isJob, acceptedAt: isNumber, questionsSent: isNumber, isWoken: maybe(isTrue) };

const delivered = { videos: isVideos, copies: maybe(isVideos) };

const SAVING: readonly SettlementStep[] = ["save-videos", "save-row", "update-row"];
const GIVING_BACK: readonly SettlementStep[] = [
  ...ACQUIRING,
  ...(["mark-row-failed", "release-credits", "mark-refunded", "close-slot"] as const),
];

/** The fields of each verdict, and its possible steps. A delivery without a video would be charged for. */
const VERDICTS: Record<Verdict["kind"], { readonly fields: Fields; readonly steps: readonly SettlementStep[] }> = {
  deliver: { fields: delivered, steps: [...SAVING, "record-row", "capture-credits", "close-slot"] },
  "deliver-late": {
    fields: { ...delivered, error: isError, settlement: isSettlement },
    steps: [...SAVING, ...GIVING_BACK],
  },
  fail: {
    fields: { error: isError, watch: maybe(objectOf(watched)) },
    steps: GIVING_BACK,
  },
  cancel: { fields: {}, steps: GIVING_BACK },
};

/** An object whose keys are among these steps. */
const stepsOf =
  (steps: readonly SettlementStep[]): Test =>
  (value) =>
    isObject(value) &&
    Object.entries(value).every(([step, progress]) => isOneOf(...steps)(step) && isProgress(progress));

const open = { plan: isPlan, isCanceling: isFlag };
const attempted = { ...open, attempt: isNumber, tries: isNumber, isWaiting: isFlag, isUnsure: isFlag };
const recorded = { slotId: isText, sessionId: isText, rowId: isText };
const polling = {
  ...open,
  ...recorded,
  job: isJob,
  acceptedAt: isNumber,
  isSlow: isFlag,
  isAttached: isFlag,
  poll: isPoll,
};
const final = { plan: isPlan, held: isHeld, settlement: isSettlement, decidedAt: isNumber };
/** A late video is saved beside the releasing steps. */
const failed = { ...final, undone: maybe(stepsOf([...GIVING_BACK, ...SAVING])), error: isError };

/** The required fields of each state. The compiler demands an entry for each new state. */
const SHAPES: Record<StateName, Fields> = {
  uploading: { plan: isPlan, files: mapOf(isFileWithUrl) },
  "acquiring-both": {
    ...open,
    slotId: maybe(isText),
    steps: objectOf({ "acquire-slot": isProgress, "reserve-credits": isProgress } satisfies Record<BothCalls, Test>),
    refusal: maybe(isError),
  },
  "acquiring-slot": attempted,
  "reserving-credits": { ...attempted, slotId: isText },
  "creating-session": { ...attempted, slotId: isText },
  recording: { ...attempted, slotId: isText, sessionId: isText },
  submitting: { ...attempted, ...recorded },
  polling,
  "giving-up": polling,
  settling: { plan: isPlan, held: isHeld, decidedAt: isNumber, announcedSettlement: maybe(isSettlement) },
  watching: { ...failed, ...watched, looks: isNumber, notBefore: maybe(isNumber), isAsking: isFlag },
  completed: { ...final, ...delivered, undone: maybe(stepsOf(VERDICTS.deliver.steps)) },
  failed: { ...failed, videos: listOf(isText, { min: 0 }), copies: maybe(isVideos) },
  canceled: { ...final, undone: maybe(stepsOf(GIVING_BACK)) },
};

/** Whether a decoded value is a complete, valid state. */
export function isState(value: Readonly<Record<string, unknown>>): value is Record<string, unknown> & GenerationState {
  const { name, verdict, steps } = value;
  if (typeof name !== "string" || !Object.hasOwn(SHAPES, name)) return false;
  const shape = SHAPES[name as StateName]; // just found among its keys
  return objectOf(shape)(value) && (name !== "settling" || isSettlementOf(verdict, steps));
}

function isSettlementOf(verdict: unknown, steps: unknown): boolean {
  if (!isObject(verdict) || !isObject(steps)) return false;
  const { kind } = verdict;
  if (typeof kind !== "string" || !Object.hasOwn(VERDICTS, kind)) return false;
  const known = VERDICTS[kind as Verdict["kind"]]; // just found among its keys
  return objectOf(known.fields)(verdict) && stepsOf(known.steps)(steps);
}
