// Loads every entry of the installed packages as an app would, in a Node process of its own, and says what it exports.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** The exported names of each entry, sorted. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** The two ways to load, each as the file that does it. */
const LOADERS = {
  import: { file: "load.mjs", load: "await import(entry)" },
  require: { file: "load.cjs", load: "require(entry)" },
};

/** Loads the entries in the given folder. Throws with Node's own message when one does not load. */
export function loadEntries(folder: string, entries: readonly string[], by: keyof typeof LOADERS): Names {
  const { file, load } = LOADERS[by];
  const lines = [
    "const names = {};",
    `for (const entry of ${JSON.stringify(entries)}) names[entry] = Object.keys(${load}).filter((name) => name !== "__esModule" && name !== "module.exports").sort();`,
    "process.stdout.write(JSON.stringify(names));",
  ];
  writeFileSync(join(folder, file), lines.join("\n"));
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" })) as Names; // what the lines above print
}
