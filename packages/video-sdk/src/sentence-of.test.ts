// What users read of an error: the table's sentences, or the app's own, wherever the SDK shows one.
import { describe, expect, test, vi } from "vitest";
import { createVideoEngine } from "./create-video-engine.ts";
import { VIDEO_ERRORS, VideoError, videoErrorData, isVideoErrorCode, type VideoErrorData } from "./errors.ts";
import { mergeGenerations } from "./grid/merge-generations.ts";
import { FILE_SENTENCES } from "./attachments/file-sentences.ts";
import { rowWith } from "./grid/__fixtures__/rows-and-snapshots.ts";
import { codeOfSentence, createSentenceOf } from "./sentence-of.ts";
import { createTestEngine } from "./testing/create-test-engine.ts";

const CODES = Object.keys(VIDEO_ERRORS).filter(isVideoErrorCode);
const GERMAN = { "rate-limited": "Zu viele Anfragen.", "insufficient-credits": "Das Guthaben reicht nicht." };

describe("a sentence", () => {
  test.each(CODES)("of %s is the table's own without another one, and every text names one code", (code) => {
    expect(createSentenceOf()(code)).toBe(VIDEO_ERRORS[code].message);
    expect(codeOfSentence(VIDEO_ERRORS[code].message)).toBe(code);
  });

  test("of the app replaces every message of its code, and no other", () => {
    const sentenceOf = createSentenceOf(GERMAN);
    expect(sentenceOf("rate-limited")).toBe(GERMAN["rate-limited"]);
    expect(sentenceOf(videoErrorData("rate-limited", { message: "Slow down." }))).toBe(GERMAN["rate-limited"]);
    expect(sentenceOf(new VideoError("rate-limited"))).toBe(GERMAN["rate-limited"]);
    expect(sentenceOf(videoErrorData("internal", { message: "A server said this." }))).toBe("A server said this.");
  });

  test("may be made from the error", () => {
    const sentenceOf = createSentenceOf({ "upload-failed": ({ details }) => `Datei: ${String(details?.["rule"])}` });
    expect(sentenceOf(videoErrorData("upload-failed", { details: { rule: "file-empty" } }))).toBe("Datei: file-empty");
  });

  test.each([
    ["throws", () => expect.fail("no translation")],
    ["returns nothing", () => undefined],
    ["returns a promise", () => Promise.resolve("later") as never],
    ["returns an object", () => ({}) as never],
  ] satisfies [string, (error: VideoErrorData) => string | undefined][])(
    "of a function that %s is the error's own",
    (what, own) => {
      const onFailed = vi.fn<(cause: unknown) => void>();
      expect(createSentenceOf({ internal: own }, onFailed)("internal")).toBe(VIDEO_ERRORS.internal.message);
      expect(onFailed).toHaveBeenCalledTimes(what === "throws" ? 1 : 0);
    },
  );
});

describe("an engine", () => {
  test("says the app's sentence, keeps the message for the log, and writes it to the row", async () => {
    const { engine, api, clock, ledger } = createTestEngine({ sentences: { "provider-failed": "Das ging schief." } });
    api.playNext({ fail: "provider-failed" });
    const generation = engine.generate({ model: "vid-veo-3.1", prompt: "a corgi" });
    await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    const { error } = generation.getSnapshot();
    expect(error?.message).toBe(VIDEO_ERRORS["provider-failed"].message);
    expect(error && engine.sentenceOf(error)).toBe("Das ging schief.");
    expect(engine.sessions.tiles().getSnapshot()).toMatchObject([{ status: "failed", error: "Das ging schief." }]);
    expect(ledger.books.rows).toMatchObject([{ error: VIDEO_ERRORS["provider-failed"].message }]);
  });

  test("says a row of another device in its own language, and what a provider said as it is", () => {
    const sentenceOf = createSentenceOf({ "timed-out": "Zu langsam.", "result-missing": "Kein Video." });
    const rows = [VIDEO_ERRORS["timed-out"].message, "Flagged by the model.", undefined].map((error, at) =>
      rowWith({ id: `row-${at}`, isLoading: false, error, createdAt: at }),
    );
    const shown = mergeGenerations(rows, [], { now: 10, sentenceOf }).map(({ error }) => error);
    expect(shown).toEqual(["Kein Video.", "Flagged by the model.", "Zu langsam."]);
  });

  const parts = { convex: { mutation: () => Promise.resolve(null) }, http: { baseUrl: "", getToken: () => null } };

  test("reports a function that throws, once", () => {
    const onEvent = vi.fn<(event: object) => void>();
    const own = (): string => {
      throw new Error("no translation");
    };
    const engine = createVideoEngine({ ...parts, onEvent, sentences: { internal: own } });
    expect([engine.sentenceOf("internal"), engine.sentenceOf("internal")]).toEqual(
      Array.from({ length: 2 }, () => VIDEO_ERRORS.internal.message),
    );
    expect(onEvent.mock.calls).toMatchObject([[{ type: "callback-failed", callback: "sentences" }]]);
  });

  test.each([
    [{ "rate-limitted": "x" }, /`sentences\.rate-limitted` is no option/],
    [{ "rate-limited": 5 }, /`sentences\.rate-limited` is 5\. Pass a text or a function, or leave it out\./],
    ["x", /`sentences` is "x"\. Pass sentences by their codes/],
  ])("refuses %j", (sentences, message) => {
    expect(() => createVideoEngine({ ...parts, sentences: sentences as never })).toThrow(message);
  });
});

test.each(Object.entries(FILE_SENTENCES))("the rule %s of a file has a plain sentence", (_, sentence) => {
  expect(sentence({ whose: "Veo 3.1", limit: "image/png", value: 5 })).toMatch(/^[A-Z].*\.$/);
});
