// The state that makes the books final: every step runs, fails and retries on its own.
import type { VideoErrorData } from "../errors.ts";
import { broughtBy, cancelJob, heldWithout, isRefusedByBooks, unconfirmedIn } from "./acquiring.ts";
import { backoffMs } from "./backoff.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { isGone, isStep, mayRepeat, type StepFailed } from "./failed-step.ts";
import { effectOf, firstSteps, isRowAnew, nextSteps, settlementOf } from "./settlement.ts";
import type { GenerationPlan, Held, Settling, Verdict } from "./state.ts";
import type { SettlementStep, SettlementSteps, StepProgress } from "./settlement-steps.ts";
import { MOST_EQUAL_REFUSALS, retryLimit } from "./retry-limits.ts";
import { giveUpSaving, withCopies } from "./saving-videos.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";
import { watch } from "./watching.ts";

const STEP_BACKOFF = { firstMs: 1_000, maxMs: 30_000 };

/** Begins to settle. Earlier waits no longer matter. `steps`: steps that were given up before. `rules`: needed to deliver. */
export function settle(
  { plan, held, verdict, steps = {} }: Pick<Settling, "plan" | "held" | "verdict"> & Partial<Settling>,
  at: number,
  rules?: Pick<Rules, "savesVideos">,
): TransitionResult {
  return begin(
    { name: "settling", plan, held, verdict, decidedAt: at, steps },
    firstSteps({ plan, verdict, held }, rules?.savesVideos),
    at,
  );
}

/** Ends a generation for which nothing was called. */
export function endBeforeStart(plan: GenerationPlan, verdict: Verdict, at: number): TransitionResult {
  return settle({ plan, held: { credits: "none" }, verdict }, at);
}

/** Begins with these steps. */
export function begin(settling: Settling, due: readonly SettlementStep[], at: number): TransitionResult {
  const [state, effects] = start(settling, due, at);
  return [state, [{ type: "stop-waiting" }, ...effects]];
}

/** What an event means while settling. */
export function whileSettling(state: Settling, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "step-settled":
      return done(state, event.step, event.at);
    case "videos-saved":
      return copied(state, event);
    case "slot-acquired":
    case "credits-reserved":
    case "row-recorded":
      return heard(state, event);
    case "job-accepted":
      return giveBackJob(state, event);
    case "cancel-requested":
      return unwatched(state);
    case "woken":
      return newsOfWatched(state);
    case "wait-elapsed":
      return event.key !== "poll" && event.key !== "retry" ? again(state, event.key, event.at) : stay(state);
    case "effect-failed":
      return isStep(event.effect) ? failed(state, { ...event, effect: event.effect }, rules) : stay(state);
    default:
      return stay(state);
  }
}

/** A step that was done is done, whichever attempt the answer names, even after it was given up. */
function done(state: Settling, step: SettlementStep, at: number): TransitionResult {
  const progress = state.steps[step];
  return progress === undefined || progress.status === "done"
    ? stay(state)
    : end(withStep(state, step, { ...progress, status: "done" }), step, at);
}

function copied(state: Settling, { videos, at }: Extract<GenerationEvent, { type: "videos-saved" }>): TransitionResult {
  const progress = state.steps["save-videos"];
  const isKnown = progress === undefined || progress.status === "done";
  return isKnown ? stay(state) : done(withCopies(state, videos), "save-videos", at);
}

/** A preparing call was answered late: what it acquired is released. */
function heard(state: Settling, event: GenerationEvent): TransitionResult {
  const { kind } = state.verdict;
  if (kind === "deliver") return event.type === "row-recorded" ? recordedAnew(state, event) : stay(state);
  const found = kind === "fail" || kind === "cancel" ? broughtBy(state.held, event) : undefined;
  if (found === undefined) return stay(state);
  const next = { ...state, held: found.held };
  // Under a key the call is a step of its own. Without one it is not sent again, and only its answer can tell what it acquired.
  return state.steps[found.call] === undefined ? end(next, found.call, event.at) : done(next, found.call, event.at);
}

/** Too late to cancel anything; but a job that has timed out is not watched for a video that is not wanted any more. */
function unwatched(state: Settling): TransitionResult {
  const { verdict } = state;
  if (verdict.kind !== "fail" || verdict.watch === undefined) return stay(state);
  return [{ ...state, verdict: { kind: "fail", error: verdict.error } }, []];
}

/** There may be news of a job that will be watched once the books are settled: it is asked about then at once. */
function newsOfWatched(state: Settling): TransitionResult {
  const { verdict } = state;
  if (verdict.kind !== "fail" || verdict.watch === undefined || verdict.watch.isWoken === true) return stay(state);
  return [{ ...state, verdict: { ...verdict, watch: { ...verdict.watch, isWoken: true } } }, []];
}

/** The row that replaces a deleted one is there: the video is saved to it. */
function recordedAnew(
  state: Settling,
  { rowId, at }: Extract<GenerationEvent, { type: "row-recorded" }>,
): TransitionResult {
  const { "record-row": recording, "save-row": saving } = state.steps;
  if (recording === undefined || recording.status === "done" || saving === undefined) return stay(state);
  const steps: SettlementSteps = {
    ...state.steps,
    "record-row": { ...recording, status: "done" },
    "save-row": { ...saving, tries: 0, refusals: undefined },
  };
  return start({ ...state, held: { ...state.held, rowId, isRowAnew: true }, steps }, ["save-row"], at);
}

/** The paid submit was answered late, or again: a job that is not this generation's is canceled. */
function giveBackJob(state: Settling, { job }: Extract<GenerationEvent, { type: "job-accepted" }>): TransitionResult {
  const { plan, held } = state;
  if (held.requestId === job.requestId) return stay(state);
  return [{ ...state, held: { requestId: job.requestId, ...held } }, [cancelJob(plan, { job, attempt: 0 })]];
}

function failed(state: Settling, event: StepFailed, rules: Rules): TransitionResult {
  const progress = state.steps[event.effect];
  if (progress?.status !== "running" || progress.attempt !== event.attempt) return stay(state);
  const isAnew = state.verdict.kind === "deliver";
  if (!isAnew && event.certainty === "not-done" && isRefusedByBooks(state.plan, event)) {
    return done({ ...state, held: heldWithout(state.held, event.effect) }, event.effect, event.at);
  }
  if (isGone(event)) return withoutIt(state, event);
  if (event.effect === "save-videos")
    return end(withStep(state, event.effect, giveUpSaving(progress, event.error)), event.effect, event.at);
  const isUnsure = event.certainty === "unknown" || (progress.isUnsure && event.isFinal !== true);
  const known = { ...progress, isUnsure, refusals: refusalsAfter(progress, event) };
  const isRefused = (known.refusals?.count ?? 0) >= MOST_EQUAL_REFUSALS;
  if (!mayRepeat(state, event) || isRefused || known.tries >= retryLimit(rules.retries, "settling")) {
    return end(withStep(state, event.effect, { ...known, status: "stuck" }), event.effect, event.at);
  }
  const waitMs = backoffMs(STEP_BACKOFF, {
    attempt: progress.tries,
    random: event.random,
    hintMs: event.error.retryAfterMs,
  });
  return [
    withStep(state, event.effect, { ...known, status: "waiting" }),
    [{ type: "wait", key: event.effect, until: event.at + waitMs }],
  ];
}

/** Counts equal refusals in a row. What may pass by itself is none. */
function refusalsAfter(
  { refusals }: StepProgress,
  { certainty, error: { code, retryable } }: StepFailed,
): StepProgress["refusals"] {
  if (certainty === "unknown" || retryable) return undefined;
  return { code, count: refusals?.code === code ? refusals.count + 1 : 1 };
}

const NOT_BEGUN: StepProgress = { status: "waiting", attempt: 0, tries: 0, isUnsure: false };

/** What was deleted needs no mark. The row of a video that is to be paid for is recorded anew, once: its credits would stay held for good. */
function withoutIt(state: Settling, { effect, at }: StepFailed): TransitionResult {
  const { slotId, sessionId } = state.held;
  const { [effect]: saving } = state.steps;
  if (effect !== "save-row" || state.verdict.kind !== "deliver" || saving === undefined) return done(state, effect, at);
  const given: SettlementSteps = { ...state.steps, "save-row": { ...saving, status: "stuck" } };
  const gone = { ...state, held: { ...state.held, rowId: undefined } };
  // Of an adopted row another device may know more.
  const mayRecord = !isRowAnew(state) && state.plan.isAdopted !== true;
  if (!mayRecord || slotId === undefined || sessionId === undefined) return end({ ...gone, steps: given }, effect, at);
  return start({ ...gone, steps: { ...given, "record-row": NOT_BEGUN } }, ["record-row"], at);
}

function again(state: Settling, step: SettlementStep, at: number): TransitionResult {
  const progress = state.steps[step];
  return progress?.status === "waiting" ? start(state, [step], at) : stay(state);
}

function end(state: Settling, step: SettlementStep, at: number): TransitionResult {
  // A slot that was given up before is already being closed.
  const due = nextSteps(state, step).filter((next) => state.steps[next] === undefined);
  return start(state, due, at);
}

function start(state: Settling, steps: readonly SettlementStep[], at: number): TransitionResult {
  const effects: Effect[] = [];
  let next = state;
  for (const step of steps) {
    const before = state.steps[step] ?? { ...NOT_BEGUN, attempt: lastAttempt(state.held, step) };
    const [attempt, tries] = [before.attempt + 1, before.tries + 1];
    const effect = effectOf(state, step, attempt);
    if (effect === undefined) continue;
    effects.push(effect);
    const { isUnsure, refusals } = before;
    next = withStep(next, step, { status: "running", attempt, tries, isUnsure, refusals });
  }
  return isOver(next) ? finish(next, at) : [next, effects];
}

/** A preparing call that continues as a step continues its attempt numbers. */
function lastAttempt(held: Held, step: SettlementStep): number {
  return unconfirmedIn(held).find(({ call }) => call === step)?.attempt ?? 0;
}

function isOver({ steps }: Settling): boolean {
  return Object.values(steps).every(({ status }) => status !== "running" && status !== "waiting");
}

function finish(state: Settling, at: number): TransitionResult {
  const { plan, held, verdict, decidedAt } = state;
  const settlement = settlementOf(state);
  const base = { plan, held, decidedAt, settlement, undone: undoneOf(state) };
  switch (verdict.kind) {
    case "deliver":
      return [{ name: "completed", ...base, videos: verdict.videos, copies: verdict.copies }, []];
    case "deliver-late": {
      const error: VideoErrorData = { ...verdict.error, settlement };
      return [{ name: "failed", ...base, error, videos: verdict.videos, copies: verdict.copies }, []];
    }
    case "cancel":
      return [{ name: "canceled", ...base }, []];
    case "fail": {
      const error: VideoErrorData = { ...verdict.error, settlement };
      if (verdict.watch === undefined) return [{ name: "failed", ...base, error, videos: [] }, []];
      return watch({ name: "watching", ...base, error, ...verdict.watch, looks: 0, isAsking: false }, at);
    }
  }
}

function undoneOf({ steps }: Settling): SettlementSteps | undefined {
  const undone = Object.entries(steps).filter(([, { status }]) => status === "stuck");
  return undone.length === 0 ? undefined : Object.fromEntries(undone);
}

function withStep(state: Settling, step: SettlementStep, progress: StepProgress): Settling {
  return { ...state, steps: { ...state.steps, [step]: progress } };
}
