// One list without duplicates: which generation a row is, which of the two is believed, in which order, under which key.
import { describe, expect, test } from "vitest";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { videoErrorData } from "../errors.ts";
import { readSessionRows } from "../convex/read-session-answers.ts";
import type { SessionRow } from "../ports.ts";
import { failedWith, rowWith, snapshotWith, START } from "./__fixtures__/rows-and-snapshots.ts";
import { mergeGenerations, type MergeOptions } from "./merge-generations.ts";
import { STALE_AFTER_MS } from "./video-tile.ts";

const now = START + 1_000;
const video = "https://videos.test/1.mp4";
const merged = (rows: readonly SessionRow[], snapshots: readonly GenerationSnapshot[], more?: Partial<MergeOptions>) =>
  mergeGenerations(rows, snapshots, { now, ...more });

test("a row that was canceled in another run of the app is a canceled tile, not a failed one", () => {
  const canceled = rowWith({ id: "row-1", isLoading: false, error: "Canceled." });
  expect(merged([canceled], [])).toMatchObject([{ status: "canceled", error: undefined }]);
  const refused = rowWith({ id: "row-1", isLoading: false, error: "The provider refused this request." });
  expect(merged([refused], [])).toMatchObject([{ status: "failed", error: "The provider refused this request." }]);
});

test("a resumed generation that has no prompt any more shows its row's", () => {
  const resumed = snapshotWith({ id: "g1", rowId: "row-1", prompt: "" });
  expect(merged([rowWith({ id: "row-1", prompt: "a corgi surfing" })], [resumed])).toMatchObject([
    { generationId: "g1", prompt: "a corgi surfing" },
  ]);
});

describe("a generation and its row are one tile", () => {
  test.each([
    ["row id", rowWith({ id: "row-1" }), snapshotWith({ id: "g1", rowId: "row-1" })],
    ["slot id", rowWith({ id: "row-1", slotId: "slot-1" }), snapshotWith({ id: "g1", slotId: "slot-1" })],
    ["request id", rowWith({ id: "row-1", requestId: "job-1" }), snapshotWith({ id: "g1", requestId: "job-1" })],
  ])("joined by %s", (_, row, snapshot) => {
    expect(merged([row], [snapshot])).toMatchObject([{ rowId: "row-1", generationId: "g1", status: "loading" }]);
  });

  test("the row id decides before the slot, and the slot before the request", () => {
    const rows = [
      rowWith({ id: "row-1", slotId: "slot-2", requestId: "job-3" }),
      rowWith({ id: "row-2", requestId: "job-2" }),
    ];
    const snapshots = [
      snapshotWith({ id: "g2", slotId: "slot-2", requestId: "job-2" }),
      snapshotWith({ id: "g1", rowId: "row-1" }),
    ];
    // row-1 is taken by g1, which names it; what else points to it is the same generation.
    expect(merged(rows, snapshots)).toMatchObject([
      { rowId: "row-2", generationId: undefined },
      { rowId: "row-1", generationId: "g1" },
    ]);
  });

  test("ids that are missing on both sides join nothing", () => {
    expect(merged([rowWith({ id: "row-1" })], [snapshotWith({ id: "g1" })])).toHaveLength(2);
  });

  test("two generations of one row are one tile, and the one that runs is shown", () => {
    const stopped = snapshotWith({ id: "g1", rowId: "row-1", ...failedWith("unreachable") });
    const adopted = snapshotWith({ id: "row-row-1", rowId: "row-1" });
    const row = rowWith({ id: "row-1" });
    for (const snapshots of [
      [stopped, adopted],
      [adopted, stopped],
    ]) {
      expect(merged([row], snapshots)).toMatchObject([{ generationId: "row-row-1", status: "loading" }]);
    }
  });
});

describe("who is believed", () => {
  const running = { id: "g1", rowId: "row-1", phase: "polling" } as const;

  test("a row that the backend has finished itself, over a generation that is still asking", () => {
    const row = rowWith({ id: "row-1", isLoading: false, videos: [video] });
    expect(merged([row], [snapshotWith(running)])).toMatchObject([{ status: "completed", videos: [video] }]);
  });

  test("a row that the backend has failed, over a generation that is still asking", () => {
    const row = rowWith({ id: "row-1", isLoading: false, error: "Blocked by the provider." });
    expect(merged([row], [snapshotWith(running)])).toMatchObject([
      { status: "failed", error: "Blocked by the provider.", videos: [] },
    ]);
  });

  test("a generation that has its video, over a row that still says loading", () => {
    const snapshot = snapshotWith({ ...running, status: "completed", phase: "completed", videos: [video] });
    expect(merged([rowWith({ id: "row-1" })], [snapshot])).toMatchObject([{ status: "completed", videos: [video] }]);
  });

  test("a generation that has failed or was canceled, over a row that still says loading", () => {
    const row = rowWith({ id: "row-1" });
    const failed = snapshotWith({ ...running, ...failedWith("content-rejected") });
    expect(merged([row], [failed])).toMatchObject([
      { status: "failed", error: videoErrorData("content-rejected").message },
    ]);
    const canceled = snapshotWith({ ...running, status: "canceled", phase: "canceled" });
    expect(merged([row], [canceled])).toMatchObject([{ status: "canceled", error: undefined }]);
  });

  test("a generation whose row says canceled, and that still gives its credits back, never shows as failed", () => {
    const row = rowWith({ id: "row-1", isLoading: false, error: "Canceled." });
    const settling = snapshotWith({ ...running, phase: "settling", isCanceling: true });
    expect(merged([row], [settling])).toMatchObject([{ status: "canceled", error: undefined }]);
  });

  test("a canceled generation stays canceled when its row says that it failed", () => {
    const row = rowWith({ id: "row-1", isLoading: false, error: "The generation was canceled." });
    const canceled = snapshotWith({ ...running, status: "canceled", phase: "canceled" });
    expect(merged([row], [canceled])).toMatchObject([{ status: "canceled", error: undefined }]);
  });

  test("a video that came late, over the failure", () => {
    const row = rowWith({ id: "row-1", isLoading: false, videos: [video], error: "The video took too long." });
    const late = snapshotWith({ ...running, ...failedWith("timed-out") });
    expect(merged([row], [late])).toMatchObject([{ status: "completed", videos: [video], error: undefined }]);
  });
});

describe("a row alone", () => {
  test("shows its error sentence", () => {
    const row = rowWith({ id: "row-1", isLoading: false, error: "There were not enough credits." });
    expect(merged([row], [])).toMatchObject([{ status: "failed", error: "There were not enough credits." }]);
  });

  test("shows it also where a write that came late has set the row to loading again", () => {
    expect(merged([rowWith({ id: "row-1", isLoading: true, error: "It failed." })], [])).toMatchObject([
      { status: "failed", error: "It failed." },
    ]);
  });

  test("that has ended without a video and without a reason says so", () => {
    expect(merged([rowWith({ id: "row-1", isLoading: false })], [])).toMatchObject([
      { status: "failed", error: "The provider finished without a video." },
    ]);
  });

  test("is stale once it has been loading for ten minutes", () => {
    const row = rowWith({ id: "row-1" });
    const staleAt = (age: number) => mergeGenerations([row], [], { now: START + age }).map(({ isStale }) => isStale);
    expect([staleAt(STALE_AFTER_MS - 1), staleAt(STALE_AFTER_MS)]).toEqual([[false], [true]]);
  });

  test("is not stale while a generation here drives it, nor when it is over", () => {
    const late = { now: START + 2 * STALE_AFTER_MS };
    expect(
      mergeGenerations([rowWith({ id: "row-1" })], [snapshotWith({ id: "g1", rowId: "row-1" })], late),
    ).toMatchObject([{ isStale: false }]);
    expect(mergeGenerations([rowWith({ id: "row-1", isLoading: false })], [], late)).toMatchObject([
      { isStale: false },
    ]);
  });

  test("keeps the name of a model that this version does not know", () => {
    const rows = [rowWith({ id: "row-1", model: "vid-next", modelLabel: "Next" })];
    expect(merged(rows, [])).toMatchObject([{ model: "vid-next", modelLabel: "Next" }]);
    expect(merged([rowWith({ id: "row-1", model: "vid-next", modelLabel: undefined })], [])).toMatchObject([
      { modelLabel: undefined },
    ]);
  });

  test("is read with its videos as texts or as objects", () => {
    const rows = readSessionRows([
      { _id: "row-1", isLoading: false, videos: [video], createdAt: 2 },
      { _id: "row-2", isLoading: false, videos: [{ url: video }], createdAt: 1 },
    ]);
    expect(merged(rows, []).map(({ videos }) => videos)).toEqual([[video], [video]]);
  });
});

describe("a generation alone", () => {
  test("is a tile at once, with all that is known of it", () => {
    expect(merged([], [snapshotWith({ id: "g1" })])).toEqual([
      {
        key: "g1",
        generationId: "g1",
        rowId: undefined,
        status: "loading",
        isRefunded: false,
        isStale: false,
        prompt: "a corgi surfing",
        model: "vid-veo-3.1",
        modelLabel: "Veo 3.1",
        aspectRatio: "9:16",
        videos: [],
        previewImage: undefined,
        createdAt: START,
        error: undefined,
        snapshot: snapshotWith({ id: "g1" }),
      },
    ]);
  });

  test("shows its picture before the row has it, and the row's once it has", () => {
    const snapshot = snapshotWith({ id: "g1", rowId: "row-1", previewImage: "https://p.test/here.jpg" });
    const pictures = [undefined, "https://p.test/row.jpg"].flatMap((previewImage) =>
      merged([rowWith({ id: "row-1", previewImage })], [snapshot]).map((tile) => tile.previewImage),
    );
    expect(pictures).toEqual(["https://p.test/here.jpg", "https://p.test/row.jpg"]);
  });

  test("that was refused as invalid is a failed tile with the sentence", () => {
    const refused = snapshotWith({
      id: "g1",
      status: "failed",
      phase: "failed",
      model: undefined,
      request: undefined,
      error: videoErrorData("unknown-model", { message: "There is no model vid-veo." }),
    });
    expect(merged([], [refused], { sessionId: "session-1" })).toMatchObject([
      { status: "failed", error: "There is no model vid-veo.", aspectRatio: "16:9", modelLabel: undefined },
    ]);
  });

  test("has a frame of 16:9 where the model decides by itself", () => {
    const { request } = snapshotWith({ id: "g1" });
    const auto = request && { ...request, aspectRatio: "auto" as const };
    expect(merged([], [snapshotWith({ id: "g1", request: auto })])).toMatchObject([{ aspectRatio: "16:9" }]);
  });

  test("of another session is left out; one whose session is not known yet is shown", () => {
    const snapshots = [
      snapshotWith({ id: "g3", sessionId: "session-2" }),
      snapshotWith({ id: "g2" }),
      snapshotWith({ id: "g1", sessionId: "session-1" }),
    ];
    const ids = (sessionId?: string) => merged([], snapshots, { sessionId }).map(({ key }) => key);
    expect(ids("session-1")).toEqual(["g2", "g1"]);
    expect(ids()).toEqual(["g3", "g2", "g1"]);
  });
});

describe("the order", () => {
  test("is newest first, whatever the order of the rows", () => {
    const rows = [3, 1, 2].map((at) => rowWith({ id: `row-${at}`, createdAt: START + at }));
    expect(merged(rows, [snapshotWith({ id: "g4", createdAt: START + 4 })]).map(({ key }) => key)).toEqual([
      "g4",
      "row-3",
      "row-2",
      "row-1",
    ]);
  });

  test("does not change when a row appears: a tile stands where its generation was started", () => {
    const snapshots = [
      snapshotWith({ id: "g2", rowId: "row-2", createdAt: START + 10 }),
      snapshotWith({ id: "g1", rowId: "row-1", createdAt: START }),
    ];
    const rows = [
      rowWith({ id: "row-2", createdAt: START + 20 }),
      // The older one was recorded later: its files took longer.
      rowWith({ id: "row-1", createdAt: START + 30 }),
    ];
    const orderWith = (...known: readonly SessionRow[]) => merged(known, snapshots).map(({ key }) => key);
    expect([orderWith(), orderWith(...rows.slice(0, 1)), orderWith(...rows)]).toEqual([
      ["g2", "g1"],
      ["g2", "g1"],
      ["g2", "g1"],
    ]);
  });

  test("is by the row where the device's clock is ahead of the backend's", () => {
    const rows = [
      rowWith({ id: "row-1", createdAt: START }),
      rowWith({ id: "of another device", createdAt: START + 5 }),
    ];
    const ahead = snapshotWith({ id: "g1", rowId: "row-1", createdAt: START + 3_600_000 });
    expect(merged(rows, [ahead]).map(({ key }) => key)).toEqual(["of another device", "g1"]);
  });

  test.each([-3_600_000, -180_000, 180_000, 3_600_000])(
    "of a device whose clock is wrong by %i ms: a new tile is first, before and after its row is there",
    (wrongByMs) => {
      const others = [rowWith({ id: "of another device", createdAt: START - 60_000 })];
      const mine = snapshotWith({ id: "g1", rowId: "row-1", createdAt: START + wrongByMs });
      const row = rowWith({ id: "row-1", createdAt: START + 2_000 });
      expect(merged(others, [mine]).map(({ key }) => key)).toEqual(["g1", "of another device"]);
      expect(merged([...others, row], [mine]).map(({ key }) => key)).toEqual(["g1", "of another device"]);
      const next = snapshotWith({ id: "g2", createdAt: START + 60_000 + wrongByMs });
      expect(merged([...others, row], [next, mine]).map(({ key }) => key)).toEqual(["g2", "g1", "of another device"]);
      const later = rowWith({ id: "later", createdAt: START + 120_000 });
      const ended = { ...next, status: "failed" } as const;
      expect(merged([...others, row, later], [ended, mine]).map(({ key }) => key)).toEqual([
        "later",
        "g2",
        "g1",
        "of another device",
      ]);
    },
  );

  test("a loading row of another device is stale by the backend's clock, where that is known", () => {
    const wrongByMs = -3_600_000;
    const known = rowWith({ id: "row-1", createdAt: START, isLoading: false, videos: [video] });
    const mine = snapshotWith({ id: "g1", rowId: "row-1", createdAt: START + wrongByMs, status: "completed" });
    const other = rowWith({ id: "row-2", createdAt: START });
    const isStaleAfter = (ms: number) =>
      mergeGenerations([known, other], [mine], { now: START + wrongByMs + ms }).find(({ key }) => key === "row-2")
        ?.isStale;
    expect([isStaleAfter(STALE_AFTER_MS - 1), isStaleAfter(STALE_AFTER_MS)]).toEqual([false, true]);
  });

  test("of rows from the same instant is the later one first", () => {
    const rows = [rowWith({ id: "row-1" }), rowWith({ id: "row-2" })];
    expect(merged(rows, []).map(({ key }) => key)).toEqual(["row-2", "row-1"]);
  });
});

describe("from one list to the next", () => {
  const snapshot = snapshotWith({ id: "g1", slotId: "slot-1" });
  const row = rowWith({ id: "row-1", slotId: "slot-1" });

  test("the key stays when the row appears and when it is finished", () => {
    const lists = [
      merged([], [snapshot]),
      merged([row], [snapshot]),
      merged([rowWith({ ...row, isLoading: false, videos: [video] })], [snapshot]),
    ];
    expect(lists.map((tiles) => tiles.map(({ key }) => key))).toEqual([["g1"], ["g1"], ["g1"]]);
  });

  test("the key stays when a row was there first and its generation is resumed here", () => {
    const before = merged([row], []);
    const after = merged([row], [snapshot], { previous: before });
    expect([before, after].map((tiles) => tiles.map(({ key }) => key))).toEqual([["row-1"], ["row-1"]]);
    expect(after).toMatchObject([{ generationId: "g1" }]);
  });

  test("a tile that has not changed is the same object, though its row was read anew", () => {
    const other = rowWith({ id: "row-2", videos: [video], isLoading: false, createdAt: START + 5 });
    const before = merged([row, other], [snapshot]);
    const after = merged([{ ...row }, { ...other, videos: [video] }], [{ ...snapshot, isSlow: true }], {
      previous: before,
    });
    expect(after).not.toBe(before);
    expect(after.map((tile, at) => tile === before[at])).toEqual([true, false]);
  });

  test("a list in which nothing has changed is the same object", () => {
    const before = merged([row], [snapshot]);
    expect(merged([{ ...row }], [snapshot], { now: now + 1, previous: before })).toBe(before);
    expect(merged([], [], { previous: before })).toEqual([]);
  });
});
