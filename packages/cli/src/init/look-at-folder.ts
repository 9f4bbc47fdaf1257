// What the folder of an app is, read from its package.json, its lock file and its folders. Changes nothing, knows no template.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileReason, UsageError } from "../usage-error.ts";
import { readModuleFormat, type ModuleFormat } from "./module-format.ts";

/** The kinds of apps that `init` knows. `node` is everything else. */
export const PROJECT_KINDS = ["next", "expo", "vite", "node"] as const;

/** One of {@link PROJECT_KINDS}. */
export type ProjectKind = (typeof PROJECT_KINDS)[number];

/** The program that installs the app's packages. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** An app as it was found. */
export interface Project {
  readonly folder: string;
  readonly kind: ProjectKind;
  /** Where the app has its own code: `src/` or the folder itself. */
  readonly source: "" | "src/";
  /** Where its Convex functions are, or would be. */
  readonly convexFolder: string;
  readonly hasConvex: boolean;
  readonly hasClerk: boolean;
  readonly hasTypeScript: boolean;
  /** Whether its tsconfig.json names other ones, as those of Vite do, and not yet that of the server. */
  readonly lacksServerReference: boolean;
  readonly packageManager: PackageManager;
  /** The packages that package.json names. */
  readonly installed: ReadonlySet<string>;
  /** Of the files that Node runs as they are. */
  readonly format: ModuleFormat;
}

/** Reads a folder. `kind` overrules what its packages say. Throws {@link UsageError} where there is no app. */
export function lookAtFolder(folder: string, kind?: ProjectKind): Project {
  const manifest = readManifest(folder);
  const installed = new Set(packagesOf(manifest));
  const found = kind ?? kindOf(installed);
  const has = (path: string): boolean => existsSync(join(folder, path));
  const isWorkspace = manifest["workspaces"] !== undefined || has("pnpm-workspace.yaml");
  if (found === "node" && kind === undefined && isWorkspace)
    throw new UsageError("This is the root of a workspace. Run init in the folder of the app, or say --kind.");
  const convexFolder = convexFolderOf(folder);
  return {
    folder,
    kind: found,
    source: isInSource(found, has) ? "src/" : "",
    convexFolder,
    hasConvex: installed.has("convex") || has(convexFolder),
    hasClerk: [...installed].some((name) => name.startsWith("@clerk/")),
    hasTypeScript: installed.has("typescript") || has("tsconfig.json"),
    lacksServerReference: lacksServerReference(folder),
    packageManager: packageManagerOf(folder, manifest),
    installed,
    format: readModuleFormat(found === "node" ? folder : undefined, manifest["type"]),
  };
}

type Manifest = Readonly<Record<string, unknown>>;

function readManifest(folder: string): Manifest {
  const file = join(folder, "package.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const reason = fileReason(cause) ?? String(cause);
    throw new UsageError(
      `There is no app in ${folder}: its package.json cannot be read (${reason}). Make one first, such as with npm init, npx create-next-app, npx create-expo-app or npm create vite.`,
      { cause },
    );
  }
  const manifest = asRecord(parsed(text));
  if (manifest === undefined) throw new UsageError(`${file} is not a JSON object. Mend it, then run init again.`);
  return manifest;
}

function packagesOf(manifest: Manifest): readonly string[] {
  return ["dependencies", "devDependencies", "peerDependencies"].flatMap((field) =>
    Object.keys(asRecord(manifest[field]) ?? {}),
  );
}

/** Next and Expo apps may have Vite for their tests, so it is asked for last. */
function kindOf(installed: ReadonlySet<string>): ProjectKind {
  return PROJECT_KINDS.find((kind) => installed.has(kind)) ?? "node";
}

function isInSource(kind: ProjectKind, has: (path: string) => boolean): boolean {
  // Next reads one of the two: a src/ beside app/ holds other things.
  if (kind === "next") return !has("app") && !has("pages") && has("src");
  return has("src");
}

/** convex.json may name another folder than `convex`. */
function convexFolderOf(folder: string): string {
  const file = join(folder, "convex.json");
  const named = existsSync(file) ? asRecord(parsed(readFileSync(file, "utf8")))?.["functions"] : undefined;
  return typeof named === "string" ? named.replace(/^\.\//, "").replace(/\/+$/, "") : "convex";
}

function lacksServerReference(folder: string): boolean {
  const file = join(folder, "tsconfig.json");
  const config = existsSync(file) ? readFileSync(file, "utf8") : "";
  return /"references"\s*:/.test(config) && !/"path"\s*:\s*"(\.\/)?server\b/.test(config);
}

const LOCK_FILES: Readonly<Record<string, PackageManager>> = {
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
  "package-lock.json": "npm",
};

/** By the nearest lock file: an app in a workspace has it above. Then by what package.json says. */
function packageManagerOf(folder: string, manifest: Manifest): PackageManager {
  for (let at = folder; ; at = dirname(at)) {
    const lock = Object.keys(LOCK_FILES).find((name) => existsSync(join(at, name)));
    if (lock !== undefined) return LOCK_FILES[lock] ?? "npm";
    // A lock file above the repository is another project's.
    if (existsSync(join(at, ".git")) || at === dirname(at)) break;
  }
  const named = manifest["packageManager"];
  return Object.values(LOCK_FILES).find((one) => typeof named === "string" && named.startsWith(`${one}@`)) ?? "npm";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Manifest | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
