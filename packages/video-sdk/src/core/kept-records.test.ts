// Records as each released version wrote them: every later version reads them and finishes their generations.
// A version that raises the number adds a file and never changes an existing one.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answering, type Said } from "./__fixtures__/answering.ts";
import type { Effect, OutsideEffect } from "./effect.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { resume } from "./resume.ts";
import { isDecided } from "./snapshot.ts";
import type { GenerationState } from "./state.ts";
import { transition } from "./transition.ts";

interface KeptRecord {
  readonly state: string;
  readonly text: string;
}

const folder = new URL("__fixtures__/", import.meta.url);
const files = readdirSync(folder).filter((name) => /^records-v\d+\.json$/.test(name));
const rules = { polling: defaultPollingPolicy, savesVideos: true };

function keptIn(file: string): readonly KeptRecord[] {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly KeptRecord[]; // written by this project
}

function stateOf(text: string): GenerationState {
  const decoded = decodeRecord(text);
  if (decoded.kind !== "state") throw new Error(`This record is ${JSON.stringify(decoded)}.`);
  return decoded.state;
}

/** The answer of a world without faults. */
function answerOf(effect: OutsideEffect): Said {
  switch (effect.type) {
    case "upload-file":
      return { type: "file-uploaded", fileId: effect.fileId, url: `https://cdn.test/${effect.fileId}.png` };
    case "acquire-slot":
      return { type: "slot-acquired", slotId: "slot-1" };
    case "reserve-credits":
      return { type: "credits-reserved" };
    case "create-session":
      return { type: "session-created", sessionId: "session-1" };
    case "record-row":
      return { type: "row-recorded", rowId: "row-1" };
    case "submit-job":
      return { type: "job-accepted", job: { requestId: "job-1" } };
    case "attach-job":
      return { type: "job-attached" };
    case "check-status":
      return { type: "job-finished", videos: ["https://videos.test/1.mp4"] };
    case "cancel-job":
      return { type: "cancel-answered", answer: "removed" };
    case "save-videos":
      return { type: "videos-saved", videos: effect.videos.map((url) => `${url}?copy`) };
    default:
      return { type: "step-settled", step: effect.type };
  }
}

/** Resumes a state and answers every effect, until there are none. */
function finish(stored: GenerationState): { readonly state: GenerationState; readonly sent: readonly OutsideEffect[] } {
  const moment = { at: stored.plan.createdAt + 60_000, random: 0.5 };
  let [state, effects] = resume(stored, moment, rules);
  const queue: Effect[] = [...effects];
  const sent: OutsideEffect[] = [];
  for (let effect = queue.shift(); effect !== undefined; effect = queue.shift()) {
    if (effect.type === "stop-waiting") continue;
    if (effect.type !== "wait") sent.push(effect);
    const payload =
      effect.type === "wait"
        ? ({ type: "wait-elapsed", key: effect.key } as const)
        : answering(state, { ...answerOf(effect), attempt: effect.attempt } as Said); // the answer to this attempt
    [state, effects] = transition(state, { ...payload, ...moment }, rules);
    queue.push(...effects);
  }
  return { state, sent };
}

test("there are records of every version up to this one", () => {
  const versions = files.map((file) => Number(/\d+/.exec(file)?.[0])).toSorted((first, second) => first - second);
  const [current] = keptIn(files.at(-1) ?? "").map(({ text }) => encodeRecord(stateOf(text)));
  const newest = Number(/^\{"v":(\d+)/.exec(current ?? "")?.[1]);
  expect(versions).toEqual(Array.from({ length: newest }, (_, index) => index + 1));
});

describe.each(files)("%s", (file) => {
  test.each(keptIn(file))("$state is read", ({ state, text }) => {
    expect(stateOf(text).name).toBe(state);
  });

  test.each(keptIn(file))("$state is finished, and nothing is called without what it needs", ({ text }) => {
    const { state, sent } = finish(stateOf(text));
    expect(isDecided(state)).toBe(true);
    expect(state.plan).toMatchObject({ id: "generation-1", credits: 208 });
    for (const effect of sent) expect(JSON.stringify(effect)).not.toMatch(/undefined|null|upload\.invalid/);
    expect(snapshotSettlement(state)).not.toBe("held");
  });

  test.each(keptIn(file))("$state written again is read again", ({ text }) => {
    expect(stateOf(encodeRecord(stateOf(text)))).toEqual(stateOf(text));
  });

  test.each(keptIn(file))(
    "$state with a field that this version does not know: it is carried along in the plan",
    ({ text }) => {
      const { state } = JSON.parse(text) as { state: GenerationState }; // as it was written
      const later: unknown = { ...state, plan: { ...state.plan, ofALaterVersion: { numbers: [1, 2] } } };
      const { state: ended } = finish(stateOf(encodeRecord(later as GenerationState)));
      expect(stateOf(encodeRecord(ended)).plan).toMatchObject({ ofALaterVersion: { numbers: [1, 2] } });
    },
  );
});

function snapshotSettlement(state: GenerationState): string | undefined {
  return "settlement" in state ? state.settlement : undefined;
}
