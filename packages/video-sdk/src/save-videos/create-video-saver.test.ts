// One call of the app's `saveVideos`: whatever the callback does, one answer comes of it.
import { describe, expect, test } from "vitest";
import { VideoError } from "../errors.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createVideoSaver, SAVE_VIDEOS_MS } from "./create-video-saver.ts";
import type { SaveVideos, SaveVideosContext } from "./save-videos.ts";

const videos = ["https://tempfile.test/1.mp4"];
const copies = ["https://copies.test/1.mp4"];
const job = { requestId: "job-1", provider: "kie", endpoint: "kie/sora-2" };
const input = { videos, job, model: "vid-veo-3.1-fast" } as const;

function saverOf(saveVideos: SaveVideos, deadlineMs?: number) {
  const clock = createTestClock();
  const upload = (): Promise<string> => Promise.resolve("https://copies.test/uploaded.mp4");
  const controller = new AbortController();
  const save = createVideoSaver({ saveVideos, clock, upload, deadlineMs });
  return { clock, controller, save: () => save(input, controller.signal) };
}

describe("an answer", () => {
  test.each<[string, SaveVideos]>([
    ["at once", () => copies],
    ["later", () => Promise.resolve(copies)],
  ])("%s takes the place of the videos, and leaves no timer", async (_, saveVideos) => {
    const { clock, save } = saverOf(saveVideos);
    expect(await save()).toEqual({ ok: true, value: copies });
    expect(clock.pending).toBe(0);
  });

  test("the callback is told the job and the model, and can send to the app's storage", async () => {
    const told: SaveVideosContext[] = [];
    const { save } = saverOf(async (given, context) => {
      told.push(context);
      return Promise.all(given.map(() => context.upload(new Blob(["a video"]))));
    });
    expect(await save()).toEqual({ ok: true, value: ["https://copies.test/uploaded.mp4"] });
    expect(told).toMatchObject([{ job, model: "vid-veo-3.1-fast" }]);
  });

  test("what the callback does to its list, and to its answer afterwards, changes nothing", async () => {
    const answer = [...copies];
    const { save } = saverOf((given) => {
      (given as string[]).length = 0;
      return answer;
    });
    const saved = await save();
    answer[0] = "javascript:alert(1)";
    expect(saved).toEqual({ ok: true, value: copies });
    expect(videos).toHaveLength(1);
  });
});

describe("a failure is one answer, which certainly lets the row be saved", () => {
  const throwing: SaveVideos = () => {
    throw new Error("no disk");
  };

  test.each<[string, SaveVideos, string]>([
    ["throws at once", throwing, "internal"],
    ["rejects", () => Promise.reject(new Error("no disk")), "internal"],
    ["rejects with nothing", () => Promise.reject(undefined as unknown as Error), "internal"],
    ["says that the videos are gone", () => Promise.reject(new VideoError("not-found")), "not-found"],
    ["returns nothing", () => undefined as unknown as string[], "result-unusable"],
    ["returns fewer", () => [], "result-unusable"],
    ["returns http", () => ["http://copies.test/1.mp4"], "result-unusable"],
    ["returns what throws when it is read", () => new Proxy([], { get: throwing as () => never }), "internal"],
  ])("it %s", async (_, saveVideos, code) => {
    const { clock, save } = saverOf(saveVideos);
    expect(await save()).toMatchObject({ ok: false, certainty: "not-done", error: { code } });
    expect(clock.pending).toBe(0);
  });

  test("an unusable answer is explained to the developer", async () => {
    const { save } = saverOf(() => []);
    expect(await save()).toMatchObject({
      error: { message: "saveVideos: It was given 1 videos and returned 0: return one address for each." },
    });
  });

  test.each([undefined, 5_000])(
    "it never answers: with a deadline of %s ms its signal is aborted",
    async (deadlineMs) => {
      const signals: AbortSignal[] = [];
      const { clock, save } = saverOf((_, { signal }) => {
        signals.push(signal);
        return new Promise(() => undefined);
      }, deadlineMs);
      const saved = save();
      const ms = deadlineMs ?? SAVE_VIDEOS_MS;
      await clock.advance(ms - 1);
      expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
      await clock.advance(1);
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
      expect(await saved).toMatchObject({
        error: { code: "upload-failed", message: expect.stringContaining(`${ms / 1_000} s`) as string },
      });
    },
  );

  test("the engine is disposed of: it ends at once, without a timer", async () => {
    const { clock, controller, save } = saverOf(() => new Promise(() => undefined));
    const saved = save();
    controller.abort();
    expect(await saved).toMatchObject({ error: { code: "canceled" } });
    expect(clock.pending).toBe(0);
  });

  test("it was disposed of before: nothing is called", async () => {
    let calls = 0;
    const { controller, save } = saverOf(() => {
      calls++;
      return copies;
    });
    controller.abort();
    expect(await save()).toMatchObject({ ok: false, error: { code: "canceled" } });
    expect(calls).toBe(0);
  });
});
