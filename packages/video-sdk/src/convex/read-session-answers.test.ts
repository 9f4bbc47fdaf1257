// Whatever a deployment answers with, reading it gives plain rows and never throws.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSessionRows, readSessions } from "./read-session-answers.ts";

const session = {
  _id: "s1",
  _creationTime: 5.5,
  userId: "u1",
  title: "Corgis",
  type: "video",
  createdAt: 1,
  updatedAt: 2,
};
const row = {
  _id: "r1",
  _creationTime: 5.5,
  sessionId: "s1",
  userId: "u1",
  type: "video",
  prompt: "a corgi",
  model: "vid-veo-3.1",
  modelLabel: "Veo 3.1",
  aspectRatio: "16:9",
  videos: ["https://v.test/1.mp4"],
  isLoading: false,
  creditsUsed: 240,
  concurrencySlotId: "slot-1",
  externalRequestId: "job-1",
  createdAt: 7,
  previewImage: "https://v.test/1.jpg",
  generationStatus: "completed",
  completedAt: 9,
};

describe("sessions", () => {
  test("are read in the order given", () => {
    expect(readSessions([session, { ...session, _id: "s2", preview: "https://v.test/1.jpg" }])).toEqual([
      { id: "s1", title: "Corgis", preview: undefined, createdAt: 1, updatedAt: 2 },
      { id: "s2", title: "Corgis", preview: "https://v.test/1.jpg", createdAt: 1, updatedAt: 2 },
    ]);
  });

  test("are those of type video; one that names no type is one", () => {
    const { type: _, ...untyped } = session;
    const answer = [
      { ...session, type: "image" },
      { ...session, _id: "s2" },
      { ...untyped, _id: "s3" },
    ];
    expect(readSessions(answer).map(({ id }) => id)).toEqual(["s2", "s3"]);
  });

  test("may lack everything but an id", () => {
    expect(readSessions([{ id: "s1" }, { title: "no id" }, null, "s2", 3])).toEqual([
      { id: "s1", title: "", preview: undefined, createdAt: 0, updatedAt: 0 },
    ]);
    expect(readSessions([{ _id: "s1", _creationTime: 5.5 }])).toMatchObject([{ createdAt: 5.5, updatedAt: 5.5 }]);
  });
});

describe("rows", () => {
  test.each([
    [true, true],
    [false, false],
    [undefined, false],
    ["yes", false],
    [0, false],
  ])("are refunded where they say so (%s)", (refunded, isRefunded) => {
    expect(readSessionRows([{ ...row, refunded }])).toMatchObject([{ isRefunded }]);
  });

  test("are read whole", () => {
    expect(readSessionRows([row])).toEqual([
      {
        id: "r1",
        sessionId: "s1",
        prompt: "a corgi",
        model: "vid-veo-3.1",
        modelLabel: "Veo 3.1",
        aspectRatio: "16:9",
        videos: ["https://v.test/1.mp4"],
        previewImage: "https://v.test/1.jpg",
        isLoading: false,
        error: undefined,
        slotId: "slot-1",
        requestId: "job-1",
        isRefunded: false,
        credits: 240,
        createdAt: 7,
      },
    ]);
  });

  test.each([
    [["https://v.test/1.mp4"], ["https://v.test/1.mp4"]],
    [
      [{ url: "https://v.test/1.mp4" }, "https://v.test/2.mp4"],
      ["https://v.test/1.mp4", "https://v.test/2.mp4"],
    ],
    [[{ link: "x" }, null, "", 4, []], []],
    ["https://v.test/1.mp4", []],
    [null, []],
  ])("have the videos of %j", (videos, urls) => {
    expect(readSessionRows([{ ...row, videos }])).toMatchObject([{ videos: urls }]);
  });

  test.each([
    [{ isLoading: true, generationStatus: "completed" }, true],
    [{ isLoading: false, generationStatus: "generating" }, false],
    [{ isLoading: undefined, generationStatus: "generating" }, true],
    [{ isLoading: undefined, generationStatus: "pending" }, true],
    [{ isLoading: undefined, generationStatus: "completed" }, false],
    [{ isLoading: null, generationStatus: undefined }, false],
  ])("of %j are loading: %s", (fields, isLoading) => {
    expect(readSessionRows([{ ...row, ...fields }])).toMatchObject([{ isLoading }]);
  });

  test("of another type are left out", () => {
    expect(readSessionRows([{ ...row, type: "image" }])).toEqual([]);
  });

  test("may lack everything but an id, and hold null", () => {
    const nothing = Object.fromEntries(Object.keys(row).map((name) => [name, null]));
    expect(
      readSessionRows([{ ...nothing, _id: "r1" }, { _id: "r2" }]).map(({ id, videos, prompt }) => [id, videos, prompt]),
    ).toEqual([
      ["r1", [], ""],
      ["r2", [], ""],
    ]);
  });

  test.each([undefined, null, {}, "rows", 3])("of %s are none", (answer) => {
    expect([readSessionRows(answer), readSessions(answer)]).toEqual([[], []]);
  });
});

test("no answer makes it throw", () => {
  const names = fc.constantFrom(...Object.keys(row), "id", "title", "preview", "updatedAt", "extra");
  const documents = fc.array(fc.oneof(fc.anything(), fc.dictionary(names, fc.anything())));
  fc.assert(
    fc.property(documents, (answer) => {
      for (const { id, videos, createdAt } of readSessionRows(answer)) {
        expect([typeof id, Number.isFinite(createdAt), videos.every((url) => url !== "")]).toEqual([
          "string",
          true,
          true,
        ]);
      }
      expect(readSessions(answer).every(({ id }) => id !== "")).toBe(true);
    }),
    { seed: 5, numRuns: 400 },
  );
});

test("numbers of a backend that counts in v.int64() are read as the others are", () => {
  expect(readSessionRows([{ ...row, createdAt: 7n, creditsUsed: 240n }])).toMatchObject([
    { createdAt: 7, credits: 240 },
  ]);
  expect(readSessions([{ ...session, updatedAt: 2n }])).toMatchObject([{ updatedAt: 2 }]);
});
