// What is written can be read: whatever the ports answer, every state that follows is one that a record can hold.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS, videoErrorData, type VideoErrorData } from "../errors.ts";
import type { Job } from "../ports.ts";
import { exactlyOnce, atMostOnce } from "./__fixtures__/plans.ts";
import { answering, type Said } from "./__fixtures__/answering.ts";
import type { EventPayload } from "./event.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { defaultPollingPolicy } from "./polling-policy.ts";
import { LONGEST_TEXT } from "./shape-tests.ts";
import type { GenerationState } from "./state.ts";
import { storable } from "./storable-answer.ts";
import { initial, transition } from "./transition.ts";

const RUNS = { numRuns: 500, seed: 20_260_101 };
const tooLong = "x".repeat(LONGEST_TEXT + 1);

/** What a port that keeps to no type may answer instead of an id or a URL. */
const text = fc.constantFrom<unknown>("id-1", "", tooLong, null, undefined, 7, {}, `data:video/mp4;base64,${tooLong}`);
const number = fc.constantFrom<unknown>(0, 100, -1, Number.NaN, Infinity, null, "9");
const circular: Record<string, unknown> = {};
circular["itself"] = circular;
const details = fc.constantFrom<unknown>(undefined, { a: 1 }, circular, { big: 10n }, { tooLong }, null);
const error = fc
  .record({
    code: fc.constantFrom<string>(...Object.keys(VIDEO_ERRORS), "code-of-another-release"),
    message: fc.constantFrom<unknown>("No.", "", undefined, 7),
    retryable: fc.boolean(),
    retryAfterMs: number,
    details,
  })
  .map((fields) => fields as VideoErrorData);
const job = fc
  .record({ requestId: text, provider: text, endpoint: text, modelId: text })
  .map((fields) => fields as Job);
const videos = fc.array(text, { maxLength: 3 }).map((list) => list as string[]);
const effect = fc.constantFrom(
  "acquire-slot",
  "reserve-credits",
  "record-row",
  "submit-job",
  "check-status",
  "upload-file",
);
const onward: fc.Arbitrary<Said> = fc.oneof(
  text.map((slotId) => ({ type: "slot-acquired", slotId }) as Said),
  fc.constant<Said>({ type: "credits-reserved" }),
  text.map((sessionId) => ({ type: "session-created", sessionId }) as Said),
  text.map((rowId) => ({ type: "row-recorded", rowId }) as Said),
  job.map((accepted): Said => ({ type: "job-accepted", job: accepted })),
  text.map((url) => ({ type: "file-uploaded", fileId: "file-1", url }) as Said),
);
const said: fc.Arbitrary<Said> = fc.oneof(
  { weight: 6, arbitrary: onward },
  {
    weight: 1,
    arbitrary: fc
      .record({ sentBytes: number, totalBytes: number })
      .map((progress) => ({ type: "file-progress", fileId: "file-1", ...progress }) as Said),
  },
  { weight: 1, arbitrary: number.map((hintMs) => ({ type: "job-pending", hintMs }) as Said) },
  {
    weight: 1,
    arbitrary: fc
      .record({ status: fc.constantFrom(400, 403), text: fc.constantFrom("No.", tooLong), hintMs: number })
      .map((refusal) => ({ type: "job-refused", ...refusal }) as Said),
  },
  { weight: 1, arbitrary: videos.map((found): Said => ({ type: "job-finished", videos: found })) },
  { weight: 1, arbitrary: error.map((told): Said => ({ type: "job-failed", error: told })) },
  {
    weight: 1,
    arbitrary: fc
      .record({ effect, error, certainty: fc.constantFrom("not-done", "unknown") })
      .map((failure): Said => ({ type: "effect-failed", fileId: "file-1", ...failure })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Said>({ type: "wait-elapsed", key: "poll" }, { type: "cancel-requested" }) },
  { weight: 1, arbitrary: fc.constantFrom<Said>({ type: "wait-elapsed", key: "retry" }, { type: "woken" }) },
);
const file = fc
  .record({ uri: text, contentType: text, byteLength: number })
  .map((stored) => ({ fileId: "file-1", stored: stored as { uri: string; contentType: string } }));

test("every state that follows any answers is read from its record as it was written", () => {
  const rules = { polling: defaultPollingPolicy };
  fc.assert(
    fc.property(
      fc.constantFrom(atMostOnce, exactlyOnce),
      fc.array(file, { maxLength: 1 }),
      fc.array(said, { maxLength: 30 }),
      (plan, files, all) => {
        let [state]: readonly [GenerationState, ...unknown[]] = initial(plan, files);
        for (const [index, one] of all.entries()) {
          const payload = storable(answering(state, one));
          [state] = transition(state, { ...payload, at: index * 60_000, random: 0.5 }, rules);
          expect(decodeRecord(encodeRecord(state)).kind).toBe("state");
        }
      },
    ),
    RUNS,
  );
});

describe("an answer that cannot be stored", () => {
  const failed = (type: string): object => ({ type: "effect-failed", effect: type, attempt: 3, certainty: "unknown" });

  test.each([
    ["a slot", { type: "slot-acquired", attempt: 3, slotId: tooLong }, "acquire-slot"],
    ["a session", { type: "session-created", attempt: 3, sessionId: "" }, "create-session"],
    ["a row", { type: "row-recorded", attempt: 3, rowId: tooLong }, "record-row"],
    ["a job", { type: "job-accepted", attempt: 3, job: { requestId: tooLong } }, "submit-job"],
    ["an upload", { type: "file-uploaded", attempt: 3, fileId: "file-1", url: tooLong }, "upload-file"],
  ] satisfies readonly [string, EventPayload, string][])(
    "as the id of %s: its outcome is unknown",
    (_, payload, type) => {
      expect(storable(payload)).toMatchObject(failed(type));
    },
  );

  /** JSON can carry half a character. No address can, and Convex refuses every call that has one. */
  const half = "job-\uD83D";

  test.each([
    ["a slot", { type: "slot-acquired", attempt: 3, slotId: half }, "acquire-slot"],
    ["a row", { type: "row-recorded", attempt: 3, rowId: half }, "record-row"],
    ["a job", { type: "job-accepted", attempt: 3, job: { requestId: half } }, "submit-job"],
  ] satisfies readonly [string, EventPayload, string][])(
    "as the id of %s that has half a character: its outcome is unknown",
    (_, payload, type) => {
      expect(storable(payload)).toMatchObject(failed(type));
    },
  );

  test("as the other names of a job, with half a character: they are left out, so that it can be asked about", () => {
    const job = { requestId: "job-\u{1F600}", provider: half, endpoint: half, modelId: half };
    expect(storable({ type: "job-accepted", attempt: 1, job })).toEqual({
      type: "job-accepted",
      attempt: 1,
      job: { requestId: "job-\u{1F600}" },
    });
  });

  test("as a video with half a character: the other one is taken", () => {
    const payload = { type: "job-finished", attempt: 1, effect: "check-status" } as const;
    const videos = [`https://videos.test/${half}.mp4`, "https://videos.test/1.mp4"];
    expect(storable({ ...payload, videos })).toEqual({ ...payload, videos: ["https://videos.test/1.mp4"] });
  });

  test("as one of two videos: the other one is taken", () => {
    const payload = { type: "job-finished", attempt: 1, effect: "check-status" } as const;
    expect(storable({ ...payload, videos: [tooLong, "https://videos.test/1.mp4"] })).toEqual({
      ...payload,
      videos: ["https://videos.test/1.mp4"],
    });
  });

  test("as the only video: a failure that names the limit and shows the address", () => {
    const payload = { type: "job-finished", attempt: 1, effect: "check-status" } as const;
    const { error } = { error: undefined, ...storable({ ...payload, videos: [tooLong] }) } as {
      error?: VideoErrorData;
    };
    expect(error).toMatchObject({ code: "result-unusable", details: { limit: LONGEST_TEXT } });
    expect(String(error?.details?.["url"])).toMatch(/^x{1000}$/);
  });

  test("as advice: it is left out", () => {
    const cases = [Number.NaN, Infinity, -5];
    for (const hintMs of cases) {
      expect(storable({ type: "job-pending", attempt: 1, hintMs })).toEqual({ type: "job-pending", attempt: 1 });
    }
  });

  test("as details: what can be shown of them is kept", () => {
    const told = (given: Record<string, unknown>): unknown => {
      const payload = storable({
        type: "job-failed",
        attempt: 1,
        effect: "check-status",
        error: videoErrorData("internal", { details: given }),
      });
      return payload.type === "job-failed" ? payload.error.details : undefined;
    };
    expect(told({ reason: "nsfw" })).toEqual({ reason: "nsfw" });
    expect(told(circular)).toEqual({ lost: "They are not JSON." });
    expect(JSON.stringify(told({ page: tooLong })).length).toBeLessThan(1_100);
  });
});
