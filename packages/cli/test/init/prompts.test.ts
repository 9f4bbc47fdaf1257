// init in a terminal: it asks before it writes, and which files it may overwrite.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CTRL_C, inTerminal, type Typed } from "../support/in-terminal.ts";

function app(): string {
  const folder = mkdtempSync(join(tmpdir(), "video-engine-init-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies: { expo: "1" } }));
  return folder;
}

const ENTER = "\r";
const WRITE = /Write \d+ new files\?/;

async function answering(folder: string, types: readonly Typed[]) {
  return await inTerminal(["init", folder, "--no-convex"], { types });
}

test.each([
  ["no", "n"],
  ["Ctrl-C", CTRL_C],
])("%s writes nothing", async (_, key) => {
  const folder = app();
  const { code } = await answering(folder, [{ at: WRITE, key }]);
  expect(code).toBe(130);
  expect(existsSync(join(folder, "lib"))).toBe(false);
});

test("yes writes; of the files that differ only what was chosen is overwritten", async () => {
  const folder = app();
  writeFileSync(join(folder, ".env.example"), "MINE=\n");
  const written = await answering(folder, [
    { at: WRITE, key: ENTER },
    { at: /Overwrite any\?/, key: ENTER },
  ]);
  expect(written.code).toBe(0);
  expect(existsSync(join(folder, "lib/video-engine.ts"))).toBe(true);
  expect(readFileSync(join(folder, ".env.example"), "utf8")).toBe("MINE=\n");
  await answering(folder, [{ at: /Overwrite any\?/, key: ` ${ENTER}` }]);
  expect(readFileSync(join(folder, ".env.example"), "utf8")).toContain("EXPO_PUBLIC_API_URL");
});
