// What is wrong with the files of an unpacked package: licences that are missing, tests, paths of this machine, imports and source maps that lead nowhere.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { ONCE_IN_ZOD } from "./find-bundle-problems.ts";

/** Tests, and the worlds that our own tests run in. */
const UNWANTED = /\.test(-d)?\.|__fixtures__|testing\/world\/|tsbuildinfo/;
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)["'](\.[^"']*)["']/g;

/** One sentence per problem. `root` is the path that must appear nowhere. */
export function findFileProblems(home: string, root: string): string[] {
  const files = filesIn(home);
  if (files.length === 0) return [`${home}: the package is empty`];
  return [...missingLicences(home, files), ...files.flatMap((file) => problemsOf(file, home, root))];
}

/** Its own licence, and where there is code of zod in it, zod's. */
function missingLicences(home: string, files: readonly string[]): string[] {
  const names = new Set(files.map((file) => basename(file)));
  const hasZod = files.some((file) => file.endsWith(".js") && readFileSync(file, "utf8").includes(ONCE_IN_ZOD));
  return [
    ...(names.has("LICENSE") ? [] : [`${home}: has no LICENSE`]),
    ...(hasZod && !names.has("THIRD-PARTY-NOTICES.md") ? [`${home}: has zod in it, and not zod's licence`] : []),
  ];
}

function problemsOf(file: string, home: string, root: string): string[] {
  const name = relative(home, file).replaceAll("\\", "/");
  const text = readFileSync(file, "utf8");
  return [
    ...(UNWANTED.test(name) ? [`${name}: does not belong into a package`] : []),
    ...(text.includes(root) ? [`${name}: names a path of this machine`] : []),
    ...(/^dist\/.*\.(js|d\.ts)$/.test(name)
      ? brokenImports(text, file).map((specifier) => `${name}: imports ${specifier}, which is not there`)
      : []),
    ...(name.endsWith(".map")
      ? missingSources(text, file).map((source) => `${name}: maps to ${source}, which is not there`)
      : []),
  ];
}

/** Sources that a map names, that are not in the package, and whose text the map does not hold either. */
function missingSources(text: string, file: string): string[] {
  const map = JSON.parse(text) as { sources: string[]; sourcesContent?: (string | null)[] }; // the format of source maps
  return map.sources.filter((source, index) => {
    const isInlined = source.includes("node_modules/") && typeof map.sourcesContent?.[index] === "string";
    return !isInlined && !existsSync(join(dirname(file), source));
  });
}

/** Declarations keep `.ts` in their imports and mean the `.d.ts`; everything must stay in dist. */
function brokenImports(text: string, file: string): string[] {
  return [...text.matchAll(SPECIFIER)].flatMap(({ 1: specifier = "" }) => {
    const target = join(dirname(file), specifier);
    const isThere = existsSync(file.endsWith(".d.ts") ? target.replace(/(\.d)?\.tsx?$|\.js$/, ".d.ts") : target);
    return isThere && !/[\\/]src[\\/]/.test(target) ? [] : [specifier];
  });
}

function filesIn(home: string): string[] {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
