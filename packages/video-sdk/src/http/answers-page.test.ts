// docs/answers.md is the table of what the answers of the routes mean. Every row of it is run here.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { CallResult } from "../ports.ts";
import { openHttp, withCancel } from "./__fixtures__/http-world.ts";
import { BARE_STATUSES, UNSURE_CODES } from "./answer-table.ts";

const page = readFileSync(new URL("../../../../docs/answers.md", import.meta.url), "utf8");

/** The cells of the table below a heading, without its head. */
function rowsBelow(heading: string): string[][] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  );
}

/** The kind of an answer and, of an error, its code. */
function wordsFor(result: CallResult<unknown>): string {
  if (!result.ok) return `${result.certainty}, ${result.error.code}`;
  const { value } = result;
  if (typeof value === "string") return value;
  const { kind, error } = Object(value);
  return error === undefined ? kind : `${kind}, ${error.code}`;
}

/** What each call makes of one answer. A second copy of it is laid out, because a 401 is asked about again. */
async function meaningOf(status: number, body: string, verdictStatuses: readonly number[] = []) {
  const answers = () => [new Response(body, { status }), new Response(body, { status })];
  const open = () => openHttp(answers(), { ...withCancel, verdictStatuses });
  return {
    submit: wordsFor(await open().submit()),
    question: wordsFor(await open().status()),
    cancel: wordsFor(await open().cancel()),
  };
}

describe("the table of statuses alone", () => {
  test("is the one that the code reads", () => {
    const rows = Object.entries(BARE_STATUSES).map(([status, { code, submit }]) => [
      status === "4xx" ? "any other 4xx" : status === "5xx" ? "5xx and above" : status,
      `\`${code}\``,
      submit,
    ]);
    expect(rowsBelow("A status alone")).toEqual(rows);
  });
});

describe("the list of codes after which a submit is unknown", () => {
  test("is the one that the code reads", () => {
    const section = page.split(/^## /m).find((text) => text.startsWith("A code of ours")) ?? "";
    const [, list = ""] = /unknown after ([^.]*)\./.exec(section) ?? [];
    expect(list.match(/[a-z-]+(?=`)/g)).toEqual([...UNSURE_CODES]);
  });
});

const ROWS = rowsBelow("Bodies").map(([status = "", body = "", ...meanings]) => ({ status, body, meanings }));

describe("each row of the table of bodies", () => {
  test("is there", () => {
    expect(ROWS.length).toBeGreaterThan(25);
  });

  test.each(ROWS)("$status $body", async ({ status, body, meanings }) => {
    const text = body === "a page" ? "<h1>Error</h1>" : body === "nothing" ? "" : body.replaceAll("`", "");
    const { submit, question, cancel } = await meaningOf(Number(status), text);
    expect(meanings).toEqual([submit, question, cancel]);
  });
});

describe("each row of the table of verdicts by status", () => {
  test.each(rowsBelow("Routes that say"))("%s %s", async (status, body, meaning) => {
    const { question } = await meaningOf(
      Number(status),
      String(body).replaceAll("`", ""),
      [400, 403, 422, 401, 429, 500],
    );
    expect(question).toBe(meaning);
  });
});
