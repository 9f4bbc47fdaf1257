// The command in a terminal of its own: a Ctrl-C reaches every process in it, as a person's does.
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { CTRL_C, DIRECT, inTerminal, THROUGH_NPM } from "./support/in-terminal.ts";

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

const CANCEL = { at: /polling/, key: CTRL_C };

test.each([
  ["the command itself", DIRECT],
  ["the command through npm, which passes the signal on once more", THROUGH_NPM],
])("Ctrl-C cancels %s, and the books are settled by the backend in the same terminal", async (_, program) => {
  const { code, text, processGroup } = await inTerminal(["generate", "a corgi"], { program, types: [CANCEL] });
  expect(text).toContain("canceling: asking the provider to stop");
  expect(text).toContain("credits after   1000 available, 0 held");
  expect(text).toContain("you were not charged");
  expect(text).not.toMatch(/WebSocket|reconnect|\[CONVEX/i);
  expect(code).toBe(130);
  await untilNobodyIsLeft(processGroup);
});

test("a second Ctrl-C leaves at once, and says what became of the credits and of the job", async () => {
  const ignored = "a corgi [scenario:ignores-cancel]";
  // Only a running job can go on all the same, and it waits in the queue for its first three seconds. The second press comes a moment
  // later, as a person's does: what comes at once is the same press.
  const types = [/polling +4\.\d s/, /polling +6\.\d s.*canceling/].map((at) => ({ at, key: CTRL_C }));
  const { code, text, processGroup } = await inTerminal(["generate", ignored], { types, jobMs: 12_000 });
  expect(text).toContain("\nleft.\n");
  expect(text).toContain("The credits are still held.");
  expect(text).toMatch(/The provider's job \S+ may still end/);
  expect(code).toBe(130);
  await untilNobodyIsLeft(processGroup);
});

test("Ctrl-C while the demo backend starts leaves nothing behind", async () => {
  const { code, processGroup } = await inTerminal(["generate", "a corgi"], {
    types: [{ at: /starting \.\.\./, key: CTRL_C }],
  });
  expect(code).toBe(130);
  await untilNobodyIsLeft(processGroup);
});

test("a relative --output is the caller's, also through npm, and no line is wider than the terminal", async () => {
  const cwd = mkdtempSync(join(tmpdir(), "video-engine-"));
  const { code, text } = await inTerminal(["generate", "a corgi", "--output", "deep/corgi.mp4"], {
    program: THROUGH_NPM,
    cwd,
    jobMs: 1_000,
  });
  expect(text).toContain("saved           deep/corgi.mp4");
  expect([code, existsSync(join(cwd, "deep/corgi.mp4"))]).toEqual([0, true]);
  const bars = text.split("\n").filter((line) => /█|░/.test(line));
  expect(bars.length).toBeGreaterThan(0);
  expect(bars.filter((line) => line.length >= 80)).toEqual([]);
});

test("a table fits the terminal, and says what it left out", async () => {
  const { text } = await inTerminal(["models"]);
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(text).toMatch(/in a wider terminal, too: .*audio/);
});
