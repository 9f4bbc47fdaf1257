// What a bundler makes of the maps of routes: an app carries those that it names, and no other.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** The minified code of an app that uses these names, without its libraries. */
async function bundleOf(names: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${names} } from "./index.ts";`,
      resolveDir: fileURLToPath(new URL("../src", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    external: ["zod", "convex", "@video-engine/video-models"],
  });
  return outputFiles[0]?.text ?? "";
}

test.each([
  ["createVideoEngine", []],
  ["createVideoEngine, deployedMobileRoutes", ["fal-generate-videos"]],
  ["createVideoEngine, deployedWebRoutes", ["fal-generate-videos", "turnstileToken gave none"]],
])("%s", async (names, carried) => {
  const bundle = await bundleOf(names);
  expect(bundle).toContain("api/mobile/generate-video");
  expect(["fal-generate-videos", "turnstileToken gave none"].filter((text) => bundle.includes(text))).toEqual(carried);
});
