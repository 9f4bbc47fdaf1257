// Packs the packages, installs the tarballs into a bare folder without network, and uses every entry as an app would.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, linkInto, pack, type Packed } from "./packed/consumer.ts";
import { findBundleProblems } from "./packed/find-bundle-problems.ts";
import { findCommandProblems } from "./packed/find-command-problems.ts";
import { findComponentProblems } from "./packed/find-component-problems.ts";
import { findFileProblems } from "./packed/find-file-problems.ts";
import { findManifestProblems } from "./packed/find-manifest-problems.ts";
import { findServerProblems } from "./packed/find-server-problems.ts";
import { findTypeProblems } from "./packed/find-type-problems.ts";
import { findWrongEntryProblems } from "./packed/find-wrong-entry-problems.ts";
import { loadEntries, type Names } from "./packed/load-entries.ts";

/** The libraries; the command line stands on them. */
const WORKSPACES = ["packages/video-models", "packages/video-sdk"];
/** Entries that load an optional peer at once. All others must load and compile with the dependencies alone. */
const NEEDS_PEERS: ReadonlySet<string> = new Set([
  "@video-engine/video-sdk/convex-sessions",
  "@video-engine/video-sdk/devtools",
  "@video-engine/video-sdk/react",
  "@video-engine/video-sdk/react/compat",
  "@video-engine/video-sdk/convex-sessions",
]);

const EVERY_RESOLUTION = ["nodenext", "node16", "bundler"] as const;
/** Every compiler, resolution and library for every entry: minutes, so each night only. */
const isEveryType = process.argv.includes("--every-type");

const root = process.cwd();
const temporary = realpathSync(mkdtempSync(join(tmpdir(), "video-engine-packed-")));
try {
  const problems = check();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

function check(): string[] {
  const packages = WORKSPACES.map((workspace) => pack(workspace, temporary));
  const [bare, full] = [installInto("bare", packages, false), installInto("full", packages, true)];
  const all = packages.flatMap(entriesOf);
  const isWithoutPeers = (entry: string): boolean => !NEEDS_PEERS.has(entry);
  const withoutPeers = all.filter(isWithoutPeers);
  const required = packages.flatMap((packed) => entriesOf(packed).filter((entry) => hasRequireTarget(packed, entry)));
  const names = loadEntries(full, all, "import");
  return [
    ...packages.flatMap(findManifestProblems),
    ...packages.flatMap(({ manifest }) => findFileProblems(join(full, "node_modules", manifest.name), root)),
    ...findDifferences(names, loadEntries(full, all, "require")),
    ...findDifferences(loadEntries(bare, withoutPeers, "import"), loadEntries(bare, withoutPeers, "require")),
    ...findTypeProblems(
      { folder: full, globals: "browser", resolutions: EVERY_RESOLUTION, esm: all, cjs: required },
      root,
      isEveryType,
    ),
    ...findTypeProblems(
      isEveryType
        ? { folder: full, globals: "node", resolutions: EVERY_RESOLUTION, esm: all, cjs: required }
        : { folder: full, globals: "node", esm: [...NEEDS_PEERS], cjs: [...NEEDS_PEERS] },
      root,
      isEveryType,
    ),
    ...findTypeProblems(
      {
        folder: bare,
        globals: "node",
        resolutions: EVERY_RESOLUTION,
        esm: withoutPeers,
        cjs: required.filter(isWithoutPeers),
      },
      root,
      isEveryType,
    ),
    ...findServerProblems(bare, root),
    ...checkCommand(packages),
    ...checkComponent(packages, names),
    ...findBundleProblems(full, required, packages.flatMap(peersOf)),
  ];
}

/** What runs in a deployment: Convex bundles it, and an app loads it there. The test helper is for Vitest alone, `_generated` has types alone. */
function checkComponent(libraries: readonly Packed[], libraryNames: Names): string[] {
  const component = pack("packages/video-convex", temporary);
  const folder = installInto("component", [...libraries, component], true);
  linkInto(folder, "convex-test", component.workspace);
  const all = entriesOf(component);
  const names = loadEntries(
    folder,
    all.filter((entry) => !/\/(test|convex\.config(\.js)?|_generated\/.*)$/.test(entry)),
    "import",
  );
  const types = { folder, resolutions: EVERY_RESOLUTION, esm: all, cjs: [] };
  return [
    ...findManifestProblems(component),
    ...findFileProblems(join(folder, "node_modules", component.manifest.name), root),
    ...findTypeProblems({ ...types, globals: "node" }, root, isEveryType),
    ...(isEveryType ? findTypeProblems({ ...types, globals: "browser" }, root, isEveryType) : []),
    ...Object.entries(names).flatMap(([entry, exported]) =>
      exported.length === 0 ? [`${entry} exports nothing`] : [],
    ),
    ...findWrongEntryProblems(folder, { ...libraryNames, ...names }),
    ...findComponentProblems(folder),
  ];
}

function checkCommand(libraries: readonly Packed[]): string[] {
  const command = pack("packages/cli", temporary);
  const folder = installInto("command", [...libraries, command], false);
  return [
    ...findFileProblems(join(folder, "node_modules", command.manifest.name), root),
    ...findCommandProblems(folder, command.tarball),
  ];
}

function installInto(name: string, packages: readonly Packed[], hasPeers: boolean): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  install(packages, folder, hasPeers);
  return folder;
}

/** The published entries as they are imported. */
function entriesOf({ manifest }: Packed): string[] {
  const paths = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
  return paths.map((path) => manifest.name + path.slice(1));
}

function peersOf({ manifest }: Packed): string[] {
  return Object.keys(manifest.peerDependencies ?? {});
}

/** Client entries have a `require` target, for React Native's Jest. */
function hasRequireTarget({ manifest }: Packed, entry: string): boolean {
  const target = manifest.exports[`.${entry.slice(manifest.name.length)}`];
  return typeof target === "object" && target !== null && "require" in target;
}

/** The import target and the require target of an entry must export the same, and something. */
function findDifferences(imported: Names, required: Names): string[] {
  return Object.entries(imported).flatMap(([entry, names]) => {
    process.stdout.write(`${entry}: ${names.length} exports\n`);
    if (names.length === 0) return [`${entry} exports nothing`];
    const isSame = names.join() === required[entry]?.join();
    return isSame ? [] : [`${entry} exports ${names.join(" ")} to import and ${required[entry]?.join(" ")} to require`];
  });
}
