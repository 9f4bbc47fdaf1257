// How tiles share rows: full rows where there is room, a row each where text needs it.
import type { VideoTile } from "@video-engine/video-sdk";
import { rowsOf } from "../src/grid/grid-rows.ts";

const tilesOf = (...ratios: readonly string[]): readonly VideoTile[] =>
  ratios.map((aspectRatio, index) => ({
    key: `tile-${index}`,
    aspectRatio,
    status: "completed",
    isStale: false,
    prompt: "",
    model: undefined,
    modelLabel: undefined,
    videos: [],
    previewImage: undefined,
    createdAt: 0,
    error: undefined,
    rowId: undefined,
    generationId: undefined,
    isRefunded: false,
    snapshot: undefined,
  }));

const keysIn = (ratios: readonly string[], width: number, fontScale = 1): readonly string[] =>
  rowsOf(tilesOf(...ratios), width, fontScale).map(({ key }) => key);

test("a phone shows wide videos one by one, and two that are upright side by side", () => {
  expect(keysIn(["16:9", "16:9", "9:16", "9:16"], 366)).toEqual(["tile-0", "tile-1", "tile-2 tile-3"]);
});

test("a wide screen fills its rows", () => {
  const rows = rowsOf(tilesOf("16:9", "1:1", "16:9", "9:16"), 1_256, 1);
  const [first] = rows;
  expect(first?.tiles.reduce((sum, { width }) => sum + width, 8 * (first.tiles.length - 1))).toBeCloseTo(1_256);
});

test("where text is twice as large, each tile of a phone has a row, as wide as its words need", () => {
  const rows = rowsOf(tilesOf("9:16", "9:16", "1:1"), 366, 2);
  expect(rows.map(({ tiles }) => tiles.length)).toEqual([1, 1, 1]);
  for (const { tiles } of rows) expect(tiles[0]?.width).toBeGreaterThanOrEqual(336);
});

test("nothing is lost, and nothing is wider than the screen", () => {
  const ratios = ["9:16", "21:9", "1:1", "3:4", "16:9", "9:16", "9:16"];
  for (const width of [296, 366, 756, 1_256]) {
    const rows = rowsOf(tilesOf(...ratios), width, 1);
    expect(rows.flatMap(({ tiles }) => tiles.map(({ tile }) => tile.key))).toEqual(
      ratios.map((_, index) => `tile-${index}`),
    );
    for (const { tiles } of rows)
      expect(tiles.reduce((sum, one) => sum + one.width, 8 * (tiles.length - 1))).toBeLessThanOrEqual(width + 0.01);
  }
});
