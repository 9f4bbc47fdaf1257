// docs/errors.md and docs/attachments.md against the tables of the code: each code and each rule, once, with its own sentence.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FILE_SENTENCES } from "../src/attachments/file-sentences.ts";
import { VIDEO_ERRORS, type VideoErrorCode } from "../src/errors.ts";

/** The cells of each row of a page, from a heading on, whose first cell is a name in code. */
function rowsOf(page: string, heading: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`../../../docs/${page}`, import.meta.url), "utf8");
  return text
    .slice(text.indexOf(`\n## ${heading}\n`))
    .split("\n")
    .filter((line) => /^\| `[a-z-]+` +\|/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const codes = rowsOf("errors.md", "The codes");

describe("the codes", () => {
  test("are all there, each once", () => {
    const named = codes.map(([code]) => code?.replaceAll("`", ""));
    expect(new Set(named)).toEqual(new Set(Object.keys(VIDEO_ERRORS)));
    expect(named).toHaveLength(Object.keys(VIDEO_ERRORS).length);
  });

  test.each(codes.map((cells) => [cells[0], cells] as const))("%s stands as in the table", (_, cells) => {
    const [name = "", sentence, status, retryable, credits = "", ...rest] = cells;
    const row = VIDEO_ERRORS[name.replaceAll("`", "") as VideoErrorCode];
    expect([sentence, status, retryable]).toEqual([row.message, String(row.httpStatus), row.retryable ? "yes" : "no"]);
    expect(credits.split(", ").every((one) => ["-", "none", "released"].includes(one))).toBe(true);
    expect(rest.every((cell) => cell !== "")).toBe(true);
  });
});

test("the rules of files are all there, each once, with what a sentence is made of", () => {
  const rules = rowsOf("attachments.md", "What can be wrong with a file").map(([rule, sentence]) => [
    rule?.replaceAll("`", ""),
    sentence,
  ]);
  const fault = { whose: "MODEL", limit: "LIMIT", value: "VALUE" };
  expect(rules).toEqual(Object.entries(FILE_SENTENCES).map(([rule, sentence]) => [rule, sentence(fault)]));
});
