// Checks that package-lock.json installs everywhere: complete for other systems, sealed by hashes, free of addresses.
import { readFileSync } from "node:fs";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> }; // npm's own format
const problems = Object.entries(packages).flatMap(([path, locked]) => problemsOf(path, locked));
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${Object.keys(packages).length} entries, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOf(path: string, { resolved, integrity, link, optionalDependencies = {} }: Locked): string[] {
  const isInstalled = path.includes("node_modules/") && link !== true;
  const missing = Object.keys(optionalDependencies).filter((name) => !isFoundFrom(path, name));
  return [
    // npm leaves a binary out when the registry of the day lacks it, and then `npm ci` refuses the lock.
    ...missing.map(
      (name) =>
        `${path || "the root"}: the optional ${name} is not in the lock. Pin a version that has all its binaries.`,
    ),
    ...(isInstalled && resolved !== undefined
      ? [`${path}: names the address ${resolved}. Keep omit-lockfile-registry-resolved in .npmrc.`]
      : []),
    ...(isInstalled && integrity === undefined ? [`${path}: has no integrity hash.`] : []),
  ];
}

/** Whether a package is in the lock where Node would look for it: beside the one that asks, or above. */
function isFoundFrom(path: string, name: string): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    if (packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === "") return false;
  }
}
