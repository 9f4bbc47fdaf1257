// What no answer can do to the parsers, whatever a route, a gateway or a broken deployment sends.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS } from "./errors.ts";
import { parseErrorAnswer, parseStatusAnswer, parseSubmitAnswer } from "./protocol.ts";

const URL_A = "https://videos.test/a.mp4";
const ID_NAMES = ["requestId", "request_id", "taskId", "task_id", "operationName", "operation_name"] as const;

describe("whatever comes", () => {
  const RUNS = { numRuns: 2_000, seed: 1 };
  const field = fc.oneof(
    fc.constantFrom(...ID_NAMES),
    fc.constantFrom(
      "success",
      "queued",
      "processing",
      "status",
      "error",
      "code",
      "message",
      "videos",
      "video",
      "videoUrl",
    ),
    fc.constantFrom("url", "provider", "endpoint", "pollAfterMs", "retryAfterMs", "__proto__", "toString"),
  );
  const { answer } = fc.letrec((tie) => ({
    answer: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(true, false, null, "", "x", URL_A, -1, 0, 1e308),
      fc.array(tie("answer"), { maxLength: 4 }),
      fc.dictionary(field, tie("answer"), { maxKeys: 6 }),
    ),
  }));
  const anything = fc.oneof(answer, fc.jsonValue());

  test("no answer makes a parser throw, and each gives one of its kinds", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const body: unknown = JSON.parse(JSON.stringify(value));
        expect(["accepted", "finished", "failed", "unreadable"]).toContain(parseSubmitAnswer(body).kind);
        expect(["pending", "finished", "failed", "unreadable"]).toContain(parseStatusAnswer(body).kind);
        expect([...Object.keys(VIDEO_ERRORS), undefined]).toContain(parseErrorAnswer(body)?.code);
      }),
      RUNS,
    );
  });

  test("only an answer that carries one can be taken for finished: at least one URL, each once, none empty", () => {
    fc.assert(
      fc.property(anything, (value) => {
        for (const parsed of [parseSubmitAnswer(value), parseStatusAnswer(value)]) {
          if (parsed.kind !== "finished") continue;
          expect(parsed.videos.length).toBeGreaterThan(0);
          expect(new Set(parsed.videos).size).toBe(parsed.videos.length);
          for (const url of parsed.videos) {
            expect(url).not.toBe("");
            expect(JSON.stringify(value)).toContain(JSON.stringify(url));
          }
        }
      }),
      RUNS,
    );
  });

  test("an answer that calls itself queued never fails a job, unless it also says success: false", () => {
    fc.assert(
      fc.property(
        fc.dictionary(field, answer, { maxKeys: 6 }),
        fc.constantFrom("queued", "processing"),
        (value, name) => {
          const body = { ...value, [name]: true };
          if (value["success"] === false) return;
          expect(["pending", "finished"]).toContain(parseStatusAnswer(body).kind);
          expect(["accepted", "finished", "unreadable"]).toContain(parseSubmitAnswer(body).kind);
        },
      ),
      RUNS,
    );
  });

  test("a giant answer is read without harm", () => {
    const body: unknown = {
      success: true,
      videos: Array.from({ length: 20_000 }, () => ({ url: URL_A })),
      note: "x".repeat(5_000_000),
    };
    expect(parseStatusAnswer(body)).toEqual({ kind: "finished", videos: [URL_A] });
    const deep: unknown = JSON.parse(`${'{"error":'.repeat(5_000)}1${"}".repeat(5_000)}`);
    expect(parseStatusAnswer({ queued: true, note: deep })).toEqual({ kind: "pending" });
  });
});
