// A folder that looks like an app which installed our tarballs: they are unpacked, and only what they declare is linked beside them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The fields of a published package.json that are used. */
export interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A packed workspace. */
export interface Packed {
  readonly manifest: Manifest;
  readonly workspace: string;
  readonly tarball: string;
}

/** Packs a workspace into a folder. Needs no network. */
export function pack(workspace: string, into: string): Packed {
  const command = ["pack", "--json", "--ignore-scripts", "--pack-destination", into];
  const output = execFileSync("npm", command, {
    cwd: workspace,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [packed] = JSON.parse(output) as { filename: string }[]; // npm's own format
  if (packed === undefined) throw new Error(`npm pack of ${workspace} made nothing.`);
  const manifest = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8")) as Manifest; // our own
  return { manifest, workspace, tarball: join(into, packed.filename) };
}

/** Unpacks into `folder/node_modules` and links what the packages declare, with or without their peers. */
export function install(packages: readonly Packed[], folder: string, hasPeers: boolean): void {
  for (const { manifest, tarball } of packages) {
    const home = join(folder, "node_modules", manifest.name);
    mkdirSync(home, { recursive: true });
    execFileSync("tar", ["-xzf", tarball, "-C", home, "--strip-components=1"]);
  }
  for (const { manifest, workspace } of packages) {
    const { dependencies, peerDependencies } = manifest;
    const names = Object.keys(hasPeers ? { ...dependencies, ...peerDependencies } : (dependencies ?? {}));
    for (const name of names.flatMap((one) => [one, ...(TYPES_OF[one] ?? [])])) linkInto(folder, name, workspace);
  }
}

/** What an app in TypeScript has beside a package that brings no types of its own. */
const TYPES_OF: Readonly<Record<string, readonly string[]>> = { react: ["@types/react"] };

/** Links one package that is installed for a workspace. */
export function linkInto(folder: string, name: string, workspace: string): void {
  const at = join(folder, "node_modules", name);
  if (existsSync(at)) return;
  mkdirSync(dirname(at), { recursive: true });
  symlinkSync(installedAt(name, workspace), at, "junction");
}

/** Where npm has installed a package for this workspace: its own node_modules, or one above. */
function installedAt(name: string, workspace: string): string {
  for (let folder = resolve(workspace); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`${name} is declared by ${workspace} and not installed.`);
}
