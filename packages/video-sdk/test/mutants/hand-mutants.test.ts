// Do the checks of the worlds notice a mistake? Every mutant of the table is applied to the source as it is loaded, in a process of its own, and the piece of the
// world that is named beside it must report it. The source as it is passes every piece.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { checkOf } from "../../src/testing/world/checks.ts";
import { HAND_MUTANTS, NOT_APPLICABLE, type Mutation } from "./hand-mutants.ts";
import { PIECES, type PieceName } from "./pieces.ts";

const run = promisify(execFile);
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Long enough for a busy machine; a mutant that never ends fails. */
const TIMEOUT_MS = 300_000;

/** What a piece finds in the source with a change. */
async function findingsOf(piece: PieceName, mutations: readonly Mutation[]): Promise<string[]> {
  const { stdout } = await run(
    process.execPath,
    [
      ...["--conditions=@video-engine/source", "--import", pathOf("mutate-while-loading.ts")],
      ...[pathOf("run-piece.ts"), piece],
    ],
    { env: { ...process.env, MUTANT: JSON.stringify(mutations) }, timeout: TIMEOUT_MS },
  );
  return JSON.parse(stdout) as string[]; // run-piece.ts prints it
}

describe("the source as it is", () => {
  test.each(Object.entries(PIECES))("%s: nothing is wrong", async (_, piece) => {
    expect(await piece()).toEqual([]);
  });
});

describe("hand mutants", () => {
  test.concurrent.each(HAND_MUTANTS)("$name", async ({ piece, killedBy, also, ...mutation }) => {
    const [first] = await findingsOf(piece, also === undefined ? [mutation] : [mutation, also]);
    expect(first === undefined ? "it lives" : checkOf(first)).toBe(killedBy);
  });

  test("the twenty of the design are all there, or are listed with the reason", () => {
    expect(Object.keys(NOT_APPLICABLE)).toHaveLength(1);
    expect(new Set(HAND_MUTANTS.map(({ name }) => name)).size).toBe(HAND_MUTANTS.length);
  });

  test("a mutant that finds no place in the source fails", async () => {
    const lost = { file: "core/settling.ts", find: "no such text", replace: "" };
    await expect(findingsOf("two tabs", [lost])).rejects.toThrow("core/settling.ts has 0 times");
  });

  test("every piece is there for a mutant", () => {
    expect(Object.keys(PIECES).filter((piece) => !HAND_MUTANTS.some((mutant) => mutant.piece === piece))).toEqual([]);
  });
});
