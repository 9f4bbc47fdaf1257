// The sources of the repository as a map from path to text. The only file here that reads a disk.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Paths from the repository's root with forward slashes, and the text of each file. */
export type SourceTree = ReadonlyMap<string, string>;

const IGNORED = /(^|\/)(node_modules|dist|out|_generated)(\/|$)/;

/** Reads the files that match. */
export function readSourceTree(root: string, patterns: readonly string[]): SourceTree {
  const paths = globSync(patterns, { cwd: root, exclude: (path) => IGNORED.test(path) }).map((path) =>
    path.replaceAll("\\", "/"),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

/** Whether a file is a test or only serves tests. */
export function isTestFile(path: string): boolean {
  return /\.test(-d)?\.tsx?$|\/__fixtures__\/|^[^/]+\/[^/]+\/test\//.test(path);
}
