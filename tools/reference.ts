// Writes docs/reference: every export of every entry, from its doc comments, a page for each entry. `--check` writes nothing, and fails where a
// page is not what would be written.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const HOME = "docs/reference";
const PACKAGES = ["packages/video-models", "packages/video-sdk", "packages/video-convex"];
/** What is imported by a configuration or by generated code, and not by a person. */
const NOT_READ = /config(\.js)?$|_generated|component-modules/;
/** typedoc wants a TypeScript before 7, so it lives beside one. */
const beside = createRequire(new URL("compilers/typescript-6.0/package.json", import.meta.url));

const OPTIONS = {
  tsconfig: "tools/reference/tsconfig.json",
  plugin: [beside.resolve("typedoc-plugin-markdown")],
  skipErrorChecking: true, // the project's own TypeScript checks types
  name: "Reference",
  readme: "none",
  disableSources: true,
  excludeInternal: true,
  sort: ["source-order"],
  logLevel: "Error",
  outputFileStrategy: "modules",
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: false,
  typeDeclarationVisibility: "compact",
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  propertyMembersFormat: "table",
  sanitizeComments: true,
} as const;

/** The part of typedoc that is used. */
interface Typedoc {
  readonly Application: {
    bootstrapWithPlugins(options: object): Promise<{
      convert(): Promise<{ readonly children?: { name: string }[] } | undefined>;
      generateOutputs(project: object): Promise<void>;
    }>;
  };
}

const pages = await makePages();
const problems = process.argv.includes("--check") ? findDifferences(pages) : replace(pages);
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${pages.size} pages, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 && pages.size > PACKAGES.length ? 0 : 1;

/** The source of each entry, by the entry's name without the scope, such as `video-sdk/react`. */
function entries(): ReadonlyMap<string, string> {
  const found = PACKAGES.flatMap((folder) => {
    const { name, exports } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
      readonly name: string;
      readonly exports: Readonly<Record<string, { readonly "@video-engine/source"?: string }>>;
    }; // our own
    return Object.entries(exports).flatMap(([path, { "@video-engine/source": source }]) =>
      source === undefined || NOT_READ.test(path)
        ? []
        : [[name.replace(/^@[^/]+\//, "") + path.slice(1), join(folder, source)] as const],
    );
  });
  return new Map(found);
}

async function makePages(): Promise<ReadonlyMap<string, string>> {
  const out = mkdtempSync(join(tmpdir(), "video-engine-reference-"));
  try {
    const all = entries();
    const { Application } = (await import(pathToFileURL(beside.resolve("typedoc")).href)) as Typedoc;
    const outputs = [{ name: "markdown", path: out }];
    const app = await Application.bootstrapWithPlugins({ ...OPTIONS, entryPoints: [...all.values()], outputs });
    const project = await app.convert();
    if (project?.children?.length !== all.size) throw new Error("typedoc has not read every entry.");
    for (const child of project.children) child.name = nameOf(child.name, all);
    await app.generateOutputs(project);
    return new Map(globSync("**/*.md", { cwd: out }).map((file) => [file, readFileSync(join(out, file), "utf8")]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** typedoc names a module by its folder from the first one on that they do not share: `video-sdk/src/react`. */
function nameOf(folder: string, all: ReadonlyMap<string, string>): string {
  const found = [...all].find(([, source]) => source.replace(/(\/index)?\.tsx?$/, "") === `packages/${folder}`);
  if (found === undefined) throw new Error(`typedoc has read ${folder}, which is no entry.`);
  return found[0];
}

/** The pages that are missing, left over or not current. */
function findDifferences(made: ReadonlyMap<string, string>): string[] {
  const there = globSync("**/*.md", { cwd: HOME });
  const names = [...new Set([...made.keys(), ...there])].toSorted();
  return names.flatMap((file) => {
    const text = there.includes(file) ? readFileSync(join(HOME, file), "utf8") : undefined;
    return text === made.get(file) ? [] : [`${HOME}/${file} is not current: npm run reference`];
  });
}

function replace(made: ReadonlyMap<string, string>): string[] {
  rmSync(HOME, { recursive: true, force: true });
  for (const [file, text] of made) {
    mkdirSync(dirname(join(HOME, file)), { recursive: true });
    writeFileSync(join(HOME, file), text);
  }
  return [];
}
