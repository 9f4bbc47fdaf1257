// Puts the declarations that an app can reach into dist, and again, without comments, into dist/cjs, where the package.json written beside them
// has them read as CommonJS. Those of internal files, which nothing exported names, stay behind: they are a sixth of a package.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DECLARED = "dist/.types";
const COMMENT = /^[ \t]*\/\*\*[\s\S]*?\*\/\r?\n/gm;
const SPECIFIER = /(?:\bfrom|\bimport\()\s*["'](\.[^"']+)["']/g;

/** The sources of the entries, and whether CommonJS can load them. */
const ENTRIES = Object.values(exportsOf()).flatMap((target) => entriesIn(target, false));

for (const name of reachable(ENTRIES)) write(join("dist", name), declared(name));
for (const name of reachable(ENTRIES.filter(({ isRequired }) => isRequired))) {
  write(join("dist/cjs", name), declared(name).replaceAll(COMMENT, ""));
}
write("dist/cjs/package.json", `${JSON.stringify({ type: "commonjs" })}\n`);

interface Entry {
  readonly name: string;
  readonly isRequired: boolean;
}

/** The entries, and all that they import. */
function reachable(entries: readonly Entry[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = entries.map(({ name }) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || !existsSync(join(DECLARED, name))) continue;
    found.add(name);
    for (const [, specifier = ""] of declared(name).matchAll(SPECIFIER)) {
      waiting.push(join(dirname(name), specifier.replace(/(\.d)?\.tsx?$|\.js$/, ".d.ts")));
    }
  }
  return found;
}

function declared(name: string): string {
  return readFileSync(join(DECLARED, name), "utf8");
}

function exportsOf(): Readonly<Record<string, unknown>> {
  return (JSON.parse(readFileSync("package.json", "utf8")) as { readonly exports: Record<string, unknown> }).exports; // our own
}

/** An entry's source stands beside its `require` target; conditions may be nested. */
function entriesIn(target: unknown, isRequired: boolean): readonly Entry[] {
  if (typeof target !== "object" || target === null) return [];
  const { "@video-engine/source": source, ...others }: { "@video-engine/source"?: string } = target;
  const isHere = isRequired || "require" in target;
  const own =
    source === undefined
      ? []
      : [{ name: source.replace(/^\.\/src\//, "").replace(/\.tsx?$/, ".d.ts"), isRequired: isHere }];
  return [...own, ...Object.values(others).flatMap((nested) => entriesIn(nested, isHere))];
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
