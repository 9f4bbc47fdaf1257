// The import rules of the repository hold, and the checker sees it when they do not.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  findFileCycles,
  findFolderCycles,
  findForbiddenImports,
  findIndexImports,
  findUnpublishedImports,
  findValueCycles,
} from "./import-rules/check-imports.ts";
import { readImports } from "./import-rules/read-imports.ts";
import { readSourceTree, type SourceTree } from "./import-rules/source-tree.ts";
import { ZONES, type Zone } from "./import-rules/zones.ts";

const root = join(import.meta.dirname, "../../..");
const packages = readSourceTree(root, ["packages/*/src/**/*.{ts,tsx}"]);
const consumers = readSourceTree(root, ["examples/*/**/*.{ts,tsx}", "tools/*/src/**/*.ts"]);

describe("the repository", () => {
  test("is really read", () => {
    expect(packages.size).toBeGreaterThan(100);
    expect(consumers.size).toBeGreaterThan(10);
  });

  test("imports only what the table allows", () => expect(findForbiddenImports(packages, ZONES)).toEqual([]));

  test("imports no index.ts from inside a package", () => expect(findIndexImports(packages)).toEqual([]));

  test("has no cycle of value imports", () => expect(findValueCycles(packages)).toEqual([]));

  test("has no cycle of product files, types included", () => expect(findFileCycles(packages)).toEqual([]));

  test("has no cycle of folders, types included", () => expect(findFolderCycles(packages)).toEqual([]));

  test("reaches another workspace through its published entries only", () => {
    const published = publishedEntries();
    expect([...findUnpublishedImports(packages, published), ...findUnpublishedImports(consumers, published)]).toEqual(
      [],
    );
  });
});

describe("the checker", () => {
  const zones: Readonly<Record<string, readonly Zone[]>> = {
    "packages/a": [
      { files: "core/", values: ["errors.ts"], types: ["ports.ts"] },
      { files: "errors.ts", values: [], types: [] },
      { files: "ports.ts", values: [], types: [] },
      { files: "http/", values: ["ky"], types: [] },
    ],
  };
  const forbiddenIn = (path: string, text: string): string[] => findForbiddenImports(tree({ [path]: text }), zones);

  test.each([
    ["another zone", 'import { send } from "../http/send.ts";'],
    ["a value where only types are allowed", 'import { type Clock } from "../ports.ts";'],
    ["a package", 'import ky from "ky";'],
    ["a side effect", 'import "ky";'],
    ["a re-export", 'export { send } from "../http/send.ts";'],
    ["a star", 'export * from "../http/send.ts";'],
    ["an import over several lines", 'import {\n  one,\n  two,\n} from "../http/send.ts";'],
    ["an import in an expression", 'const send = await import("../http/send.ts");'],
    ["a file outside of src", 'import { x } from "../../test/x.ts";'],
  ])("names the file that imports %s", (_, text) => {
    expect(forbiddenIn("packages/a/src/core/bad.ts", text)).toEqual([
      expect.stringContaining("packages/a/src/core/bad.ts:1 imports"),
    ]);
  });

  test("is silent about what is allowed, about comments, and about tests", () => {
    const allowed =
      'import { VideoError } from "../errors.ts";\nimport type { Clock } from "../ports.ts";\nimport { x } from "./x.ts";\n';
    expect(forbiddenIn("packages/a/src/core/good.ts", allowed)).toEqual([]);
    expect(
      forbiddenIn("packages/a/src/core/good.ts", '// import ky from "ky";\n/*\nimport ky from "ky";\n*/\n'),
    ).toEqual([]);
    expect(forbiddenIn("packages/a/src/core/good.test.ts", 'import ky from "ky";')).toEqual([]);
  });

  test("refuses a folder that has no row", () => {
    expect(() => forbiddenIn("packages/a/src/new/file.ts", 'import ky from "ky";')).toThrow(
      "No zone covers new/file.ts",
    );
  });

  test("finds a cycle of values and lets one of types pass", () => {
    const two = (first: string): SourceTree =>
      tree({ "p/a/src/one.ts": first, "p/a/src/two.ts": 'import { one } from "./one.ts";' });
    expect(findValueCycles(two('import { two } from "./two.ts";'))).toEqual([
      "p/a/src/one.ts > p/a/src/two.ts > p/a/src/one.ts",
    ]);
    expect(findValueCycles(two('import type { two } from "./two.ts";'))).toEqual([]);
  });

  test("finds a cycle of files that only types close, and none in tests, fixtures and testing/", () => {
    const two = (folder: string): SourceTree =>
      tree({
        [`packages/a/src/${folder}/one.ts`]: 'import type { two } from "./two.ts";',
        [`packages/a/src/${folder}/two.ts`]: 'import type { one } from "./one.ts";',
      });
    expect(findFileCycles(two("core"))).toEqual([
      "packages/a/src/core/one.ts > packages/a/src/core/two.ts > packages/a/src/core/one.ts",
    ]);
    for (const folder of ["testing", "core/__fixtures__"]) expect(findFileCycles(two(folder))).toEqual([]);
  });

  test("finds a cycle of folders that no two files close", () => {
    const files = {
      "packages/a/src/grid/tile.ts": 'import { form } from "../settings/form.ts";',
      "packages/a/src/grid/session.ts": "",
      "packages/a/src/settings/form.ts": "",
      "packages/a/src/settings/deep/store.ts": 'import type { Session } from "../../grid/session.ts";',
    };
    expect(findFileCycles(tree(files))).toEqual([]);
    expect(findFolderCycles(tree(files))).toEqual([
      "packages/a/src/grid/ > packages/a/src/settings/ > packages/a/src/grid/",
    ]);
  });

  test("counts a file beside the folders as a node of its own", () => {
    const files = {
      "packages/a/src/ports.ts": 'import type { Job } from "./core/job.ts";',
      "packages/a/src/core/clock.ts": 'import type { Clock } from "../ports.ts";',
      "packages/a/src/core/job.ts": "",
      "packages/a/src/index.ts": 'export { job } from "./core/job.ts";\nexport type { Clock } from "./ports.ts";',
    };
    expect(findFolderCycles(tree(files))).toEqual([
      "packages/a/src/core/ > packages/a/src/ports.ts > packages/a/src/core/",
    ]);
  });

  test("finds a longer cycle once, whichever folder is read first", () => {
    const imports = (from: string, to: string) => [`packages/a/src/${from}/x.ts`, `import "../${to}/x.ts";`] as const;
    const edges = [imports("b", "c"), imports("c", "a"), imports("a", "b")];
    for (const order of [edges, edges.toReversed()]) {
      expect(findFolderCycles(tree(Object.fromEntries(order)))).toEqual([
        "packages/a/src/a/ > packages/a/src/b/ > packages/a/src/c/ > packages/a/src/a/",
      ]);
    }
  });

  test("finds an index imported from inside, and an entry that is not published", () => {
    expect(findIndexImports(tree({ "packages/a/src/x.ts": 'import { y } from "./engine/index.ts";' }))).toHaveLength(1);
    expect(findIndexImports(tree({ "packages/a/src/x.ts": 'import { y } from "./journal-index.ts";' }))).toEqual([]);
    const published = new Set(["@video-engine/a"]);
    const example = (specifier: string): SourceTree =>
      tree({ "examples/cli/src/main.ts": `import { x } from "${specifier}";` });
    expect(findUnpublishedImports(example("@video-engine/a/src/core/x.ts"), published)).toHaveLength(1);
    expect(findUnpublishedImports(example("../../../packages/a/src/index.ts"), published)).toHaveLength(1);
    expect(findUnpublishedImports(example("@video-engine/a"), published)).toEqual([]);
  });

  test("reads type imports, inline types and lines", () => {
    const text =
      '// first\nimport type { A } from "a";\nimport { type B, b } from "b";\nexport type { C } from "c";\nimport type from "d";\n';
    expect(readImports(text)).toEqual([
      { specifier: "a", isTypeOnly: true, line: 2 },
      { specifier: "b", isTypeOnly: false, line: 3 },
      { specifier: "c", isTypeOnly: true, line: 4 },
      { specifier: "d", isTypeOnly: false, line: 5 },
    ]);
  });
});

function tree(files: Record<string, string>): SourceTree {
  return new Map(Object.entries(files));
}

/** What each workspace publishes, as it is written in an import. */
function publishedEntries(): ReadonlySet<string> {
  const manifests = readSourceTree(root, [
    "packages/*/package.json",
    "examples/*/package.json",
    "tools/*/package.json",
  ]);
  const entries = [...manifests.values()].flatMap((text) => {
    const { name, exports = {} } = JSON.parse(text) as { name: string; exports?: Record<string, unknown> }; // our own manifests
    return Object.keys(exports).map((entry) => name + entry.slice(1));
  });
  return new Set(entries);
}
