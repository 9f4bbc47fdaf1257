// A release, up to the registry, which is one on this machine: versions and changelogs from the changesets, packages, publishing, and a fresh project
// that installs them by their names and runs the quick start. Works on a clone; nothing of the checkout changes. Needs `npm run build` before.
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startRegistry, type LocalRegistry } from "./release/registry.ts";

const root = process.cwd();
/** What is published. */
const PACKAGES = globSync("packages/*/package.json")
  .filter((file) => JSON.parse(readFileSync(file, "utf8")).private !== true)
  .map((file) => dirname(file));
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "video-engine-release-")));
const clone = join(temporary, "clone");
const problems: string[] = [];
let registry: LocalRegistry | undefined;

try {
  cloneHere();
  versionAll();
  registry = await startRegistry(join(temporary, "registry"));
  publishAll(registry);
  installThem(registry);
} catch (error) {
  problems.push(String(error));
} finally {
  await registry?.stop();
  rmSync(temporary, { recursive: true, force: true });
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** What is committed, and what was built from it. */
function cloneHere(): void {
  execFileSync("git", ["clone", "--quiet", "--local", "--no-hardlinks", root, clone]);
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"), "junction");
  for (const home of PACKAGES) {
    for (const built of manifestOf(home).files.filter((path) => existsSync(join(root, home, path)))) {
      cpSync(join(root, home, built), join(clone, home, built), { recursive: true });
    }
  }
}

/** Turns the changesets into versions and changelogs. */
function versionAll(): void {
  const before = Object.fromEntries(PACKAGES.map((home) => [home, manifestOf(home).version]));
  execFileSync(process.execPath, [join(root, "node_modules/@changesets/cli/bin.js"), "version"], {
    cwd: clone,
    stdio: "inherit",
  });
  for (const home of PACKAGES) {
    const { name, version } = manifestOf(home);
    const changelog = readFileSync(join(clone, home, "CHANGELOG.md"), "utf8");
    if (version === before[home]) problems.push(`${name} has no new version: is there a changeset?`);
    if (!changelog.includes(`## ${version}`)) problems.push(`The changelog of ${name} does not name ${version}.`);
    process.stdout.write(`${name} ${before[home]} -> ${version}, ${changelog.split("\n").length} lines of changelog\n`);
  }
}

function publishAll({ url, signIn }: LocalRegistry): void {
  signIn(clone);
  // Named with each command, too: a rehearsal must never reach the real one.
  const flags = ["publish", `--registry=${url}/`, "--ignore-scripts", "--access=public", "--loglevel=error"];
  for (const home of PACKAGES) {
    const { name, version } = manifestOf(home);
    execFileSync("npm", flags, { cwd: join(clone, home), stdio: "inherit" });
    const ask = ["view", name, "dist-tags.latest", `--registry=${url}/`];
    const latest = execFileSync("npm", ask, { cwd: clone, encoding: "utf8" }).trim();
    if (latest !== version) problems.push(`The registry does not list ${name} ${version} as latest.`);
  }
}

/** An empty project: both packages by name, a job through the server, and the command line's quick start. */
function installThem({ url, signIn }: LocalRegistry): void {
  const project = join(temporary, "project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  signIn(project);
  const names = PACKAGES.map((home) => manifestOf(home).name);
  const flags = ["install", `--registry=${url}/`, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", [...flags, ...names], { cwd: project, stdio: "inherit" });
  for (const name of names.filter((one) => !existsSync(join(project, "node_modules", one, "CHANGELOG.md")))) {
    problems.push(`${name} was published without its changelog.`);
  }
  cpSync(join(root, "tools/runtimes/programs/server.mjs"), join(project, "server.mjs"));
  writeFileSync(
    join(project, "run.mjs"),
    'console.log(JSON.stringify(await (await import("./server.mjs")).runServer()));',
  );
  expectIn(printedBy(process.execPath, ["run.mjs"], project), "200, 200, 1 video");
  const command = ["--no-install", "video-engine", "generate", "a corgi surfing", "--output", "corgi.mp4", "--json"];
  const printed = printedBy("npx", command, project);
  expectIn(printed, '"settlement":"captured"');
  const video = join(project, "corgi.mp4");
  const isVideo = existsSync(video) && readFileSync(video).subarray(4, 8).toString() === "ftyp";
  if (!isVideo) problems.push(`The quick start left no video: ${printed}`);
}

/** What a command prints, whatever becomes of it. */
function printedBy(command: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, SANDBOX_JOB_MS: "200" };
  const { stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  return stdout + stderr;
}

function expectIn(printed: string, wanted: string): void {
  if (printed.includes(wanted)) process.stdout.write(`the fresh project prints "${wanted}"\n`);
  else problems.push(`"${wanted}" is not in what the fresh project printed: ${printed}`);
}

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
}

function manifestOf(home: string): PackageManifest {
  return JSON.parse(readFileSync(join(clone, home, "package.json"), "utf8"));
}
