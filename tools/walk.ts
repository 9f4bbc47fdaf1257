// Walks a page of the documentation in an empty folder, as a newcomer does: writes the files that it shows, runs its commands with the packed
// tarballs in the place of the published packages, and compares what they print. Needs `npm run build` before, and the registry.
// `npm run walk` walks getting-started.md; `npm run walk -- quick-start-vite` the page of that name.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pack } from "./packed/consumer.ts";
import { browse } from "./walk/browse.ts";
import { run, runInBackground, type Background, type Shell } from "./walk/commands.ts";
import { withFreePorts } from "./walk/free-ports.ts";
import { findMissing, readPage, type Step } from "./walk/read-page.ts";

const root = process.cwd();
const [name = "getting-started"] = process.argv.slice(2);
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "video-engine-walk-")));
const shell: Shell = { folder: temporary, env: { CI: "1", npm_config_yes: "true", NEXT_TELEMETRY_DISABLED: "1" } };
const backgrounds: Background[] = [];
let printed = "";

try {
  const { text, env, notes } = await withFreePorts(readFileSync(`docs/${name}.md`, "utf8"));
  for (const note of notes) process.stdout.write(`${note}\n`);
  Object.assign(shell.env, env);
  const tarballs = packBoth();
  const steps = readPage(text);
  if (steps.length === 0) throw new Error(`docs/${name}.md has no step to walk.`);
  for (const step of steps) await take(step, tarballs);
  process.stdout.write(`docs/${name}.md: ${steps.length} steps walked\n`);
} catch (error) {
  process.stderr.write(`docs/${name}.md: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  for (const background of backgrounds) await background.stop();
  rmSync(temporary, { recursive: true, force: true });
}

/** What an installation from the registry becomes: both tarballs, because the one depends on the other. */
function packBoth(): string {
  const packages = ["packages/video-models", "packages/video-sdk"].map((workspace) => pack(workspace, temporary));
  return packages.map(({ tarball }) => `file:${tarball}`).join(" ");
}

function seconds(): string {
  return (performance.now() / 1_000).toFixed(1).padStart(5);
}

async function take(step: Step, tarballs: string): Promise<void> {
  switch (step.kind) {
    case "file":
      mkdirSync(dirname(join(shell.folder, step.file)), { recursive: true });
      return writeFileSync(join(shell.folder, step.file), step.text);
    case "prints": {
      const missing = findMissing(step.lines, printed);
      if (missing !== undefined) throw new Error(`"${missing}" is not where the page has it in:\n${printed}`);
      return;
    }
    case "command":
      return await command(step, tarballs);
  }
}

async function command(
  { how, until = "", lines }: Extract<Step, { kind: "command" }>,
  tarballs: string,
): Promise<void> {
  process.stdout.write(`${seconds()} s $ ${lines.join("\n      $ ")}\n`);
  const [line = ""] = lines;
  switch (how) {
    case "run":
      printed = run(
        shell,
        lines.map((one) => unpublished(one, tarballs)),
      );
      return;
    case "serve":
      return await serve(unpublished(line, tarballs));
    case "background":
      backgrounds.push(await runInBackground(shell, line, (output) => output.some((one) => one.includes(until))));
      return;
    case "browser":
      return await browse(lines);
    default:
      throw new Error(`"${how}" is no way to run a command.`);
  }
}

/** A line as it is before the packages are published. */
function unpublished(line: string, tarballs: string): string {
  const built = line.replace(/^npx @video-engine\/cli /, `node ${join(root, "packages/cli/dist/main.js")} `);
  if (!built.startsWith("npm install ")) return built;
  const quietly = built.replace("npm install", "npm install --no-audit --no-fund --prefer-offline");
  return quietly.replace("@video-engine/video-sdk", tarballs);
}

/** The demo backend. Its `export` lines are the reader's environment from then on. */
async function serve(line: string): Promise<void> {
  const isExport = (one: string): boolean => one.startsWith("export ");
  const started = await runInBackground(
    { ...shell, folder: root },
    line,
    (output) => output.filter(isExport).length === 4,
  );
  backgrounds.push(started);
  for (const [, key = "", value = ""] of started.lines.flatMap((one) => [/^export (\w+)=(.*)$/.exec(one) ?? []])) {
    if (key !== "") shell.env[key] = value;
  }
}
