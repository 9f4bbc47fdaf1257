// Gives dist/cjs its own declarations: the same files, read as CommonJS because of the package.json written beside them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const dist = "dist";
for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (name.startsWith("cjs") || !name.endsWith(".d.ts")) continue;
  const copy = join(dist, "cjs", name);
  mkdirSync(dirname(copy), { recursive: true });
  // Their maps stay with the originals.
  writeFileSync(copy, readFileSync(join(dist, name), "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, ""));
}
writeFileSync(join(dist, "cjs", "package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
