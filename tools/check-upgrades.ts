// An app that is updated, rolled back, or open in two tabs of different versions: the packages of every earlier version of the record, built from the
// history, beside the present ones, over one storage, a backend, routes and providers on this machine. Needs `npm run build` before, and the whole
// history. Numbers of versions as arguments: those alone. `--write`: keeps what each version left in its storage, where that is not kept yet.
import { execFile } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";
import { calculateVideoCost } from "@video-engine/video-models";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { startServices } from "../packages/cli/src/services.ts";
import { readSettings } from "../packages/cli/src/settings.ts";
import { readStorage, writeStorages, type KeptStorage } from "./upgrades/kept-storages.ts";
import { installVersions, type InstalledVersion } from "./upgrades/old-versions.ts";

/** Where the earlier version dies. Before the first of them nothing is stored, and nothing was asked for. */
const PHASES = ["reserving-credits", "recording", "submitting", "polling", "saving", "settling"];
const DONE = { ended: ["completed, captured"], events: [] };
const NOTHING = { ended: [], events: [] };
/** Of one generation. */
const PRICE = calculateVideoCost("vid-veo-3.1-fast", { duration: 8, resolution: "720p", hasAudio: true });
const balanceQuery = makeFunctionReference<"query", Record<string, never>, Balance>("users:getUserCreditsBreakdown");

interface Balance {
  readonly total: number;
  readonly reserved: number;
}

/** What a tab has printed. Undefined: it was killed. */
interface TabReport {
  readonly ended: readonly string[];
  readonly events: readonly string[];
}

const root = process.cwd();
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "video-engine-upgrades-")));
const problems: string[] = [];
const kept = new Map<number, readonly KeptStorage[]>();
const services = await startServices({ credits: 1_000_000, jobMs: 400, settings: readSettings({}) });
try {
  const versions = installVersions(root, temporary);
  for (const { project } of versions) cpSync("tools/upgrades/tab.mjs", join(project, "tab.mjs"));
  const present = versions.at(-1);
  if (present === undefined) throw new Error("There are no kept records.");
  const chosen = process.argv.slice(2).flatMap((argument) => (argument === "--write" ? [] : [Number(argument)]));
  const isChosen = ({ record }: InstalledVersion): boolean => chosen.length === 0 || chosen.includes(record);
  for (const old of versions.slice(0, -1).filter(isChosen)) {
    for (const phase of PHASES) await upgrade(old, present, phase);
    await rollBack(old, present);
    await leaveAlone(old, present);
    await openTabs(old, present);
  }
  if (isChosen(present)) for (const phase of PHASES) await resumeOwn(present, phase);
  if (process.argv.includes("--write")) writeStorages(kept);
} catch (error) {
  problems.push(String(error));
} finally {
  await services.close();
  rmSync(temporary, { recursive: true, force: true });
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** The earlier version begins and dies; the present one finishes. */
async function upgrade(old: InstalledVersion, present: InstalledVersion, phase: string): Promise<void> {
  const scene = await openScene(`version ${old.record} dies ${phase}, version ${present.record} finishes`);
  scene.expect("the first", await runTab(old, scene, ["generate", phase]), undefined);
  keep(old, readStorage(scene.folder, phase));
  scene.expect("the second", await runTab(present, scene, ["resume"]), DONE);
  await expectBooks(scene, 1);
}

/** The present version begins what only it can finish, dies, and finishes. */
async function resumeOwn(present: InstalledVersion, phase: string): Promise<void> {
  const scene = await openScene(`version ${present.record} dies ${phase}, and finishes`);
  scene.expect("the first", await runTab(present, scene, ["generate-by-sessions", phase]), undefined);
  keep(present, readStorage(scene.folder, phase));
  scene.expect("the second", await runTab(present, scene, ["resume-by-sessions"]), DONE);
  await expectBooks(scene, 1);
}

function keep({ record }: InstalledVersion, storage: KeptStorage): void {
  kept.set(record, [...(kept.get(record) ?? []), storage]);
}

/** The present version begins and dies. What an earlier one can finish is written so that it does. */
async function rollBack(old: InstalledVersion, present: InstalledVersion): Promise<void> {
  const scene = await openScene(`version ${present.record} dies polling, version ${old.record} finishes`);
  scene.expect("the first", await runTab(present, scene, ["generate", "polling"]), undefined);
  scene.expect("the earlier version", await runTab(old, scene, ["resume"]), DONE);
  scene.expect("the later version again", await runTab(present, scene, ["resume"]), NOTHING);
  await expectBooks(scene, 1);
}

/** The present version begins what no earlier one could finish, and dies; the earlier one leaves that alone, says so once, and works. */
async function leaveAlone(old: InstalledVersion, present: InstalledVersion): Promise<void> {
  const scene = await openScene(`version ${present.record} dies polling, version ${old.record} leaves it alone`);
  scene.expect("the first", await runTab(present, scene, ["generate-by-sessions", "polling"]), undefined);
  const left = recordsIn(scene.folder);
  const isReadable = Object.values(left).every((text) => Number(/^\{"v":(\d+)/.exec(text)?.[1]) <= old.record);
  // What that version can finish is shown by the roll-back. Finished here, so that nothing is held after it.
  if (isReadable) return scene.expect("itself", await runTab(present, scene, ["resume-by-sessions"]), DONE);
  const refused = { ended: [], events: ["record-unreadable: newer-version"] };
  scene.expect("the earlier version", await runTab(old, scene, ["resume"]), refused);
  scene.expect("what is stored", recordsIn(scene.folder), left);
  scene.expect("a new one", (await runTab(old, scene, ["generate"]))?.ended, DONE.ended);
  scene.expect("what is stored after that", recordsIn(scene.folder), left);
  scene.expect("the later version again", await runTab(present, scene, ["resume-by-sessions"]), DONE);
  await expectBooks(scene, 2);
}

/** Both are open and generate, while a third tab of each looks for what was left. */
async function openTabs(old: InstalledVersion, present: InstalledVersion): Promise<void> {
  const scene = await openScene(`tabs of version ${old.record} and ${present.record} side by side`);
  const first = [runTab(old, scene, ["generate"]), runTab(present, scene, ["generate"])];
  const readers = [runTab(old, scene, ["resume"]), runTab(present, scene, ["resume"])];
  for (const report of await Promise.all(first)) scene.expect("a tab", report?.ended, DONE.ended);
  await Promise.all(readers);
  await expectBooks(scene, 2);
}

interface Scene {
  readonly name: string;
  /** The storage that its tabs share. */
  readonly folder: string;
  readonly before: Balance;
  /** Notes a problem where something is not as it must be. */
  expect(what: string, became: unknown, wanted: unknown): void;
}

async function openScene(name: string): Promise<Scene> {
  const folder = mkdtempSync(join(temporary, "storage-"));
  mkdirSync(join(folder, "locks"));
  const expect = (what: string, became: unknown, wanted: unknown): void => {
    if (isDeepStrictEqual(became, wanted)) return;
    problems.push(`${name}: ${what}: ${JSON.stringify(became)} in place of ${JSON.stringify(wanted)}`);
  };
  return { name, folder, before: await balance(), expect };
}

async function runTab(
  version: InstalledVersion,
  { folder }: Scene,
  task: readonly string[],
): Promise<TabReport | undefined> {
  const { convexUrl, routesUrl } = services;
  const own = (file: string): string => pathToFileURL(join(root, "packages/cli/src", file)).href;
  const shared = { storage: own("file-storage.ts"), locks: own("process-locks.ts") };
  const tab = { convexUrl, routesUrl, token: services.getToken(), folder, record: version.record, ...shared };
  const options = { cwd: version.project, env: { ...process.env, NODE_OPTIONS: "", TAB: JSON.stringify(tab) } };
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, ["tab.mjs", ...task], options, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout)); // what tab.mjs prints
      else if (error.signal === "SIGKILL") resolve(undefined);
      else reject(new Error(`A tab of version ${version.record} failed: ${stderr}`));
    });
  });
}

/** The records, by their keys. Lists of ids and locks are each version's own affair. */
function recordsIn(folder: string): Record<string, string> {
  const files = globSync("*record*.json", { cwd: folder }).toSorted();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

/** As many jobs and charges as there were generations, and nothing is held. */
async function expectBooks(scene: Scene, count: number): Promise<void> {
  const jobs = new Set(linesOf(join(scene.folder, "jobs.txt")));
  const after = await balance();
  scene.expect("jobs", jobs.size, count);
  scene.expect("credits held", after.reserved, 0);
  scene.expect("charges", (scene.before.total - after.total) / PRICE, count);
}

function linesOf(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

async function balance(): Promise<Balance> {
  const convex = new ConvexHttpClient(services.convexUrl, { auth: services.getToken(), logger: false });
  const { total, reserved } = await convex.query(balanceQuery, {});
  return { total, reserved };
}
