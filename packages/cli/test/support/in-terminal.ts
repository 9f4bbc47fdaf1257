// A command in a terminal of its own, with a person's keys.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { spawn } from "@lydell/node-pty";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
/** The command from its sources. */
export const DIRECT = [process.execPath, "--conditions=@video-engine/source", join(ROOT, "packages/cli/src/main.ts")];
/** The command as the scripts of the repository run it. */
export function throughNpm(root: string): readonly string[] {
  return ["npm", "--prefix", root, "run", "-s", "video-engine", "--"];
}

/** What a person does, and when. */
export interface Typed {
  /** What must have been said before. */
  readonly at: RegExp;
  readonly key?: string;
  /** A signal in the place of a key. */
  readonly signal?: NodeJS.Signals;
}

/** What the terminal showed until the command ended. */
export interface Shown {
  readonly code: number;
  /** Everything that was printed, without colours and without what was overwritten. */
  readonly text: string;
  readonly processGroup: number;
}

/** What a terminal sends for Ctrl-C. */
export const CTRL_C = "\u0003";

/** How the command is called. */
export interface Called {
  readonly program?: readonly string[];
  readonly types?: readonly Typed[];
  /** Default: a folder of its own. */
  readonly cwd?: string;
  readonly jobMs?: number;
}

/** Runs a command in a terminal of 80 columns. */
export function inTerminal(
  args: readonly string[],
  { program = DIRECT, types = [], cwd = mkdtempSync(join(tmpdir(), "video-engine-")), jobMs = 60_000 }: Called = {},
): Promise<Shown> {
  const env = Object.entries({
    ...process.env,
    SANDBOX_JOB_MS: String(jobMs),
    CONVEX_URL: "",
    // As a person's, also where a build machine runs this.
    CI: "",
    TERM: "xterm-256color",
    FAL_KEY: "",
    KIE_API_KEY: "",
  }).filter(
    ([name, value]) => value !== undefined && !(name === "FAL_KEY" || name === "KIE_API_KEY" || name === "INIT_CWD"),
  );
  const [file = "", ...before] = program;
  const terminal = spawn(file, [...before, ...args], { cols: 80, rows: 24, cwd, env: Object.fromEntries(env) });
  const waiting = [...types];
  let text = "";
  terminal.onData((data) => {
    text += data;
    const [next] = waiting;
    if (next === undefined || !next.at.test(text)) return;
    waiting.shift();
    if (next.signal !== undefined) process.kill(terminal.pid, next.signal);
    if (next.key !== undefined) terminal.write(next.key);
  });
  return new Promise((resolve) =>
    terminal.onExit(({ exitCode, signal }) =>
      resolve({ code: signal ? 128 + signal : exitCode, text: plain(text), processGroup: terminal.pid }),
    ),
  );
}

function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
}
