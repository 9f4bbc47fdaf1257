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

/** The ways in which an app finds a package. A bundler takes every file as an ES module. */
const RESOLUTIONS = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext", files: ["types.mts", "types.cts"] },
  node16: { module: "node16", moduleResolution: "node16", files: ["types.mts", "types.cts"] },
  bundler: { module: "esnext", moduleResolution: "bundler", files: ["types.mts"] },
};

const COMPILER_OPTIONS = {
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
  /** Default: `nodenext`. */
  readonly resolutions?: readonly (keyof typeof RESOLUTIONS)[];
  readonly esm: readonly string[];
  readonly cjs: readonly string[];
}

/** What the compilers say of a program that imports the entries, one line each. `root` is where the compilers are installed; `isEvery`: all of them, for
 * each resolution. */
export function findTypeProblems(consumer: TypeConsumer, root: string, isEvery = false): string[] {
  const { folder, globals, esm, cjs, resolutions = ["nodenext"] } = consumer;
  writeFileSync(join(folder, "types.mts"), programOf(esm));
  writeFileSync(join(folder, "types.cts"), programOf(cjs));
  const typeRoots = [join(root, "node_modules/@types")];
  return resolutions.flatMap((resolution) => {
    const { files, ...found } = RESOLUTIONS[resolution];
    const compilerOptions = { ...COMPILER_OPTIONS, ...found, ...GLOBALS[globals], typeRoots };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    return compilersFor(resolution, isEvery).flatMap(([version, home]) =>
      compile(folder, join(root, home)).map(
        (line) => `TypeScript ${version}, ${resolution}, types of ${globals}: ${line}`,
      ),
    );
  });
}

/** Every compiler for the first way; else the oldest and our own for the others, which read the same declarations. */
function compilersFor(resolution: keyof typeof RESOLUTIONS, isEvery: boolean): (readonly [string, string])[] {
  const all = Object.entries(COMPILERS);
  return isEvery || resolution === "nodenext" ? all : all.filter((_, index) => index === 0 || index === all.length - 1);
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
