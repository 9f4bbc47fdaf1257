// Compiles a consumer against the installed packages, without skipLibCheck, as ES module and as CommonJS, with each TypeScript that our
// types promise to work with.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where each is installed: the oldest that is promised, the last of each later major version, and our own. */
const COMPILERS: Readonly<Record<string, string>> = {
  "5.6": "tools/compilers/typescript-5.6",
  "5.9": "tools/compilers/typescript-5.9",
  "6.0": "tools/compilers/typescript-6.0",
  "7": ".",
};

/** What is there without an import: the types of a browser alone, or those of Node alone. */
const GLOBALS = {
  browser: { lib: ["es2023", "dom", "dom.iterable"], types: [] },
  node: { lib: ["es2023"], types: ["node"] },
};

const COMPILER_OPTIONS = {
  module: "nodenext",
  moduleResolution: "nodenext",
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

/** A project of a consumer. */
export interface TypeConsumer {
  readonly folder: string;
  readonly globals: keyof typeof GLOBALS;
  readonly esm: readonly string[];
  readonly cjs: readonly string[];
}

/** What the compilers say of a program that imports the entries, one line each. `root` is where the compilers are installed. */
export function findTypeProblems({ folder, globals, esm, cjs }: TypeConsumer, root: string): string[] {
  writeFileSync(join(folder, "types.mts"), programOf(esm));
  writeFileSync(join(folder, "types.cts"), programOf(cjs));
  const compilerOptions = { ...COMPILER_OPTIONS, ...GLOBALS[globals], typeRoots: [join(root, "node_modules/@types")] };
  const project = { compilerOptions, files: ["types.mts", "types.cts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
  return Object.entries(COMPILERS).flatMap(([version, home]) =>
    compile(folder, join(root, home)).map((line) => `TypeScript ${version}, types of ${globals}: ${line}`),
  );
}

function compile(folder: string, home: string): string[] {
  const command = [join(home, "node_modules/typescript/bin/tsc"), "-p", folder];
  const { status, stdout } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (status === 0) return [];
  return stdout === "" ? ["the compiler could not be run"] : stdout.trim().split("\n");
}

/** Uses each entry as a value, so that its declarations are really read; and proves that they are no `any`. */
function programOf(entries: readonly string[]): string {
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const uses = entries.map(
    (_, index) =>
      `// @ts-expect-error -- there is no such export\nexport const none${index} = entry${index}.noSuchExport;`,
  );
  return [...imports, ...uses, ""].join("\n");
}
