import { describe, expect, test } from "vitest";
import { justify, type GridRow } from "../src/grid/justify.ts";

const SHAPE = { width: 1_000, gap: 10, target: 250 };
const WIDE = 16 / 9;
const TALL = 9 / 16;

const endOf = ({ places }: GridRow): number => {
  const last = places.at(-1);
  return last === undefined ? 0 : last.left + last.width;
};

describe("justify", () => {
  test("nothing has no rows", () => {
    expect(justify([], SHAPE)).toEqual([]);
  });

  test("each tile once, in order, in its own shape", () => {
    const ratios = Array.from({ length: 200 }, (_, nth) => [WIDE, TALL, 1, 4 / 3, 21 / 9][nth % 5] ?? 1);
    const rows = justify(ratios, SHAPE);
    expect(rows.map(({ first }) => first)).toEqual(
      rows.map((_, at) => rows.slice(0, at).reduce((sum, { places }) => sum + places.length, 0)),
    );
    const shapes = rows.flatMap(({ places, height }) => places.map(({ width }) => width / height));
    for (const [index, ratio] of ratios.entries()) expect(shapes[index]).toBeCloseTo(ratio);
  });

  test("full rows fill the width, and are neither flat nor high", () => {
    const rows = justify(
      Array.from({ length: 100 }, (_, nth) => [WIDE, TALL, 1][nth % 3] ?? 1),
      SHAPE,
    );
    for (const row of rows.slice(0, -1)) {
      expect(endOf(row)).toBeCloseTo(1_000);
      expect(row.height).toBeGreaterThan(170);
      expect(row.height).toBeLessThan(370);
    }
  });

  test("a last row that is not full keeps to the left, little higher than the others", () => {
    const last = justify([WIDE, WIDE, TALL], SHAPE).at(-1);
    expect(last?.height).toBeLessThanOrEqual(250 * 1.25);
    expect(last?.places[0]?.left).toBe(0);
  });

  test("a video alone is large, and stands in the middle", () => {
    const [row] = justify([TALL], SHAPE);
    const [place] = row?.places ?? [];
    expect(row?.height).toBeCloseTo(475);
    expect(Number(place?.left) + Number(place?.width) / 2).toBeCloseTo(500);
  });

  test("something wider than the grid is as wide as the grid", () => {
    expect(justify([10], SHAPE)).toMatchObject([{ height: 100, places: [{ left: 0, width: 1_000 }] }]);
  });
});
