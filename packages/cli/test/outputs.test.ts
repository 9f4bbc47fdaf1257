// Outputs that are closed, full or gone, and ends by signals: no video is lost by them, and a program still gets its one document.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "video-engine-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Started {
  readonly child: ChildProcess;
  /** What it has said so far. */
  readonly said: { stdout: string; stderr: string };
  /** Resolves once it has said this on standard error, or on standard output for `--json-stream`. */
  until(words: RegExp): Promise<void>;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts a `generate` whose job takes this long. `stdout`: a file descriptor in the place of a pipe. */
function generate(
  flags: readonly string[],
  { jobMs = 500, stdout, env: more }: { jobMs?: number; stdout?: number; env?: Readonly<Record<string, string>> } = {},
): Started {
  const unset = { CONVEX_URL: "", FAL_KEY: "", KIE_API_KEY: "" };
  const env = { ...process.env, ...unset, SANDBOX_JOB_MS: String(jobMs), ...more };
  const args = ["--conditions=@video-engine/source", MAIN, "generate", "a corgi", ...flags];
  const child = spawn(process.execPath, args, { env, cwd: folder, stdio: ["ignore", stdout ?? "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null); // null after a signal
  const until = async (words: RegExp): Promise<void> => {
    while (!words.test(said.stdout + said.stderr))
      await Promise.race([once(child.stderr ?? child, "data"), once(child.stdout ?? child, "data"), ended.then(fail)]);
  };
  return { child, said, until, ended };
}

function fail(): never {
  throw new Error("It ended before that.");
}

test("a reader who leaves after a line loses no video: the rest is told on standard error", async () => {
  const { child, said, until, ended } = generate(["--json-stream", "--output", "piped.mp4"]);
  await until(/"event"/);
  child.stdout?.destroy();
  expect(await ended).toBe(0);
  expect(existsSync(join(folder, "piped.mp4"))).toBe(true);
  expect(said.stderr).toMatch(/^\{"event":"decided".*\n\{"event":"saved","file":"piped\.mp4"\}\n$/);
});

test.runIf(existsSync("/dev/full"))(
  "a document that standard output does not take is on standard error, and the code says so",
  async () => {
    const { said, ended } = generate(["--json", "--output", "full.mp4"], { stdout: openSync("/dev/full", "w") });
    expect(await ended).toBe(4);
    const [remark, document = ""] = said.stderr.split("\n");
    expect(remark).toBe("Standard output cannot be written: the disk is full. What belongs there follows.");
    expect(JSON.parse(document)).toMatchObject({ ok: true, settlement: "captured", file: "full.mp4" });
  },
);

/** A program reads `error` wherever there is no video. */
const INTERRUPTED = { code: "interrupted", message: "canceled before it began: you were not charged." };
const CANCELED = {
  code: "canceled",
  message: "The generation was canceled. The credits were given back: you were not charged.",
};

test.each([
  ["SIGINT", "before it begins", /^/, { status: "canceled", settlement: "none", error: INTERRUPTED }, 130],
  ["SIGINT", "while the job runs", /"phase":"polling"/, { settlement: "released", error: CANCELED }, 130],
  ["SIGTERM", "while the job runs", /"phase":"polling"/, { status: "canceled", settlement: "released" }, 143],
  ["SIGHUP", "of no terminal, as under nohup", /"phase":"polling"/, { event: "saved" }, 0],
] as const)("%s %s: the last event says what became of the credits", async (signal, _, words, last, expected) => {
  const jobMs = signal === "SIGHUP" ? 500 : 60_000;
  const { child, said, until, ended } = generate(["--json-stream", "--output", `${signal}.mp4`], { jobMs });
  await until(/starting/);
  await until(words);
  child.kill(signal);
  expect(await ended).toBe(expected);
  const events = said.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(events.at(-1)).toMatchObject(last);
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("--json is one document also for who does not wait", async () => {
  const { child, said, ended } = generate(["--json", "--output", "left.mp4", "--model", "vid-seedance-pro"], {
    jobMs: 60_000,
  });
  // Its draft shows that it has begun; there is nothing else to see.
  await vi.waitUntil(() => readdirSync(folder).some((name) => name.endsWith(".part")), { timeout: 240_000 });
  child.kill("SIGTERM");
  child.kill("SIGINT");
  // Of two at once, the system says which comes first.
  expect([130, 143]).toContain(await ended);
  const why = { code: expect.any(String) as string, message: expect.stringMatching(/credits|charged/) as string };
  expect(JSON.parse(said.stdout)).toMatchObject({ ok: false, settlement: expect.any(String) as string, error: why });
});

test("a demo that cannot start ends the command, with what to do", async () => {
  const TMPDIR = join(folder, "none");
  const { said, ended } = generate(["--output", "none.mp4"], { env: { TMPDIR, TMP: TMPDIR, TEMP: TMPDIR } });
  expect(await ended).toBe(2);
  expect(said.stderr).toContain(
    `usage: Nothing can be kept in "${TMPDIR}", the folder for temporary files: it is not there. Set TMPDIR to another.`,
  );
});

test.runIf(existsSync("/proc/self/task"))(
  "a demo backend that dies ends the command, which would wait for it for ever",
  async () => {
    const { child, said, until, ended } = generate(["--output", "lost.mp4"], { jobMs: 60_000 });
    await until(/polling/);
    const [backend] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ");
    process.kill(Number(backend), "SIGKILL");
    expect(await ended).toBe(1);
    expect(said.stderr).toContain("The demo backend has ended, and its credits with it");
  },
);
