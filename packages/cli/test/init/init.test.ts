// init as a person runs it, in the smallest app of each kind: what it writes is compiled there, and nothing is overwritten unasked.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { inProcess } from "../support/in-process.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
/** In the repository, so that the apps find its packages. */
const APPS = mkdtempSync(join(mkdirIn(ROOT, "out"), "init-"));
afterAll(() => rmSync(APPS, { recursive: true, force: true }));

function mkdirIn(folder: string, name: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
}

/** An app with these packages and files. */
function appOf(packages: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(APPS, "app-"));
  const dependencies = Object.fromEntries(packages.map((name) => [name, "*"]));
  const all = { "package.json": JSON.stringify({ type: "module", dependencies }), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function init(folder: string, ...flags: readonly string[]) {
  return await inProcess(["init", folder, ...flags]);
}

interface Said {
  readonly kind: string;
  readonly wrote: readonly string[];
  readonly kept: readonly string[];
  readonly same: readonly string[];
  readonly steps: readonly string[];
}

async function initJson(folder: string, ...flags: readonly string[]): Promise<Said> {
  return JSON.parse((await init(folder, "--json", ...flags)).stdout) as Said; // the format of the command
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

/** Compiles several apps at once, each with what Convex generates beside it, in strict settings. */
function compile(folders: readonly string[]): string {
  const generated = join(ROOT, "examples/convex/convex/_generated");
  for (const folder of folders)
    for (const file of ["server.js", "server.d.ts", "dataModel.d.ts"])
      cpSync(join(generated, file), join(folder, "convex/_generated", file));
  const config = mkdtempSync(join(APPS, "check-"));
  writeFileSync(join(config, "vite.d.ts"), "interface ImportMeta { readonly env: Record<string, string> }");
  const compilerOptions = {
    ...{ module: "preserve", moduleResolution: "bundler", target: "es2022", jsx: "react-jsx", types: ["node"] },
    ...{ lib: ["es2023", "dom", "dom.iterable"], strict: true, noEmit: true, skipLibCheck: true },
    ...{ customConditions: ["@video-engine/source"], allowImportingTsExtensions: true, verbatimModuleSyntax: true },
    ...{ noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noUnusedLocals: true },
  };
  const include = [...folders.map((folder) => join(folder, "**/*")), "vite.d.ts"];
  writeFileSync(join(config, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", config, "--pretty", "false"], { encoding: "utf8" }).stdout;
}

test("what is written compiles, in every kind of app", async () => {
  const apps: readonly (readonly [kind: string, packages: readonly string[]])[] = [
    ["next", ["next", "react"]],
    ["next", ["next", "react", "@clerk/nextjs"]],
    ["vite", ["vite", "react", "@clerk/react"]],
    ["expo", ["expo", "react-native", "@clerk/clerk-expo"]],
    ["node", []],
  ];
  const folders: string[] = [];
  for (const [kind, packages] of apps) {
    const folder = appOf(packages, kind === "vite" ? { "src/main.tsx": "export {};" } : {});
    const { wrote, ...said } = await initJson(folder);
    expect(said).toMatchObject({ kind, kept: [], same: [] });
    expect(wrote.length).toBeGreaterThan(15);
    folders.push(folder);
  }
  expect(compile(folders)).toBe("");
});

describe("nothing is overwritten unasked", () => {
  test("a second run changes nothing, and says so", async () => {
    const folder = appOf(["next", "react"]);
    const { wrote } = await initJson(folder);
    expect(filesIn(folder)).toEqual([...wrote, "package.json"].toSorted());
    expect(await initJson(folder)).toMatchObject({ wrote: [], kept: [], same: wrote });
    expect((await init(folder)).stdout).toContain(`Everything is there already: ${wrote.length} files.`);
  });

  test("a file that differs is kept without --force, and the steps say what to do by hand", async () => {
    const schema = "export default defineSchema({ users: defineTable({}) });\n";
    const folder = appOf(["next", "convex"], { "convex/schema.ts": schema, ".env.example": "MINE=\n" });
    const { kept, steps } = await initJson(folder);
    expect(kept).toEqual(["convex/schema.ts", ".env.example"]);
    expect(readFileSync(join(folder, "convex/schema.ts"), "utf8")).toBe(schema);
    expect(readFileSync(join(folder, ".env.example"), "utf8")).toBe("MINE=\n");
    expect(steps.join("\n")).toContain("...videoTables");
    expect(steps.join("\n")).toMatch(/These are the settings: .*VIDEO_SIGNING_SECRET/);
    expect((await initJson(folder, "--force")).wrote).toEqual(kept);
    expect(readFileSync(join(folder, "convex/schema.ts"), "utf8")).toContain("videoTables");
  });

  test("the ends of lines do not make a file another one", async () => {
    const folder = appOf(["vite"]);
    await initJson(folder);
    const file = join(folder, "lib/video-engine.ts");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
    expect((await initJson(folder)).kept).toEqual([]);
  });

  test("--dry-run writes nothing and lists the same", async () => {
    const folder = appOf(["expo"]);
    const { wrote } = await initJson(folder, "--dry-run");
    expect(filesIn(folder)).toEqual(["package.json"]);
    expect((await init(folder, "--dry-run")).stdout).toContain("would write  lib/video-engine.ts");
    expect((await initJson(folder)).wrote).toEqual(wrote);
  });

  test("where one place cannot be written, nothing is", async () => {
    const folder = appOf(["next"], { convex: "a file" });
    const { code, stderr } = await init(folder);
    expect(code).toBe(2);
    expect(stderr).toContain("convex/videos/generations.ts cannot be written: a part of its path is a file");
    expect(filesIn(folder)).toEqual(["convex", "package.json"]);
  });
});

test("without the functions of another folder", async () => {
  const { wrote, steps } = await initJson(appOf(["expo"]), "--no-convex");
  expect(wrote).toEqual(["lib/video-engine.ts", ".env.example"]);
  expect(steps.join("\n")).not.toContain("convex dev");
});

test("the install line has what is missing, in the words of the package manager", async () => {
  const files = { "pnpm-lock.yaml": "" };
  const { steps } = await initJson(appOf(["next", "convex", "typescript", "@types/node", "@clerk/nextjs"], files));
  expect(steps[0]).toBe("Install:\n  pnpm add @video-engine/video-sdk @fal-ai/client @clerk/backend");
  const complete = await initJson(appOf(["vite", "convex", "@video-engine/video-sdk", "@fal-ai/client"]));
  expect(complete.steps[0]).not.toContain("Install");
});

test("a newcomer reads of the sign-in before anything that it is needed for", async () => {
  for (const kind of ["next", "vite", "node"]) {
    const { steps } = await initJson(appOf(kind === "node" ? [] : [kind]));
    const at = (words: RegExp): number => steps.findIndex((step) => words.test(step));
    expect(at(/^Sign-in/)).toBeGreaterThan(at(/^Install/));
    expect(at(/^Sign-in/)).toBeLessThan(at(/convex dev/));
    expect(at(/<user id>/)).toBeLessThan(at(/createEngine|Start the routes/));
  }
});

test("what the app's own compiler leaves out, or takes and should not, is said once", async () => {
  const references = '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }';
  const vite = appOf(["vite", "typescript"], { "tsconfig.json": references });
  expect(await initJson(vite)).toMatchObject({ wrote: expect.arrayContaining(["server/tsconfig.json"]) as unknown });
  const said = async (folder: string): Promise<string> => (await initJson(folder)).steps.join("\n");
  expect(await said(vite)).toContain('"references": [{ "path": "./server" }]');
  writeFileSync(join(vite, "tsconfig.json"), references.replace("[", '[{ "path": "./server" }, '));
  expect(await said(vite)).not.toContain("references");
  const node = appOf([], { "tsconfig.json": '{ "compilerOptions": { "module": "nodenext" } }' });
  expect(await said(node)).toMatch(/"types": \["node"\][^]*"exclude": \["convex"\]/);
});

test("a folder that is no app is refused with the way out", async () => {
  const { code, stderr } = await init(mkdtempSync(join(APPS, "empty-")));
  expect(code).toBe(2);
  expect(stderr).toContain("npm init, npx create-next-app");
});

test("a plain Node app's server says what is not set", async () => {
  const folder = appOf([]);
  await initJson(folder);
  const program = `import { videoRoutes } from "./server/video-routes.ts";
    const { isUsable, findings } = await videoRoutes.check();
    console.log(JSON.stringify({ isUsable, names: findings.map(({ message }) => message.split(" ")[0]) }));`;
  writeFileSync(join(folder, "look.ts"), program);
  const args = ["--conditions=@video-engine/source", join(folder, "look.ts")];
  const env = { ...process.env, VIDEO_SIGNING_SECRET: "", FAL_KEY: "", KIE_API_KEY: "" };
  expect(JSON.parse(execFileSync(process.execPath, args, { env, encoding: "utf8" }))).toMatchObject({
    isUsable: false,
    names: expect.arrayContaining(["VIDEO_SIGNING_SECRET", "FAL_KEY"]) as unknown,
  });
});
