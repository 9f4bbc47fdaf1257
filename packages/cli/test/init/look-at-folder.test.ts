// What init takes a folder for.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildCommand, runCommand } from "../../src/init/run-command.ts";
import { lookAtFolder } from "../../src/init/look-at-folder.ts";
import { UsageError } from "../../src/usage-error.ts";

/** A folder with these files, in a repository of its own. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "video-engine-init-"));
  mkdirSync(join(folder, ".git"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const uses = (...names: readonly string[]): string =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, "1"])) });

describe("the kind", () => {
  test.each([
    ["next", uses("next", "react")],
    ["expo", uses("expo", "react-native")],
    ["vite", JSON.stringify({ devDependencies: { vite: "1" } })],
    ["node", uses("express")],
    ["next", JSON.stringify({ dependencies: { next: "1" }, devDependencies: { vite: "1" } })],
    ["node", "{}"],
  ])("is %s by its packages", (kind, manifest) => {
    expect(lookAtFolder(folderOf({ "package.json": manifest })).kind).toBe(kind);
  });

  test("is what the caller says", () => {
    expect(lookAtFolder(folderOf({ "package.json": uses("next") }), "node").kind).toBe("node");
  });
});

describe("src/", () => {
  test.each([
    ["next", { "src/app/page.tsx": "" }, "src/"],
    ["next", { "app/page.tsx": "" }, ""],
    ["next", { "app/page.tsx": "", "src/other.ts": "" }, ""],
    ["vite", { "src/main.tsx": "" }, "src/"],
    ["expo", { "App.tsx": "" }, ""],
  ])("of %s with %j is %j", (kind, files, source) => {
    expect(lookAtFolder(folderOf({ ...files, "package.json": uses(kind) })).source).toBe(source);
  });
});

describe("the package manager", () => {
  test.each([
    ["pnpm-lock.yaml", "pnpm"],
    ["yarn.lock", "yarn"],
    ["bun.lock", "bun"],
    ["bun.lockb", "bun"],
    ["package-lock.json", "npm"],
  ])("of %s is %s", (lock, manager) => {
    expect(lookAtFolder(folderOf({ "package.json": "{}", [lock]: "" })).packageManager).toBe(manager);
  });

  test("is that of the workspace above, and never that of a folder above the repository", () => {
    const above = folderOf({ "pnpm-lock.yaml": "", "apps/web/package.json": uses("next") });
    expect(lookAtFolder(join(above, "apps/web")).packageManager).toBe("pnpm");
    mkdirSync(join(above, "apps/web/.git"));
    expect(lookAtFolder(join(above, "apps/web")).packageManager).toBe("npm");
  });

  test("without a lock file is what package.json names", () => {
    const manifest = JSON.stringify({ packageManager: "yarn@4.5.0" });
    expect(lookAtFolder(folderOf({ "package.json": manifest })).packageManager).toBe("yarn");
  });
});

describe("how Node takes the files", () => {
  const bundler = `{ // comments
    "compilerOptions": { "moduleResolution": "Bundler", }, "include": ["src/**/*"] }`;
  test.each([
    ["module", undefined, { ending: ".ts", importEnding: ".ts" }],
    [undefined, undefined, { ending: ".ts", importEnding: ".ts" }],
    ["commonjs", undefined, { ending: ".mts", importEnding: ".mts" }],
    ["module", "{}", { ending: ".ts", importEnding: ".js" }],
    ["commonjs", "{}", { ending: ".mts", importEnding: ".mjs" }],
    [undefined, "{}", { ending: ".mts", importEnding: ".mjs" }],
    ["commonjs", bundler, { ending: ".ts", importEnding: "" }],
    ["module", '{ "compilerOptions": { "allowImportingTsExtensions": true } }', { ending: ".ts", importEnding: ".ts" }],
    ["module", '{ /* "allowImportingTsExtensions": true */ }', { ending: ".ts", importEnding: ".js" }],
  ])("with type %j and the tsconfig %j", (type, config, format) => {
    const files = config === undefined ? {} : { "tsconfig.json": config };
    expect(lookAtFolder(folderOf({ ...files, "package.json": JSON.stringify({ type }) })).format).toMatchObject(format);
  });
});

describe("what runs a file of the app", () => {
  const nodenext = (more: string): string => `{ "compilerOptions": { "module": "nodenext", ${more} } }`;
  test.each([
    ["as it is", "module", undefined, "node --env-file=.env src/server/main.ts", undefined],
    ["as a module among CommonJS", "commonjs", undefined, "node --env-file=.env src/server/main.mts", undefined],
    [
      "after the compiler",
      "module",
      nodenext('"rootDir": "./src", "outDir": "./dist"'),
      "node --env-file=.env dist/server/main.js",
      "npx tsc",
    ],
    [
      "where no root is named",
      "module",
      nodenext('"outDir": "dist/"'),
      "node --env-file=.env dist/src/server/main.js",
      "npx tsc",
    ],
    [
      "beside its source",
      "commonjs",
      nodenext('"strict": true'),
      "node --env-file=.env src/server/main.mjs",
      "npx tsc",
    ],
    [
      "where the compiler writes nothing",
      "module",
      nodenext('"noEmit": true'),
      "npx tsx --env-file=.env src/server/main.ts",
      undefined,
    ],
    [
      "as a bundler finds it",
      "module",
      '{ "compilerOptions": { "module": "preserve" } }',
      "npx tsx --env-file=.env src/server/main.ts",
      undefined,
    ],
  ])("%s", (_, type, config, run, build) => {
    const files = config === undefined ? {} : { "tsconfig.json": config };
    const project = lookAtFolder(folderOf({ ...files, "package.json": JSON.stringify({ type }) }));
    expect([runCommand(project, "src/server/main", ".env"), buildCommand(project)]).toEqual([run, build]);
  });
});

test("convex.json names the folder of the functions", () => {
  const found = lookAtFolder(folderOf({ "package.json": "{}", "convex.json": '{ "functions": "./src/convex/" }' }));
  expect(found).toMatchObject({ convexFolder: "src/convex", hasConvex: false });
});

test.each([
  ["no package.json", {}, "There is no app in"],
  ["one that is no JSON", { "package.json": "{" }, "is not a JSON object"],
  ["one that is a list", { "package.json": "[]" }, "is not a JSON object"],
  ["the root of a workspace", { "package.json": '{ "workspaces": ["a"] }' }, "root of a workspace"],
  ["that of pnpm", { "package.json": "{}", "pnpm-workspace.yaml": "" }, "root of a workspace"],
])("refuses a folder with %s, and says what to do", (_, files, words) => {
  const look = (): unknown => lookAtFolder(folderOf(files));
  expect(look).toThrow(UsageError);
  expect(look).toThrow(words);
});
