// Validates a stored state before it is used. Pure. The record may come from another release or from a person with an editor, so every field
// that the machine reads is checked here, and nothing after this can throw.
import { isVideoErrorCode } from "../errors.ts";
import type { Job } from "../ports.ts";
import type { CallNumbers, NumberedStep } from "./call-numbers.ts";
import type { ModelFacts } from "./model-facts.ts";
import type { PollProgress } from "./poll-progress.ts";
import type {
  AcquiringCall,
  FileUpload,
  GenerationPlan,
  GenerationState,
  Held,
  SettlementStep,
  StateName,
  StepProgress,
  Verdict,
} from "./state.ts";

type Test = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Test>>;

/** No real price is near this. A record with more was not written by this package. */
export const MOST_CREDITS = 10_000_000;
/** Longer than any id or URL. */
export const LONGEST_TEXT = 65_536;

/** Whether a value can stand in a record as an id or a URL. */
export function isStorableText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_TEXT;
}

/** Whether a value can stand in a record as a time, a size or a count. */
export function isStorableNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

/** Whether a value can stand in a record as a price: whole credits. */
export function isStorableAmount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= MOST_CREDITS;
}

const isText: Test = isStorableText;
const isNumber: Test = isStorableNumber;
const isFlag: Test = (value) => typeof value === "boolean";
const isAmount: Test = isStorableAmount;
const isOneOf =
  (...known: readonly string[]): Test =>
  (value) =>
    known.some((one) => one === value);
const listOf =
  (test: Test, { min }: { min: number }): Test =>
  (value) =>
    Array.isArray(value) && value.length >= min && value.every(test);
const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const mapOf =
  (test: Test): Test =>
  (value) =>
    isObject(value) && Object.values(value).every(test);
const objectOf =
  (fields: Fields): Test =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([field, test]) => test(value[field]));

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
const isHeld = objectOf({
  credits: isOneOf("none", "held", "unknown"),
  slotId: maybe(isText),
  sessionId: maybe(isText),
  rowId: maybe(isText),
  requestId: maybe(isText),
  provider: maybe(isText),
  endpoint: maybe(isText),
  isRowAnew: maybe(isFlag),
  unconfirmedCall: maybe(objectOf({ call: isOneOf(...ACQUIRING), attempt: isNumber })),
} satisfies Record<keyof Held, Test>);
// Any model: the one that began it may be known from a catalogue that is not there any more, and what it holds must be settled all the same.
const isRequest = objectOf({ model: isText, prompt: (value) => typeof value === "string", mode: isText });
const isModelFacts = objectOf({
  label: isText,
  expectedMs: objectOf({ p50: isNumber, p95: isNumber }),
} satisfies Record<keyof ModelFacts, Test>);
const isNumberedStep = objectOf({
  firstAt: isNumber,
  argsHash: isNumber,
  refusals: isNumber,
} satisfies Record<keyof NumberedStep, Test>);
const isPlan = objectOf({
  id: isText,
  request: isRequest,
  modelFacts: maybe(isModelFacts),
  credits: isAmount,
  sessionId: maybe(isText),
  isSessionOwn: maybe(isFlag),
  createdAt: isNumber,
  guarantee: isOneOf("exactly-once", "reconciled", "at-most-once"),
  isSubmitRepeatable: isFlag,
  showsRefund: maybe(isFlag),
  isAdopted: maybe(isFlag),
  calls: maybe(objectOf({ session: isText, steps: mapOf(isNumberedStep) } satisfies Record<keyof CallNumbers, Test>)),
} satisfies Record<keyof GenerationPlan, Test>);
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
const watched = { job: isJob, acceptedAt: isNumber, questionsSent: isNumber };

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
  "acquiring-slot": attempted,
  "reserving-credits": { ...attempted, slotId: isText },
  "creating-session": { ...attempted, slotId: isText },
  recording: { ...attempted, slotId: isText, sessionId: isText },
  submitting: { ...attempted, ...recorded },
  polling,
  "giving-up": polling,
  settling: { plan: isPlan, held: isHeld, decidedAt: isNumber, announcedSettlement: maybe(isSettlement) },
  watching: { ...failed, ...watched, looks: isNumber, isAsking: isFlag },
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

/** Whether a value is an object with readable fields. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSettlementOf(verdict: unknown, steps: unknown): boolean {
  if (!isObject(verdict) || !isObject(steps)) return false;
  const { kind } = verdict;
  if (typeof kind !== "string" || !Object.hasOwn(VERDICTS, kind)) return false;
  const known = VERDICTS[kind as Verdict["kind"]]; // just found among its keys
  return objectOf(known.fields)(verdict) && stepsOf(known.steps)(steps);
}
