// The reading order of ARCHITECTURE.md: its files exist, and together they can be read in an hour.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const MOST_LINES = 1_000;

/** The files before the colon of the section, which ends the list. */
function readingOrder(): readonly string[] {
  const [, section = ""] = readFileSync(join(root, "ARCHITECTURE.md"), "utf8").split("\n## Reading order\n");
  const [list = ""] = section.split(":");
  return [...list.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
}

describe("the reading order", () => {
  const paths = readingOrder().map((file) => join(root, "packages/video-sdk/src", file));

  test("names files that exist", () => {
    expect(paths.length).toBeGreaterThan(3);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test(`is shorter than ${MOST_LINES} lines`, () => {
    const lines = paths.reduce((sum, path) => sum + readFileSync(path, "utf8").split("\n").length - 1, 0);
    expect(lines).toBeLessThan(MOST_LINES);
  });
});
