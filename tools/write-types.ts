// Puts the declarations that an app can reach into dist, and again, without comments, into dist/cjs, where the package.json written beside them
// has them read as CommonJS. Those of internal files, which nothing exported names, stay behind: they are a sixth of a package.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const DECLARED = "dist/.types";
const COMMENT = /^[ \t]*\/\*\*[\s\S]*?\*\/\r?\n/gm;
const SPECIFIER = /(?:\bfrom|\bimport\()\s*["'](\.[^"']+)["']/g;

for (const name of reachable()) {
  const text = readFileSync(join(DECLARED, name), "utf8");
  write(join("dist", name), text);
  write(join("dist/cjs", name), text.replaceAll(COMMENT, ""));
}
write("dist/cjs/package.json", `${JSON.stringify({ type: "commonjs" })}\n`);

/** The declarations of the entries, and what they import. */
function reachable(): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = entries();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name) || !existsSync(join(DECLARED, name))) continue;
    found.add(name);
    const text = readFileSync(join(DECLARED, name), "utf8");
    for (const [, specifier = ""] of text.matchAll(SPECIFIER)) {
      waiting.push(join(dirname(name), specifier.replace(/(\.d)?\.tsx?$|\.js$/, ".d.ts")));
    }
  }
  return found;
}

function entries(): string[] {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly exports: Readonly<Record<string, { readonly "@video-engine/source"?: string }>>;
  }; // our own
  return Object.values(exports).flatMap(({ "@video-engine/source": source }) =>
    source === undefined ? [] : [source.replace(/^\.\/src\//, "").replace(/\.tsx?$/, ".d.ts")],
  );
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
