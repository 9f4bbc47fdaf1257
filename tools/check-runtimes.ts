// Runs a generation and a server from the packed packages in one runtime after the other, against a backend, routes and providers on this machine.
// `--nightly`: also in those that have to be installed first. `--write`: writes what was shown into docs/support.md; else it is compared.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServices } from "../packages/cli/src/services.ts";
import { install, pack } from "./packed/consumer.ts";
import { compareWithPage, writePage, type Shown } from "./runtimes/support-page.ts";
import { RUNTIMES } from "./runtimes/runtimes.ts";
import type { RunContext, Runtime } from "./runtimes/runtime.ts";

/** What every program shows where all is well. */
const EXPECTED: Readonly<Record<string, string>> = {
  "a generation": "1 video, captured",
  "one that fails": "content-rejected, released",
  "a job at the routes": "200, 200, 1 video",
  "every entry": "all load",
  "the generations of `npm run rn`": "all as expected",
};

const isNightly = process.argv.includes("--nightly");
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "video-engine-runtimes-")));
const services = await startServices({ credits: 100_000, jobMs: 200 });
try {
  const { convexUrl, routesUrl } = services;
  const only = process.argv.find((flag) => flag.startsWith("--only="))?.slice("--only=".length);
  const chosen = RUNTIMES.filter(({ name, when }) =>
    only === undefined ? isNightly || when === "check" : name === only,
  );
  const project = prepareProject();
  const context = {
    project,
    home: installRuntimes(chosen),
    services: { convexUrl, routesUrl, token: services.getToken() },
  };
  const shown: Shown[] = [];
  for (const runtime of chosen) shown.push(await show(runtime, context));
  const problems = shown.flatMap(({ problems: own }) => own);
  if (problems.length === 0 && process.argv.includes("--write")) writePage(shown);
  else problems.push(...compareWithPage(shown));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await services.close();
  rmSync(temporary, { recursive: true, force: true });
}

function prepareProject(): string {
  const project = join(temporary, "project");
  mkdirSync(project);
  const packed = ["packages/video-models", "packages/video-sdk"].map((workspace) => pack(workspace, temporary));
  install(packed, project, true);
  cpSync("tools/runtimes/programs", project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "project", private: true, type: "module" }));
  return project;
}

/** Installs the packages of the runtimes, without their scripts: the executables are in the packages. */
function installRuntimes(chosen: readonly Runtime[]): string {
  const home = join(temporary, "runtimes");
  mkdirSync(home);
  const dependencies = Object.assign({}, ...chosen.map(({ packages }) => packages ?? {}));
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "runtimes", private: true, dependencies }));
  const flags = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  if (Object.keys(dependencies).length > 0) execFileSync("npm", flags, { cwd: home, stdio: "inherit" });
  return home;
}

async function show(runtime: Runtime, context: RunContext): Promise<Shown> {
  const { name, when } = runtime;
  try {
    const { version, shown } = await runtime.run(context);
    const problems = Object.entries(shown).flatMap(([what, became]) =>
      became === EXPECTED[what] ? [] : [`${name} ${version}: ${what}: ${became}`],
    );
    process.stdout.write(`${name} ${version}: ${Object.keys(shown).join(", ")}\n`);
    return { name, when, version, what: Object.keys(shown), problems };
  } catch (error) {
    return { name, when, version: "", what: [], problems: [`${name}: ${String(error)}`] };
  }
}
