import { defineConfig, type Options } from "tsup";

const clientEntries = {
  index: "src/index.ts",
  "adapters/index": "src/adapters/index.ts",
  "convex-sessions/index": "src/convex-sessions/index.ts",
  "core/index": "src/core/index.ts",
  "devtools/index": "src/devtools/index.ts",
  "devtools/none": "src/devtools/none.ts",
  "driven/index": "src/driven/index.ts",
  "opentelemetry/index": "src/opentelemetry/index.ts",
  "react/index": "src/react/index.ts",
  "react/compat/index": "src/react/compat/index.ts",
  "react-native/index": "src/react-native/index.ts",
  "testing/index": "src/testing/index.ts",
  "web/index": "src/web/index.ts",
};
const shared: Options = {
  target: "es2020",
  platform: "neutral",
  // Readable as it is, and half as large a package without its sources twice.
  sourcemap: false,
  splitting: true,
  treeshake: false,
  dts: false,
  // esbuild names the source before each part; they are not in the package.
  plugins: [{ name: "no-paths", renderChunk: (code) => ({ code: code.replaceAll(/^\/\/ src\/.*\n/gm, "") }) }],
};

export default defineConfig([
  { ...shared, entry: { ...clientEntries, "server/index": "src/server/index.ts" }, format: ["esm"], clean: true },
  {
    ...shared,
    entry: clientEntries,
    format: ["cjs"],
    // `??` and `?.` are written out by esbuild: what tsup turns them into for CommonJS runs into a `return` that has lost its space.
    target: "es2019",
    // For Jest. Names stay.
    esbuildOptions: (options) => void Object.assign(options, { minifyWhitespace: true, minifySyntax: true }),
    outDir: "dist/cjs",
    outExtension: () => ({ js: ".js" }),
  },
]);
