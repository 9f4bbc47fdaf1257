// Finds the imports that break a rule. Pure: a tree of texts in, sentences out.
import { posix } from "node:path";
import { readImports, type Import } from "./read-imports.ts";
import { isTestFile, type SourceTree } from "./source-tree.ts";
import type { Zone } from "./zones.ts";

type Zones = Readonly<Record<string, readonly Zone[]>>;

/** Imports that the table does not allow, one sentence each. Tests may import anything. */
export function findForbiddenImports(tree: SourceTree, zones: Zones): string[] {
  return Object.entries(zones).flatMap(([folder, ofPackage]) => {
    const src = `${folder}/src/`;
    const files = [...tree].filter(([path]) => path.startsWith(src) && !isTestFile(path));
    return files.flatMap(([path, text]) => {
      const from = zoneOf(path.slice(src.length), ofPackage);
      return readImports(text).flatMap((found) => {
        const target = targetOf(found, path, { src, ofPackage });
        if (target === from.files || from.values.includes(target) || (found.isTypeOnly && from.types.includes(target)))
          return [];
        return [
          `${path}:${found.line} imports ${found.specifier}${found.isTypeOnly ? " as a type" : ""}, but ${allowance(from)}`,
        ];
      });
    });
  });
}

/** Imports of an index.ts from inside its own package: an index is for those outside. Tests may. */
export function findIndexImports(tree: SourceTree): string[] {
  return [...tree].flatMap(([path, text]) => {
    if (isTestFile(path)) return [];
    const found = readImports(text).filter(({ specifier }) => /^\..*\/index\.tsx?$/.test(specifier));
    return found.map(
      ({ line, specifier }) => `${path}:${line} imports ${specifier}: import the file that it re-exports`,
    );
  });
}

/** Chains of value imports that come back to where they began, as `a > b > a`. */
export function findValueCycles(tree: SourceTree): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" > "));
    if (done.has(path) || trail.includes(path)) return;
    for (const { specifier, isTypeOnly } of readImports(tree.get(path) ?? "")) {
      const next = resolve(path, specifier);
      if (!isTypeOnly && tree.has(next)) visit(next, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of tree.keys()) visit(path, []);
  return cycles;
}

/** Where a workspace reaches into another one by path, or by an entry that is not published. */
export function findUnpublishedImports(tree: SourceTree, published: ReadonlySet<string>): string[] {
  return [...tree].flatMap(([path, text]) => {
    const workspace = path.split("/").slice(0, 2).join("/");
    return readImports(text).flatMap(({ specifier, line }) => {
      const target = resolve(path, specifier);
      // The root's tools belong to no workspace: any may use them.
      const isOutside =
        specifier.startsWith(".") && !target.startsWith(`${workspace}/`) && !target.startsWith("tools/");
      const isUnknown = specifier.startsWith("@video-engine/") && !published.has(specifier);
      return isOutside || isUnknown ? [`${path}:${line} imports ${specifier}, which is no published entry`] : [];
    });
  });
}

function targetOf(
  { specifier }: Import,
  from: string,
  { src, ofPackage }: { src: string; ofPackage: readonly Zone[] },
): string {
  if (!specifier.startsWith(".")) return specifier;
  const path = resolve(from, specifier);
  return path.startsWith(src) ? zoneOf(path.slice(src.length), ofPackage).files : path;
}

/** The zone with the longest match. Throws for a file that no zone covers: a new folder needs a row. */
function zoneOf(path: string, zones: readonly Zone[]): Zone {
  const matches = zones.filter(
    ({ files }) =>
      files === path || (files === "" ? !path.includes("/") : files.endsWith("/") && path.startsWith(files)),
  );
  const [longest] = matches.sort((a, b) => b.files.length - a.files.length);
  if (longest === undefined) throw new Error(`No zone covers ${path}: add a row for its folder to zones.ts.`);
  return longest;
}

function allowance({ files, values, types }: Zone): string {
  const also = types.length === 0 ? "" : `, and of ${types.map(nameOf).join(" ")} the types`;
  return `${nameOf(files)} may import only ${[files, ...values].map(nameOf).join(" ")}${also}`;
}

function nameOf(target: string): string {
  return target === "" ? "src/*.ts" : target;
}

function resolve(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}
