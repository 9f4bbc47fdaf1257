// Answers that come late, twice, or after a watchdog reported the call as unanswered. A failure of an older attempt means nothing, and a
// success is a fact whichever attempt it answers.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../errors.ts";
import type { Guarantee } from "../ports.ts";
import { tell, type Said } from "./__fixtures__/answering.ts";
import { createPollingPolicy } from "./polling-policy.ts";
import { snapshotOf } from "./snapshot.ts";
import type { GenerationPlan } from "./state.ts";
import type { SettlementStep } from "./settlement-steps.ts";
import type { TransitionResult } from "./transition-result.ts";
import { initial } from "./transition.ts";

const rules = { polling: createPollingPolicy() };
const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
const planOf = (guarantee: Guarantee, isSubmitRepeatable = false): GenerationPlan => ({
  id: "generation-1",
  request,
  credits: 208,
  createdAt: 0,
  sessionId: "session-1",
  guarantee,
  isSubmitRepeatable,
});
const videos = ["https://videos.test/1.mp4"];
const READY: readonly Said[] = [
  { type: "slot-acquired", slotId: "slot-1" },
  { type: "credits-reserved" },
  { type: "row-recorded", rowId: "row-1" },
];
const accepted = (requestId: string, attempt?: number): Said => ({ type: "job-accepted", attempt, job: { requestId } });
type Call = Extract<Said, { type: "effect-failed" }>["effect"];
const unanswered = (effect: Call, attempt?: number): Said => ({
  type: "effect-failed",
  effect,
  attempt,
  certainty: "unknown",
  error: videoErrorData("unreachable"),
});
const refused = (effect: Call, attempt?: number): Said => ({
  type: "effect-failed",
  effect,
  attempt,
  certainty: "not-done",
  error: videoErrorData("rate-limited"),
});
const RETRY: Said = { type: "wait-elapsed", key: "retry" };
const settled = (
  step: Exclude<SettlementStep, "acquire-slot" | "reserve-credits" | "record-row" | "save-videos">,
  attempt?: number,
): Said => ({
  type: "step-settled",
  step,
  attempt,
});
const again = (key: SettlementStep): Said => ({ type: "wait-elapsed", key });
const GIVEN_BACK = [settled("mark-row-failed"), settled("release-credits"), settled("close-slot")];

function play(plan: GenerationPlan, ...said: readonly Said[]): TransitionResult {
  return said.reduce<TransitionResult>(
    ([state], one) => tell(state, { ...one, at: 5_000, random: 0.5 }, rules),
    initial(plan),
  );
}
const typesOf = ([, effects]: TransitionResult): readonly string[] => effects.map(({ type }) => type);
const effectsOf = ([, effects]: TransitionResult): readonly unknown[] => effects;

describe("the paid call", () => {
  const lost = [...READY, unanswered("submit-job")];

  test("accepted after its watchdog and before the next attempt: the job is taken, and the submit is not repeated", () => {
    const step = play(planOf("exactly-once", true), ...lost, accepted("job-1"));
    expect(step[0]).toMatchObject({ name: "polling", job: { requestId: "job-1" } });
    expect(typesOf(step)).toEqual(["attach-job", "wait"]);
  });

  test("both attempts accepted as one job: nothing to do", () => {
    const plan = planOf("exactly-once", true);
    const [first] = play(plan, ...lost, RETRY, accepted("job-1", 1));
    expect(play(plan, ...lost, RETRY, accepted("job-1", 1), accepted("job-1", 2))).toEqual([first, []]);
  });

  test("each attempt accepted as a job of its own, by a route that broke its promise: the second is canceled", () => {
    const step = play(planOf("exactly-once", true), ...lost, RETRY, accepted("job-1", 1), accepted("job-2", 2));
    expect(step[0]).toMatchObject({ name: "polling", job: { requestId: "job-1" } });
    expect(effectsOf(step)).toEqual([
      { type: "cancel-job", attempt: 0, job: { requestId: "job-2" }, model: "vid-veo-3.1-fast" },
    ]);
  });

  test("the answer to the second job's cancel does not count for the first", () => {
    const plan = planOf("exactly-once", true);
    const before = [...lost, RETRY, accepted("job-1", 1), accepted("job-2", 2), { type: "cancel-requested" }] as const;
    const [state] = play(plan, ...before);
    const answer = { type: "cancel-answered", attempt: 0, answer: "removed" } as const;
    expect(play(plan, ...before, answer)).toEqual([state, []]);
  });

  test.each([
    ["while it settles", []],
    ["after the end", GIVEN_BACK],
  ])("accepted after it was given up, %s: the job is canceled, once, and the outcome stays", (_, before) => {
    const plan = planOf("at-most-once");
    const step = play(plan, ...lost, ...before, accepted("job-1"));
    expect(typesOf(step)).toEqual(["cancel-job"]);
    expect(snapshotOf(step[0])).toMatchObject({ requestId: "job-1", error: { code: "submission-unknown" } });
    expect(play(plan, ...lost, ...before, accepted("job-1"), accepted("job-1"))).toEqual([step[0], []]);
  });

  test("refused for an older attempt: the one that is out is waited for", () => {
    const plan = planOf("exactly-once", true);
    const refusal: Said = {
      type: "job-failed",
      effect: "submit-job",
      attempt: 1,
      error: videoErrorData("content-rejected"),
    };
    const [state] = play(plan, ...lost, RETRY);
    expect(play(plan, ...lost, RETRY, refusal)).toEqual([state, []]);
  });

  test("answered with the video for an older attempt: it is delivered", () => {
    const video: Said = { type: "job-finished", effect: "submit-job", attempt: 1, videos };
    expect(typesOf(play(planOf("exactly-once", true), ...lost, RETRY, video))).toEqual(["stop-waiting", "save-row"]);
  });
});

describe("a question about the job", () => {
  const ASK: Said = { type: "wait-elapsed", key: "poll" };
  const polling = [...READY, accepted("job-1"), ASK, unanswered("check-status"), ASK];
  const plan = planOf("at-most-once");

  test.each<[string, Said]>([
    ["pending", { type: "job-pending", attempt: 1 }],
    ["unanswered", unanswered("check-status", 1)],
    ["not known", { ...refused("check-status", 1) }],
  ])("that was given up, %s after all: the one that is out is waited for", (_, said) => {
    const [state] = play(plan, ...polling);
    expect(play(plan, ...polling, said)).toEqual([state, []]);
  });

  test.each<[string, Said, string]>([
    ["finished", { type: "job-finished", effect: "check-status", attempt: 1, videos }, "save-row"],
    [
      "failed",
      { type: "job-failed", effect: "check-status", attempt: 1, error: videoErrorData("content-rejected") },
      "release-credits",
    ],
  ])("that was given up says the job has %s: a verdict on the job is one whenever it comes", (_, said, effect) => {
    expect(typesOf(play(plan, ...polling, said))).toContain(effect);
  });
});

describe("a settlement step", () => {
  const capturing = [...READY, accepted("job-1"), { type: "job-finished", videos } as const, settled("save-row")];

  test("refused for an older attempt: the one that is out goes on", () => {
    const plan = planOf("exactly-once");
    const before = [...capturing, refused("capture-credits"), again("capture-credits")];
    const [state] = play(plan, ...before);
    expect(play(plan, ...before, refused("capture-credits", 1))).toEqual([state, []]);
    expect(play(plan, ...before, unanswered("capture-credits", 1))).toEqual([state, []]);
  });

  test("done by an older attempt: it is done, and the later answer changes nothing", () => {
    const plan = planOf("exactly-once");
    const before = [...capturing, settled("close-slot"), unanswered("capture-credits"), again("capture-credits")];
    const [state, effects] = play(plan, ...before, settled("capture-credits", 1));
    expect([state.name, snapshotOf(state).settlement, effects]).toEqual(["completed", "captured", []]);
    expect(play(plan, ...before, settled("capture-credits", 1), refused("capture-credits", 2))).toEqual([state, []]);
  });

  test("a capture in doubt is answered after the end: captured", () => {
    const plan = planOf("at-most-once");
    const before = [...capturing, settled("close-slot"), unanswered("capture-credits")];
    expect(snapshotOf(play(plan, ...before)[0])).toMatchObject({ status: "completed", settlement: "unknown" });
    const [state, effects] = play(plan, ...before, settled("capture-credits", 1));
    expect(snapshotOf(state)).toMatchObject({ status: "completed", settlement: "captured" });
    expect([state, effects]).toMatchObject([{ undone: undefined }, []]);
  });

  test("a row that was given up is answered after the end: its video is captured then", () => {
    const plan = planOf("exactly-once");
    const storm = Array.from({ length: 8 }, () => [refused("save-row"), again("save-row")]).flat();
    const before = [...READY, accepted("job-1"), { type: "job-finished", videos } as const, ...storm];
    const closed = [...before, settled("close-slot")];
    expect(snapshotOf(play(plan, ...closed)[0])).toMatchObject({ status: "completed", settlement: "held" });
    const step = play(plan, ...closed, settled("save-row", 1));
    // The slot is set again, to the same value.
    expect(typesOf(step)).toEqual(["capture-credits", "close-slot"]);
    expect(snapshotOf(step[0])).toMatchObject({ status: "completed", settlement: "held" });
    const [ended] = play(plan, ...closed, settled("save-row", 1), settled("capture-credits"), settled("close-slot"));
    expect(snapshotOf(ended)).toMatchObject({ status: "completed", settlement: "captured" });
  });
});
