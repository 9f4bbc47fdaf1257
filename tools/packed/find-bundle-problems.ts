// Bundles an app of every client entry, once by import and once by require, and counts how often zod is in it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** A sentence that zod's core has in one place. */
export const ONCE_IN_ZOD = "Encountered Promise during synchronous parse";

/** How an app names an entry, by the file that does it. */
const APPS = {
  "bundle.mjs": (entry: string, index: number) => `import * as entry${index} from "${entry}";`,
  "bundle.cjs": (entry: string, index: number) => `const entry${index} = require("${entry}");`,
};

/** One sentence per problem. `external` are packages that the app brings by itself, such as React. */
export function findBundleProblems(folder: string, entries: readonly string[], external: readonly string[]): string[] {
  return Object.entries(APPS).flatMap(([file, nameEntry]) => {
    const uses = entries.map((_, index) => `globalThis.app = entry${index};`);
    writeFileSync(join(folder, file), [...entries.map(nameEntry), ...uses].join("\n"));
    const { outputFiles, metafile } = buildSync({
      absWorkingDir: folder,
      entryPoints: [file],
      bundle: true,
      write: false,
      metafile: true,
      format: "iife",
      logLevel: "error",
      external: [...external],
    });
    const times = (outputFiles[0]?.text ?? "").split(ONCE_IN_ZOD).length - 1;
    const zod = Object.keys(metafile.inputs).find((path) => path.includes("node_modules/zod/"));
    process.stdout.write(`${file}: zod is in it ${times} times\n`);
    return [
      ...(times === 1 ? [] : [`${file}: an app of all client entries bundles zod ${times} times, and must once`]),
      ...(zod === undefined
        ? []
        : [`${file}: a client entry imports zod by itself (${zod}): take it from video-models`]),
    ];
  });
}
