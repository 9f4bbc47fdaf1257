// The command in a terminal of its own: a Ctrl-C reaches every process in it, as a person's does.
import { existsSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { CTRL_C, DIRECT, inTerminal, ROOT, throughNpm } from "./support/in-terminal.ts";

/** Resolves when no process of this terminal is left: the backend ends a moment after the command. */
async function untilNobodyIsLeft(processGroup: number): Promise<void> {
  await vi.waitUntil(() => {
    try {
      return !process.kill(-processGroup, 0);
    } catch {
      return true;
    }
  });
}

function linkIn(folder: string, root: string): string {
  symlinkSync(root, join(folder, "repository"));
  return join(folder, "repository");
}

const CANCEL = { at: /polling/, key: CTRL_C };

test.each([
  ["the command itself", DIRECT],
  ["the command through npm, which passes the signal on once more", throughNpm(ROOT)],
])("Ctrl-C cancels %s, and the books are settled by the backend in the same terminal", async (_, program) => {
  const { code, text, processGroup } = await inTerminal(["generate", "a corgi"], { program, types: [CANCEL] });
  expect(text).toContain("canceling: asking the provider to stop");
  expect(text).toContain("credits after   1000 available, 0 held");
  expect(text).toContain("you were not charged");
  expect(text).not.toMatch(/WebSocket|reconnect|\[CONVEX/i);
  expect(code).toBe(130);
  await untilNobodyIsLeft(processGroup);
});

test("a second Ctrl-C leaves at once, and says what became of the credits", async () => {
  const ignored = "a corgi [scenario:ignores-cancel]";
  // Only a running job can go on all the same, and it waits in the queue for its first three seconds. The second press comes a moment
  // later, as a person's does: what comes at once is the same press.
  const types = [/polling +7\.\d s/, /polling +9\.\d s.*canceling/].map((at) => ({ at, key: CTRL_C }));
  const { code, text, processGroup } = await inTerminal(["generate", ignored], { types, jobMs: 20_000 });
  expect(text).toContain("\nleft.\nThe credits are still held.\nThe demo backend ends with this command");
  expect(code).toBe(130);
  await untilNobodyIsLeft(processGroup);
});

test("a terminal that is closed cancels what nothing else could go on with, and leaves nothing running", async () => {
  const { code, processGroup } = await inTerminal(["generate", "a corgi"], {
    types: [{ at: /polling/, signal: "SIGHUP" }],
  });
  expect(code).toBe(129);
  await untilNobodyIsLeft(processGroup);
});

test("Ctrl-C while the demo backend starts leaves nothing behind", async () => {
  const { code, text, processGroup } = await inTerminal(["generate", "a corgi"], {
    types: [{ at: /starting \.\.\./, key: CTRL_C }],
  });
  expect(code).toBe(130);
  expect(text).toContain("canceled before it began: you were not charged.");
  await untilNobodyIsLeft(processGroup);
});

test.each([
  ["npm", (root: string) => root],
  // npm then names the link, and the system what it leads to.
  ["npm, by a link to the repository", (root: string, folder: string) => linkIn(folder, root)],
])(
  "a relative --output is the caller's, also through %s, and no line is wider than the terminal",
  async (_, rootOf) => {
    const cwd = mkdtempSync(join(tmpdir(), "video-engine-"));
    const { code, text } = await inTerminal(["generate", "a corgi", "--output", "deep/corgi.mp4"], {
      program: throughNpm(rootOf(ROOT, cwd)),
      cwd,
      jobMs: 1_000,
    });
    expect(text).toContain("saved           deep/corgi.mp4");
    expect([code, existsSync(join(cwd, "deep/corgi.mp4"))]).toEqual([0, true]);
    const bars = text.split("\n").filter((line) => /█|░/.test(line));
    expect(bars.length).toBeGreaterThan(0);
    expect(bars.filter((line) => line.length >= 80)).toEqual([]);
  },
);

test("a table fits the terminal, and says what it left out", async () => {
  const { text } = await inTerminal(["models"]);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(text).toMatch(/in a wider terminal, too: .*audio/);
});
