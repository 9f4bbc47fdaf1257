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

/** Circles of files that import values from one another, as `a > b > a`. */
export function findValueCycles(tree: SourceTree): string[] {
  return cyclesOf(graphOf(tree, (path) => path, false));
}

/** Circles of product files, type imports included. */
export function findFileCycles(tree: SourceTree): string[] {
  return cyclesOf(graphOf(productOf(tree), (path) => path, true));
}

/**
 * Circles of the folders of `src`, type imports of their product files included. A folder stands for all folders in it; a file beside the
 * folders stands for itself.
 */
export function findFolderCycles(tree: SourceTree): string[] {
  return cyclesOf(graphOf(productOf(tree), folderOf, true));
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Which node imports which, where a node stands for one file or several. */
function graphOf(tree: SourceTree, nodeOf: (path: string) => string, withTypes: boolean): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [path, text] of tree) {
    const node = nodeOf(path);
    const targets = graph.get(node) ?? new Set();
    graph.set(node, targets);
    for (const { specifier, isTypeOnly } of readImports(text)) {
      const target = resolve(path, specifier);
      if (!tree.has(target) || (isTypeOnly && !withTypes)) continue;
      // Within a folder only a file that imports itself counts.
      if (nodeOf(target) !== node || target === path) targets.add(nodeOf(target));
    }
  }
  return graph;
}

/** At least one circle for each group of nodes that reach one another, each beginning with its first node by name. */
function cyclesOf(graph: Graph): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (node: string, trail: readonly string[]): void => {
    if (trail.includes(node)) cycles.push(asText(trail.slice(trail.indexOf(node))));
    if (done.has(node) || trail.includes(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}

function asText(circle: readonly string[]): string {
  const start = circle.indexOf([...circle].sort()[0] ?? "");
  const turned = [...circle.slice(start), ...circle.slice(0, start)];
  return [...turned, ...turned.slice(0, 1)].join(" > ");
}

/** The files that apps run: neither tests nor what only serves tests. */
function productOf(tree: SourceTree): SourceTree {
  return new Map([...tree].filter(([path]) => !isTestFile(path) && !/^packages\/[^/]+\/src\/testing\//.test(path)));
}

/** `packages/a/src/core/` for each file under it, and the path itself for a file beside the folders. */
function folderOf(path: string): string {
  return /^(?:[^/]+\/){4}/.exec(path)?.[0] ?? path;
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
