// Posters: one per finished generation, within bounds, and nothing that goes wrong with one reaches the generation.
import { describe, expect, test, vi } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createEngine } from "../engine/create-engine.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult, FindFirstFrame, VideoLedger } from "../ports.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createAfterSuccess } from "./create-after-success.ts";

const PICTURE = "https://cdn.example/1.jpg";
const FOUND: CallResult<string> = { ok: true, value: PICTURE };
const DONE: CallResult<void> = { ok: true, value: undefined };
const failed = (error: VideoErrorData): CallResult<never> => ({ ok: false, certainty: "unknown", error });
const PASSING = failed(videoErrorData("unreachable"));
const PERMANENT = failed(videoErrorData("not-configured"));
const WRITTEN = { rowId: "row-1", change: { kind: "previewed", previewImage: PICTURE } };

async function completed(): Promise<GenerationSnapshot> {
  const { engine, clock } = createTestEngine();
  const generation = engine.generate({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
  await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  return generation.getSnapshot();
}

async function setUp() {
  const clock = createTestClock();
  const findFirstFrame = vi.fn<FindFirstFrame>(async () => FOUND);
  const updateRow = vi.fn<VideoLedger["updateRow"]>(async () => DONE);
  const show = vi.fn<(previewImage: string) => void>();
  const after = createAfterSuccess({ findFirstFrame, ledger: { updateRow }, clock });
  return { clock, findFirstFrame, updateRow, show, after, snapshot: await completed() };
}

describe("a generation that has completed", () => {
  test("gets a poster of its first video, in its row and in its snapshot", async () => {
    const { after, snapshot, clock, findFirstFrame, updateRow, show } = await setUp();
    after.run(snapshot, show);
    expect(updateRow).not.toHaveBeenCalled();
    await clock.flush();
    expect(findFirstFrame.mock.calls).toEqual([[snapshot.videos[0], expect.any(AbortSignal)]]);
    expect(updateRow.mock.calls).toEqual([[WRITTEN]]);
    expect(show.mock.calls).toEqual([[PICTURE]]);
  });

  test("gets one only once, however often it is run", async () => {
    const { after, snapshot, clock, findFirstFrame, show } = await setUp();
    after.run(snapshot, show);
    after.run({ ...snapshot }, show);
    await clock.flush();
    after.run(snapshot, show);
    expect(findFirstFrame).toHaveBeenCalledTimes(1);
  });

  test("without a row still gets one to look at", async () => {
    const { after, snapshot, clock, updateRow, show } = await setUp();
    after.run({ ...snapshot, rowId: undefined }, show);
    await clock.flush();
    expect(show).toHaveBeenCalledTimes(1);
    expect(updateRow).not.toHaveBeenCalled();
  });

  test.each<[string, Partial<GenerationSnapshot>]>([
    ["runs", { status: "running" }],
    ["failed", { status: "failed" }],
    ["was canceled", { status: "canceled" }],
    ["has no video", { videos: [] }],
    ["has a poster", { previewImage: PICTURE }],
  ])("unlike one that %s", async (_, part) => {
    const { after, snapshot, clock, findFirstFrame, show } = await setUp();
    after.run({ ...snapshot, ...part }, show);
    await clock.flush();
    expect(findFirstFrame).not.toHaveBeenCalled();
  });
});

describe("what goes wrong", () => {
  test("a picture that is not found is asked for twice, two seconds apart, and then no more", async () => {
    const { after, snapshot, clock, findFirstFrame, updateRow, show } = await setUp();
    findFirstFrame.mockResolvedValue(PASSING);
    after.run(snapshot, show);
    await clock.advance(1_999);
    expect(findFirstFrame).toHaveBeenCalledTimes(1);
    await clock.advance(1);
    expect(findFirstFrame).toHaveBeenCalledTimes(2);
    await clock.advance(86_400_000);
    expect([findFirstFrame, updateRow, show].map(({ mock }) => mock.calls.length)).toEqual([2, 0, 0]);
    expect(clock.pending).toBe(0);
  });

  test("a second try may succeed, for the picture and for the row", async () => {
    const { after, snapshot, clock, findFirstFrame, updateRow, show } = await setUp();
    findFirstFrame.mockResolvedValueOnce(PASSING);
    updateRow.mockResolvedValueOnce(PASSING);
    after.run(snapshot, show);
    await clock.advance(4_000);
    expect(updateRow.mock.calls).toEqual([[WRITTEN], [WRITTEN]]);
  });

  test("a refusal is not tried again", async () => {
    const { after, snapshot, clock, findFirstFrame, show } = await setUp();
    findFirstFrame.mockResolvedValue(PERMANENT);
    after.run(snapshot, show);
    await clock.advance(60_000);
    expect(findFirstFrame).toHaveBeenCalledTimes(1);
  });

  test.each([
    [10_000, 2],
    [30_001, 1],
  ])("a wait of %i ms that the other side asks for makes %i tries", async (retryAfterMs, tries) => {
    const { after, snapshot, clock, findFirstFrame, show } = await setUp();
    findFirstFrame.mockResolvedValue(failed(videoErrorData("rate-limited", { retryAfterMs })));
    after.run(snapshot, show);
    await clock.advance(9_999);
    expect(findFirstFrame).toHaveBeenCalledTimes(1);
    await clock.advance(60_000);
    expect(findFirstFrame).toHaveBeenCalledTimes(tries);
  });

  test("a port that throws does no harm", async () => {
    const { after, snapshot, clock, findFirstFrame, updateRow, show } = await setUp();
    findFirstFrame.mockImplementationOnce(() => {
      throw new Error("a port of the app's");
    });
    updateRow.mockRejectedValue(new Error("a port of the app's"));
    after.run(snapshot, show);
    after.run({ ...snapshot, id: "second" }, show);
    after.run({ ...snapshot, id: "third" }, () => {
      throw new Error("an interface of the app's");
    });
    await clock.advance(60_000);
    expect([findFirstFrame.mock.calls.length, updateRow.mock.calls.length]).toEqual([3, 1]);
  });
});

describe("stopping", () => {
  test.each([FOUND, PASSING])(
    "calls off the question and does nothing any more, whatever it comes to (%o)",
    async (late) => {
      const { after, snapshot, clock, findFirstFrame, updateRow, show } = await setUp();
      let answer: (found: CallResult<string>) => void = () => undefined;
      findFirstFrame.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
      after.run(snapshot, show);
      after.stop();
      expect(findFirstFrame.mock.calls[0]?.[1].aborted).toBe(true);
      answer(late);
      await clock.flush();
      expect([updateRow.mock.calls.length, show.mock.calls.length, clock.pending]).toEqual([0, 0, 0]);
    },
  );

  test("ends a wait, leaves no timer behind, and nothing begins after it", async () => {
    const { after, snapshot, clock, findFirstFrame, show } = await setUp();
    findFirstFrame.mockResolvedValue(PASSING);
    after.run(snapshot, show);
    await clock.flush();
    expect(clock.pending).toBe(1);
    after.stop();
    after.stop();
    expect(clock.pending).toBe(0);
    after.run({ ...snapshot, id: "another" }, show);
    await clock.advance(60_000);
    expect(findFirstFrame).toHaveBeenCalledTimes(1);
  });
});

describe("in an engine", () => {
  async function generated(findFirstFrame: FindFirstFrame) {
    const { api, ledger, clock } = createTestEngine();
    const platform = { clock, random: () => 0.5, createId: () => "generation-1" };
    const afterSuccess = createAfterSuccess({ findFirstFrame, ledger, clock });
    const engine = createEngine({ api, ledger, platform, polling: defaultPollingPolicy, afterSuccess });
    const generation = engine.generate({ model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 });
    await clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    return { engine, generation, ledger, clock };
  }

  test("the poster comes to the snapshot and to the row, after a generation that is settled already", async () => {
    const { generation, ledger, clock } = await generated(async () => FOUND);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    await clock.flush();
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", previewImage: PICTURE });
    expect(ledger.books.rows).toMatchObject([{ isLoading: false, previewImage: PICTURE }]);
    ledger.assertBalanced();
  });

  test("a question that never ends holds nothing up, and ends with the engine", async () => {
    const find = vi.fn<FindFirstFrame>(() => new Promise(() => undefined));
    const { engine, generation, ledger, clock } = await generated(find);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    ledger.assertBalanced();
    engine.dispose();
    expect([find.mock.calls[0]?.[1].aborted, clock.pending]).toEqual([true, 0]);
  });
});
