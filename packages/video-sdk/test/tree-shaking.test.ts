// What a bundler leaves out: maps of routes that an app does not name, and what only a storage needs where there is none.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** The minified code of an app that uses these names, without its libraries. */
async function bundleOf(names: string, entry = "./index.ts"): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${names} } from "${entry}";`,
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

test.each([
  ["createEngine", true],
  ["createLeanEngine", false],
])("%s carries what only a storage needs: %s", async (name, isThere) => {
  const bundle = await bundleOf(name, "./adapters/index.ts");
  expect(bundle).toContain("This engine has been disposed of.");
  const ofStorages = ["set-aside", "not everything is erased", "failRowsOlderThanMs", "held up"];
  expect(ofStorages.filter((text) => bundle.includes(text))).toEqual(isThere ? ofStorages : []);
});
