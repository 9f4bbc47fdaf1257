// Compiles a consumer against the installed packages, without skipLibCheck, as ES module and as CommonJS.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const COMPILER_OPTIONS = {
  module: "nodenext",
  moduleResolution: "nodenext",
  target: "es2022",
  lib: ["es2023", "dom", "dom.iterable"],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

/** What the compiler says of a program that imports the entries, one line each. `root` is where the compiler is installed. */
export function findTypeProblems(
  folder: string,
  root: string,
  entries: { readonly esm: readonly string[]; readonly cjs: readonly string[] },
): string[] {
  writeFileSync(join(folder, "types.mts"), programOf(entries.esm));
  writeFileSync(join(folder, "types.cts"), programOf(entries.cjs));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ["types.mts", "types.cts"] }),
  );
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, "node_modules/typescript/bin/tsc"), "-p", folder],
    { encoding: "utf8" },
  );
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
