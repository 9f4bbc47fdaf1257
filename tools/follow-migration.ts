// Follows docs/migrate.md in a fresh project with the shipped app's versions: installs the packed tarballs, writes what the guide says, changes
// the screen's import, and runs the app's own TypeScript and Metro. Needs `npm run build` before, and the registry.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGuide } from "./migration/read-guide.ts";
import { moveScreen, writeApp } from "./migration/write-app.ts";
import { pack } from "./packed/consumer.ts";

const OFFLINE = { CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1" };
const PLATFORMS = ["android", "ios"] as const;
/** The oldest Node that the app's own tools run on. */
const APP_NODE = 20;

const guide = readGuide();
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "video-engine-migration-")));
try {
  const problems = follow();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${problems.length} problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function follow(): string[] {
  const packages = ["packages/video-models", "packages/video-sdk"].map((workspace) => pack(workspace, temporary));
  const app = mkdtempSync(join(temporary, "app-"));
  writeApp(app, packages);
  const install = run(app, "npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"]);
  if (!install.isDone) return [`npm install: ${install.output}`];
  writeFileSync(join(app, "src/clerk-videos.tsx"), guide.clerkVideos);
  writeFileSync(join(app, "src/app.tsx"), guide.app);
  const files = { "src/lib/video-engine.ts": guide.engine, ...guide.recipes };
  for (const [file, code] of Object.entries(files)) {
    // As the guide and the recipes say of this version.
    writeFileSync(join(app, file), code.replace('"expo-file-system/legacy"', '"expo-file-system"'));
  }
  moveScreen(app, guide.screen.before, guide.screen.after);
  return [...warningsOf(install.output), ...enginesOf(app), ...typesOf(app), ...bundlesOf(app)];
}

/** What npm says of our packages, and of their peers, while it installs. */
function warningsOf(output: string): string[] {
  return output.split("\n").filter((line) => /warn/i.test(line) && line.includes("@video-engine"));
}

/** Ours, and what they bring, that ask for a newer Node than the app's tools do: each is a warning at every install. */
function enginesOf(app: string): string[] {
  const names = ["@video-engine/video-models", "@video-engine/video-sdk", "zod", "p-retry", "is-network-error"];
  return names.flatMap((name) => {
    const text = readFileSync(join(app, "node_modules", name, "package.json"), "utf8");
    const { engines = {} } = JSON.parse(text) as { readonly engines?: { readonly node?: string } }; // npm's own format
    const [, least] = /^>=(\d+)/.exec(engines.node ?? "") ?? [];
    return Number(least ?? 0) > APP_NODE ? [`${name} asks for Node ${engines.node}.`] : [];
  });
}

function typesOf(app: string): string[] {
  const { isDone, output } = run(app, "npx", ["--no-install", "tsc", "-p", "."]);
  process.stdout.write(`types: ${isDone ? "no problem" : "problems"}\n`);
  return isDone ? [] : output.trim().split("\n");
}

function bundlesOf(app: string): string[] {
  const platforms = PLATFORMS.flatMap((platform) => ["--platform", platform]);
  const { isDone, output } = run(app, "npx", ["--no-install", "expo", "export", "--output-dir", "out", ...platforms]);
  if (!isDone) return [`Metro: ${output}`];
  return PLATFORMS.flatMap((platform) => {
    const files = readdirSync(join(app, "out/_expo/static/js", platform)).filter((file) => file.endsWith(".hbc"));
    process.stdout.write(`${platform}: ${files.join(", ")}\n`);
    return files.length === 1 ? [] : [`${platform}: ${files.length} bundles of Hermes bytecode, and must be one.`];
  });
}

function run(cwd: string, command: string, args: readonly string[]): { isDone: boolean; output: string } {
  const env = { ...process.env, ...OFFLINE };
  const options = { cwd, env, encoding: "utf8", shell: process.platform === "win32", maxBuffer: 1e8 } as const;
  const { status, stdout, stderr } = spawnSync(command, args, options);
  return { isDone: status === 0, output: `${stdout}${stderr}` };
}
