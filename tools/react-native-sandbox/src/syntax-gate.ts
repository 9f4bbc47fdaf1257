// Finds syntax in shipped JavaScript that Metro's stock preset or Hermes cannot read. A file uses a feature when esbuild,
// told to do without it, has to write the file differently.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

/** A snippet of each, which the gate must catch, or it is no gate. */
const REFUSED: Readonly<Record<string, string>> = {
  "export-star-as": 'export * as name from "./x.js";',
  "class-static-blocks": "export class A { static { this.a = 1; } }",
  using: "export function f(a) { using x = a; return x; }",
  "regexp-set-notation": "export const pattern = /[\\p{L}--[a-z]]/v;",
  "top-level-await": "export const a = await 1;",
  "import-meta": "export const url = import.meta.url;",
  decorators: "export @d class A {} function d() {}",
};

/** One sentence per file and feature; also one per feature that the gate itself would miss. */
export function findRefusedSyntax(root: string, folders: readonly string[]): string[] {
  const files = folders.flatMap((folder) =>
    globSync("**/*.js", { cwd: join(root, folder) }).map((name) => join(folder, name)),
  );
  if (files.length === 0) return [`there is no JavaScript in ${folders.join(" ")}: run the build first`];
  const atMostOnce = Object.entries(REFUSED).flatMap(([feature, snippet]) =>
    uses(snippet, feature) ? [] : [`the gate does not see ${feature}`],
  );
  const found = files.flatMap((file) => {
    const code = readFileSync(join(root, file), "utf8");
    return Object.keys(REFUSED).flatMap((feature) => (uses(code, feature) ? [`${file} uses ${feature}`] : []));
  });
  return [...atMostOnce, ...found];
}

function uses(code: string, feature: string): boolean {
  return written(code, feature, true) !== written(code, feature, false);
}

function written(code: string, feature: string, isSupported: boolean): string {
  try {
    const { code: text, warnings } = transformSync(code, {
      target: "esnext",
      supported: { [feature]: isSupported },
      logLevel: "silent",
    });
    return text + warnings.map((warning) => warning.text).join("\n");
  } catch (refusal) {
    return String(refusal);
  }
}
