// Runs the commands of a page in a shell, as a reader does: in one folder that `cd` changes, some of them in the background until the walk ends.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A shell with a folder and an environment. */
export interface Shell {
  folder: string;
  readonly env: Record<string, string>;
}

/** How long one command may take: an installation over a slow network. */
const LONGEST_MS = 540_000;

/** Runs lines one after the other. Throws with their output where one fails. Returns what they printed. */
export function run(shell: Shell, lines: readonly string[]): string {
  const script = [...lines, `printf '\\n%s' "$PWD"`].join("\n");
  const options = { cwd: shell.folder, env: { ...process.env, ...shell.env }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync("bash", ["-e"], { ...options, input: script, timeout: LONGEST_MS });
  if (status !== 0) throw new Error(`\`${lines.join("; ")}\` ended with ${status}:\n${stdout}\n${stderr}`);
  const output = stdout.slice(0, stdout.lastIndexOf("\n"));
  shell.folder = stdout.slice(stdout.lastIndexOf("\n") + 1);
  return output;
}

/** A command in the background. */
export interface Background {
  /** What it printed until it was ready, line by line. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** Starts a command and waits until it has printed as many lines as needed. Rejects where it ends before. */
export async function runInBackground(
  shell: Shell,
  line: string,
  isReady: (lines: readonly string[]) => boolean,
): Promise<Background> {
  const options = { cwd: shell.folder, env: { ...process.env, ...shell.env }, detached: true } as const;
  const child = spawn("bash", ["-c", line], { ...options, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    createInterface(child.stdout).on("line", (printed) => {
      lines.push(printed);
      if (isReady(lines)) resolve();
    });
  });
  const ended = exited.then(() => Promise.reject(new Error(`\`${line}\` has ended: ${lines.join("\n")}`)));
  await Promise.race([ready, ended]);
  ended.catch(() => undefined);
  return { lines, stop: () => stopGroup(child, exited) };
}

/** Ends a command with what it has started: npm passes no signal on. */
async function stopGroup(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  await exited;
}
