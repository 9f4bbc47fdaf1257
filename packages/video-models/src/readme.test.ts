// Keeps the tables of the README equal to the registry.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withTables } from "../scripts/readme-tables.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The formatter pads tables; that is all that may differ. */
const unpadded = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");

test("the README's tables are those of the registry (if not: npm run tables)", () => {
  expect(unpadded(withTables(readme))).toBe(unpadded(readme));
});

test("the README has both tables filled", () => {
  expect(readme.match(/^\| `vid-/gm)?.length).toBeGreaterThan(10);
  expect(readme).toContain("The provider no longer takes 1:1.");
});
