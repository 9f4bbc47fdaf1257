import { defineConfig, type Options } from "tsup";

const shared: Options = {
  entry: {
    index: "src/index.ts",
    "providers/index": "src/providers/index.ts",
    // No entry of the package, but a chunk of its own: see the file.
    "zod-parts": "src/zod-parts.ts",
  },
  target: "es2020",
  platform: "neutral",
  sourcemap: false,
  splitting: true,
  treeshake: false,
  dts: false,
  // Inlined, because Metro's stock preset cannot read zod's own `export * as`. Its declarations are not: they need the dependency.
  noExternal: [/^zod/],
};

export default defineConfig([
  { ...shared, format: ["esm"], clean: true },
  { ...shared, format: ["cjs"], outDir: "dist/cjs", outExtension: () => ({ js: ".js" }) },
]);
