// The machine in a small world: a backend and a provider with accounts of their own, and a network that loses messages.
// Only calls that were sent are answered. Every run must end, with the machine and the account in agreement.
import type { CancelAnswer, Certainty, Guarantee } from "../ports.ts";
import { resolveVideoRequest } from "@video-engine/video-models";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { Said } from "./__fixtures__/answering.ts";
import { isUnconfirmed } from "./acquiring.ts";
import type { OutsideEffect, WaitKey } from "./effect.ts";
import type { EventPayload } from "./event.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import { DEFAULT_RETRY_LIMITS, MOST_EQUAL_REFUSALS } from "./retry-limits.ts";
import { snapshotOf } from "./snapshot.ts";
import type { GenerationPlan, GenerationState } from "./state.ts";
import type { AcquiringCall } from "./settlement-steps.ts";
import { initial, transition } from "./transition.ts";

const MINUTE = 60_000;
const CREDITS = 208;
const MAX_TURNS = 1_500;
const polling = createPollingPolicy();
const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const videos = ["https://videos.test/1.mp4"];

/**
 * What happens to a call. `late`: it lands after everything else, and its answer is lost. `twice` and `refused-twice`: the answer comes
 * now, and once more after some other events. `watchdog`: it is reported as unanswered now, and its answer comes after some other events.
 */
type How = "done" | "twice" | "refused" | "refused-twice" | "request-lost" | "answer-lost" | "watchdog" | "late";
const FAULTS = ["twice", "refused", "refused-twice", "request-lost", "answer-lost", "watchdog", "late"] as const;

/** The course of a job. `forgotten`: the status route does not know it. */
type Scenario = "finish" | "empty" | "fail" | "never" | "forgotten" | "immediate" | "refuse";
const SCENARIOS = ["finish", "empty", "fail", "never", "forgotten", "immediate", "refuse"] as const;

/** What one turn of the world does. */
interface Turn {
  readonly how: How;
  /** Which of the calls in flight is answered. */
  readonly pick: number;
  /** Lets time pass instead, where a wait is pending. */
  readonly isPatient: boolean;
  readonly isCanceling: boolean;
  readonly code: VideoErrorCode;
  readonly answer: CancelAnswer;
  readonly latencyMs: number;
  /** Turns until a delayed or repeated answer comes. */
  readonly echoAfter: number;
}
const CALM: Turn = {
  how: "done",
  pick: 0,
  isPatient: false,
  isCanceling: false,
  code: "internal",
  answer: "removed",
  latencyMs: 200,
  echoAfter: 0,
};

interface Scene {
  readonly guarantee: Guarantee;
  readonly isSubmitRepeatable: boolean;
  /** Whether the app saves videos elsewhere. Default false. */
  readonly savesVideos?: boolean;
  /** Whether rows can say that their credits came back. Default false. */
  readonly showsRefund?: true | undefined;
  readonly scenario: Scenario;
  readonly runMs: number;
}

/** The true account, held by the world. Credits move by calls only. */
interface Account {
  readonly slots: { status: "active" | "closed" }[];
  readonly rows: { isLoading: boolean; videos: readonly string[]; isRefunded?: true }[];
  sessions: number;
  reserved: number;
  captured: number;
  released: number;
  readonly jobs: { readonly startedAt: number; isRemoved: boolean }[];
  /** Rules that were broken on the way. */
  readonly broken: string[];
}

/** A backend and a provider that perform each call, exactly once per key where they promise that. */
function createBackend({ guarantee, isSubmitRepeatable, scenario, runMs }: Scene) {
  const account: Account = {
    slots: [],
    rows: [],
    sessions: 0,
    reserved: 0,
    captured: 0,
    released: 0,
    jobs: [],
    broken: [],
  };
  const known = new Map<string, Said>();

  const statusOf = (now: number): Said => {
    const job = account.jobs[0];
    if (job === undefined || scenario === "forgotten")
      return {
        type: "effect-failed",
        effect: "check-status",
        certainty: "not-done",
        error: videoErrorData("not-found"),
      };
    if (job.isRemoved) return { type: "job-failed", error: videoErrorData("canceled") };
    if (scenario === "never" || now - job.startedAt < runMs) return { type: "job-pending" };
    if (scenario === "fail") return { type: "job-failed", error: videoErrorData("provider-failed") };
    return { type: "job-finished", videos: scenario === "empty" ? [] : videos };
  };

  const submit = (now: number): Said => {
    if (scenario === "refuse") return { type: "job-failed", error: videoErrorData("content-rejected") };
    account.jobs.push({ startedAt: now, isRemoved: false });
    return scenario === "immediate"
      ? { type: "job-finished", videos }
      : { type: "job-accepted", job: { requestId: "job-1" } };
  };

  const changeRow = (rowId: string, shown: readonly string[]): void => {
    const row = account.rows[Number(rowId)];
    if (row !== undefined) Object.assign(row, { isLoading: false, videos: shown.length > 0 ? shown : row.videos });
  };

  const carryOut = (effect: OutsideEffect, now: number, answer: CancelAnswer): Said => {
    switch (effect.type) {
      case "upload-file":
        return { type: "file-uploaded", fileId: effect.fileId, url: `https://cdn.test/${effect.fileId}.png` };
      case "acquire-slot":
        return { type: "slot-acquired", slotId: String(account.slots.push({ status: "active" }) - 1) };
      case "reserve-credits":
        account.reserved += effect.credits;
        return { type: "credits-reserved" };
      case "create-session":
        return { type: "session-created", sessionId: String(account.sessions++) };
      case "record-row":
        return { type: "row-recorded", rowId: String(account.rows.push({ isLoading: true, videos: [] }) - 1) };
      case "submit-job":
        return submit(now);
      case "attach-job":
        return { type: "job-attached" };
      case "check-status":
        return statusOf(now);
      case "cancel-job":
        if (answer === "removed" && account.jobs[0] !== undefined) account.jobs[0].isRemoved = true;
        return { type: "cancel-answered", answer };
      case "save-videos":
        return { type: "videos-saved", videos: effect.videos.map((url) => `${url}?copy`) };
      case "save-row":
      case "update-row":
      case "mark-row-failed":
        changeRow(effect.rowId, effect.type === "mark-row-failed" ? [] : effect.videos);
        break;
      case "capture-credits":
        account.captured += effect.credits;
        if (!account.rows.some((row) => row.videos.length > 0))
          account.broken.push("captured before a row showed a video");
        break;
      case "release-credits":
        account.released += effect.credits;
        if (account.reserved === 0) account.broken.push("released what was never reserved");
        break;
      case "mark-refunded":
        if (account.released === 0) account.broken.push("called a row refunded before its credits were released");
        Object.assign(account.rows[Number(effect.rowId)] ?? {}, { isRefunded: true });
        break;
      case "close-slot":
        account.slots[Number(effect.slotId)] = { status: "closed" };
        break;
    }
    return { type: "step-settled", step: effect.type };
  };

  /** Performs a call, once per key where that is promised. */
  const call = (effect: OutsideEffect, now: number, answer: CancelAnswer): EventPayload => {
    const isOnce = effect.type === "submit-job" ? isSubmitRepeatable : guarantee === "exactly-once" && "key" in effect;
    const key = isOnce && "key" in effect ? effect.key : undefined;
    const before = key === undefined ? undefined : known.get(key);
    const said = before ?? carryOut(effect, now, answer);
    if (key !== undefined) known.set(key, said);
    return answerTo(effect, said);
  };

  return { account, call };
}

/** The event, as the answer to one attempt. */
function answerTo({ type, attempt }: OutsideEffect, said: Said): EventPayload {
  return { ...said, effect: type, attempt } as EventPayload; // the effect is the one that is answered
}

function failureOf(effect: OutsideEffect, certainty: Certainty, code: VideoErrorCode): EventPayload {
  // The books say that something is gone only when it is, and nothing is deleted here.
  const isUntrue = code === "not-found" && effect.type !== "check-status";
  return {
    type: "effect-failed",
    effect: effect.type,
    attempt: effect.attempt,
    certainty,
    error: videoErrorData(isUntrue ? "internal" : code),
  };
}

/** What is left when everything has been answered. */
interface Ended {
  readonly account: Account;
  readonly state: GenerationState;
  readonly turns: number;
  readonly wasCanceled: boolean;
  readonly failures: ReadonlyMap<string, Failures>;
}

/** How calls of a name failed. */
interface Failures {
  readonly certain: number;
  readonly unknown: number;
  /** Certain refusals in a row by one code that waiting does not change, and the most that there were. */
  readonly equal: { readonly code: VideoErrorCode; readonly count: number; readonly most: number };
}

const NO_FAILURES: Failures = { certain: 0, unknown: 0, equal: { code: "internal", count: 0, most: 0 } };

function failedOnceMore(
  { certain, unknown, equal }: Failures,
  { certainty, error: { code, retryable } }: Extract<EventPayload, { type: "effect-failed" }>,
): Failures {
  const isUnknown = certainty === "unknown";
  const count = isUnknown || retryable ? 0 : code === equal.code ? equal.count + 1 : 1;
  return {
    certain: isUnknown ? certain : certain + 1,
    unknown: isUnknown ? unknown + 1 : unknown,
    equal: { code, count, most: Math.max(count, equal.most) },
  };
}

/** Plays a generation: turns as written, then calm ones until nothing more can happen. */
function play(scene: Scene, turns: readonly Turn[]): Ended {
  const { guarantee, isSubmitRepeatable, savesVideos = false, showsRefund } = scene;
  const plan: GenerationPlan = {
    id: "generation-1",
    request,
    credits: CREDITS,
    createdAt: 0,
    guarantee,
    isSubmitRepeatable,
    showsRefund,
  };
  const { account, call } = createBackend(scene);
  const flying: OutsideEffect[] = [];
  const landingLate: OutsideEffect[] = [];
  const waits = new Map<WaitKey, number>();
  const failures = new Map<string, Failures>();
  let [state, effects] = initial(plan);
  let now = 0;
  let wasCanceled = false;
  /** Answers that come after some further turns. */
  let echoes: { readonly payload: EventPayload; readonly turns: number }[] = [];

  const absorb = (): void => {
    for (const effect of effects) {
      if (effect.type === "wait") waits.set(effect.key, effect.until);
      else if (effect.type === "stop-waiting") waits.clear();
      else flying.push(effect);
    }
  };

  const tell = (payload: EventPayload): void => {
    if (payload.type === "effect-failed") {
      failures.set(payload.effect, failedOnceMore(failures.get(payload.effect) ?? NO_FAILURES, payload));
    }
    const before = state;
    [state, effects] = transition(state, { ...payload, at: now, random: 0.5 }, { polling, savesVideos });
    const hasMoved = state !== before || effects.length > 0;
    if (isFinal(before) && hasMoved && !BRINGING.includes(payload.type)) account.broken.push("a final state moved");
    absorb();
  };

  const answer = (effect: OutsideEffect, { how, code, answer: cancelAnswer, echoAfter }: Turn): void => {
    const echo = (payload: EventPayload): void => void echoes.push({ payload, turns: echoAfter });
    if (how === "refused" || how === "refused-twice") {
      const refusal = failureOf(effect, "not-done", code);
      if (how === "refused-twice") echo(refusal);
      return tell(refusal);
    }
    if (how === "late") landingLate.push(effect);
    const answered = how === "request-lost" || how === "late" ? undefined : call(effect, now, cancelAnswer);
    if (how === "watchdog" && answered !== undefined) echo(answered);
    if (answered === undefined || how === "answer-lost" || how === "watchdog") {
      return tell(failureOf(effect, "unknown", "unreachable"));
    }
    if (how === "twice") echo(answered);
    tell(answered);
  };

  const passTime = (): boolean => {
    const [next] = [...waits].toSorted(([, first], [, second]) => first - second);
    if (next === undefined) return false;
    waits.delete(next[0]);
    now = Math.max(now, next[1]);
    tell({ type: "wait-elapsed", key: next[0] });
    return true;
  };

  const take = (turn: Turn): boolean => {
    const due = echoes.filter(({ turns }) => turns <= 0 || isFinal(state));
    echoes = echoes.filter((echo) => !due.includes(echo)).map((echo) => ({ ...echo, turns: echo.turns - 1 }));
    for (const { payload } of due) tell(payload);
    if (turn.isCanceling) {
      wasCanceled = true;
      tell({ type: "cancel-requested" });
    }
    const isDue = [...waits.values()].some((until) => until <= now);
    if ((flying.length === 0 || isDue || turn.isPatient) && passTime()) return true;
    const [effect] = flying.splice(turn.pick % Math.max(1, flying.length), 1);
    if (effect === undefined) return isFinal(state);
    now += turn.latencyMs;
    answer(effect, turn);
    return true;
  };

  absorb();
  let taken = 0;
  for (; taken < MAX_TURNS && (!isFinal(state) || flying.length + echoes.length > 0); taken++) {
    if (take(turns[taken] ?? CALM)) continue;
    account.broken.push(`nothing will ever happen in ${state.name}`);
    break;
  }
  for (const effect of landingLate) if ("key" in effect) call(effect, now, "unsupported");
  return { account, state, turns: taken, wasCanceled, failures };
}

/** Answers that still count after the end: what they acquired is released, what they settled is settled. */
const BRINGING: readonly EventPayload["type"][] = [
  "slot-acquired",
  "credits-reserved",
  "row-recorded",
  "step-settled",
  "videos-saved",
  "job-accepted",
];

function isFinal({ name }: GenerationState): boolean {
  return name === "completed" || name === "failed" || name === "canceled";
}

/** Where the machine and the account disagree, and every broken promise. Empty when all is well. */
function problemsOf({ account, state, wasCanceled, failures }: Ended): string[] {
  const { slots, rows, jobs, sessions, reserved, captured, released, broken } = account;
  const failed = (name: string): number => (failures.get(name)?.certain ?? 0) + (failures.get(name)?.unknown ?? 0);
  const isLost = (name: string): boolean => (failures.get(name)?.unknown ?? 0) > 0;
  // Under a key an unanswered call is sent again, at each start until its outcome is known.
  const { guarantee } = state.plan;
  const isOpen = (call: AcquiringCall): boolean => "held" in state && isUnconfirmed(state.held, call);
  const isGone = (call: AcquiringCall): boolean => (guarantee === "exactly-once" ? isOpen(call) : isLost(call));
  const isStuck = (name: string): boolean =>
    failed(name) >= DEFAULT_RETRY_LIMITS.settling || (failures.get(name)?.equal.most ?? 0) >= MOST_EQUAL_REFUSALS;
  const { settlement, status, videos: shown, error } = snapshotOf(state);
  const left = reserved - captured - released;
  const moneyIsLost = ["reserve-credits", "capture-credits", "release-credits"].some(isLost);
  const moneyIsStuck = ["save-row", "capture-credits", "release-credits"].some(isStuck);
  const isSaved = !isLost("save-row") && !isStuck("save-row") && !isStuck("update-row");
  const isTimedOut = error?.code === "timed-out";
  const books = `${reserved} reserved, ${captured} captured, ${released} released`;
  const checks: Record<string, boolean> = {
    "it has not ended": isFinal(state),
    "something ran twice": Math.max(slots.length, rows.length, jobs.length, sessions) <= 1,
    "credits moved twice": reserved <= CREDITS && captured + released <= reserved,
    "captured and released": captured === 0 || released === 0,
    "says captured": settlement !== "captured" || (captured === CREDITS && left === 0),
    "says released": settlement !== "released" || (released === CREDITS && left === 0),
    "says none": settlement !== "none" || reserved === 0,
    "says held": settlement !== "held" || left === CREDITS,
    "says held without a reason": settlement !== "held" || moneyIsStuck,
    "says unknown without a reason": settlement !== "unknown" || moneyIsLost,
    "charged without a video": captured === 0 || (status === "completed" && shown.length > 0),
    "the row shows another video": status !== "completed" || !isSaved || rows[0]?.videos.join() === shown.join(),
    "completed without a video": status !== "completed" || (shown.length > 0 && jobs.length === 1),
    "a free video": status === "completed" || shown.length === 0 || isTimedOut,
    "canceled without a request": status !== "canceled" || wasCanceled,
    "a slot is still taken":
      slots.every((slot) => slot.status === "closed") || isGone("acquire-slot") || isStuck("close-slot"),
    "a row is still loading":
      rows.every((row) => !row.isLoading) || isGone("record-row") || isStuck("save-row") || isStuck("mark-row-failed"),
  };
  return [...broken, ...Object.keys(checks).filter((check) => checks[check] === false)].map(
    (problem) => `${problem} (${books})`,
  );
}

const GUARANTEES = ["at-most-once", "reconciled", "exactly-once"] as const;
const scene: fc.Arbitrary<Scene> = fc.record({
  guarantee: fc.constantFrom(...GUARANTEES),
  isSubmitRepeatable: fc.boolean(),
  savesVideos: fc.boolean(),
  showsRefund: fc.constantFrom(true as const, undefined),
  scenario: fc.constantFrom(...SCENARIOS),
  runMs: fc.constantFrom(1_000, 60_000, 20 * MINUTE, 40 * MINUTE, 5 * 60 * MINUTE),
});
const turn: fc.Arbitrary<Turn> = fc.record({
  how: fc.oneof(
    { weight: 3, arbitrary: fc.constant("done" as const) },
    { weight: 2, arbitrary: fc.constantFrom(...FAULTS) },
  ),
  pick: fc.nat(5),
  isPatient: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
  isCanceling: fc.integer({ min: 0, max: 29 }).map((drawn) => drawn === 0),
  code: fc.constantFrom<VideoErrorCode>("unreachable", "rate-limited", "internal", "not-signed-in", "not-found"),
  answer: fc.constantFrom<CancelAnswer>("removed", "requested", "too-late", "unsupported"),
  latencyMs: fc.constantFrom(50, 2_000, 40_000),
  echoAfter: fc.nat(12),
});

describe("every run ends, and what the machine says agrees with the account", () => {
  test("through any faults, in any order, once they stop", () => {
    fc.assert(
      fc.property(scene, fc.array(turn, { maxLength: 120 }), (of, turns) => {
        expect(problemsOf(play(of, turns))).toEqual([]);
      }),
      { numRuns: 2_000, seed: 20_260_101 },
    );
  });

  test("through a storm of one fault that outlasts every retry", () => {
    const storm = fc.constantFrom<How>("refused", "request-lost", "answer-lost", "late");
    fc.assert(
      fc.property(scene, storm, fc.nat(12), (of, how, calm) => {
        const turns = [...calmFor(calm), ...Array.from({ length: 200 }, () => ({ ...CALM, how }))];
        expect(problemsOf(play(of, turns))).toEqual([]);
      }),
      { numRuns: 1_000, seed: 20_260_101 },
    );
  });

  // Reconciled is at-most-once as far as the machine goes.
  const scenes: Scene[] = SCENARIOS.flatMap((scenario) =>
    (["at-most-once", "exactly-once"] as const).flatMap((guarantee) =>
      [
        { runMs: 60_000, savesVideos: false },
        { runMs: 40 * MINUTE, savesVideos: true, showsRefund: true as const },
      ].map((job) => ({ guarantee, isSubmitRepeatable: true, scenario, ...job })),
    ),
  );
  const calmFor = (calls: number): Turn[] => Array.from({ length: calls }, () => CALM);

  test.each(FAULTS)("with a single fault (%s) at any call of any scene, canceled meanwhile or not", (how) => {
    const codes: readonly VideoErrorCode[] = how === "refused" ? ["internal", "unreachable"] : ["internal"];
    for (const of of [...scenes, ...scenes.map((repeatable) => ({ ...repeatable, isSubmitRepeatable: false }))]) {
      const calls = Math.min(30, play(of, []).turns);
      for (let at = 0; at < calls; at++) {
        for (const isCanceling of [false, true]) {
          for (const code of codes) {
            for (const echoAfter of [0, 1, 4]) {
              const faulty = { ...CALM, how, code, isCanceling, echoAfter };
              expect(problemsOf(play(of, [...calmFor(at), faulty]))).toEqual([]);
            }
          }
        }
      }
    }
  });

  test("a call that times out and is answered late leaves nothing open, on any backend", () => {
    const unrepeatable = scenes.map((repeatable) => ({ ...repeatable, isSubmitRepeatable: false }));
    for (const of of [...scenes, ...unrepeatable]) {
      const calls = Math.min(30, play(of, []).turns);
      for (let at = 0; at < calls; at++) {
        for (const echoAfter of [0, 1, 4, 40]) {
          const ended = play(of, [...calmFor(at), { ...CALM, how: "watchdog", echoAfter }]);
          const { account, state } = ended;
          expect(problemsOf(ended)).toEqual([]);
          expect(account.captured + account.released).toBe(account.reserved);
          expect(snapshotOf(state).settlement).not.toBe("unknown");
          expect(account.slots.filter(({ status }) => status === "active")).toEqual([]);
          expect(account.rows.filter(({ isLoading }) => isLoading)).toEqual([]);
          if (state.name === "failed" && of.scenario === "finish") {
            expect(account.jobs.filter(({ isRemoved }) => !isRemoved)).toEqual([]);
          }
        }
      }
    }
  });

  test("without a fault nothing is left held, unknown, taken or loading, canceled at any moment or never", () => {
    for (const of of scenes) {
      for (const answer of ["removed", "requested", "too-late", "unsupported"] as const) {
        const calls = Math.min(30, play(of, []).turns);
        for (let at = 0; at <= calls; at++) {
          const answering = calmFor(at).map((calm) => ({ ...calm, answer }));
          const ended = play(of, at === calls ? [] : [...answering, { ...CALM, answer, isCanceling: true }]);
          expect(problemsOf(ended)).toEqual([]);
          expect(["none", "captured", "released"]).toContain(snapshotOf(ended.state).settlement);
          expect(ended.account.captured + ended.account.released).toBe(ended.account.reserved);
        }
      }
    }
  });

  test("a job that comes to nothing and a provider that contradicts itself still end within a day", () => {
    for (const scenario of ["never", "forgotten"] as const) {
      for (const answer of ["too-late", "requested", "unsupported"] as const) {
        const turns = Array.from({ length: MAX_TURNS }, () => ({ ...CALM, answer }));
        const ended = play({ guarantee: "at-most-once", isSubmitRepeatable: false, scenario, runMs: 0 }, turns);
        expect(problemsOf(ended)).toEqual([]);
        expect(ended.turns).toBeLessThan(1_000);
      }
    }
  });
});
