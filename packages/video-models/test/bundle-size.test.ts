// What a bundler makes of the registry: an app that sells two families carries only those, and a further model costs little.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { VIDEO_MODELS, videoModelIds } from "../src/registry.ts";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** The minified code of an app, without zod, which it has anyway. */
async function bundleOf(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: SRC, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2020",
    external: ["zod"],
    conditions: ["@video-engine/source"],
  });
  return outputFiles[0]?.text ?? "";
}

const sizeOf = (text: string) => gzipSync(text, { level: 9 }).byteLength;
const idsIn = (text: string) => videoModelIds().filter((id) => text.includes(`"${id}"`));

const registryOf = (families: readonly string[]) =>
  `import { createRegistry, ${families.join(", ")} } from "./index.ts"; export default createRegistry([${families.join(", ")}]);`;

const FAMILIES = [
  ...[
    "finishing",
    "gemini",
    "grok",
    "hailuo",
    "hunyuan",
    "kandinsky",
    "kling",
    "ltx",
    "lucy",
    "luma",
    "ovi",
    "pixverse",
  ],
  ...["seedance", "sora", "veo", "vidu", "wan"],
];

test("a registry of two families carries the data of those two", async () => {
  const bundle = await bundleOf(registryOf(["veo", "kling"]));
  const labels = (has: boolean) =>
    videoModelIds().filter((id) => bundle.includes(`"${VIDEO_MODELS[id].label}"`) === has);
  expect(labels(true).every((id) => /veo|kling/.test(id))).toBe(true);
  expect(labels(true)).toHaveLength(18);
  // The others are named at most where two belong together: three pairs with a transition, and in the order of the picker.
  expect(idsIn(bundle).filter((id) => !/veo|kling/.test(id)).length).toBeLessThan(8);
});

test("a registry of all families has all models", async () => {
  const every = await bundleOf(registryOf(FAMILIES));
  expect(idsIn(every)).toEqual([...videoModelIds()]);
});

test("an app that uses the data of all models carries at most 120 bytes for each, compressed, its name and constant included", async () => {
  const size = sizeOf(await bundleOf('export { VIDEO_MODELS, VIDEO_MODEL_IDS } from "./index.ts";'));
  expect(size / videoModelIds().length).toBeLessThan(120);
});

test("one more family costs at most 120 bytes, compressed, for each of its models", async () => {
  const without = (family: string) => FAMILIES.filter((other) => other !== family);
  const whole = sizeOf(await bundleOf(dataOf(FAMILIES)));
  for (const family of ["ltx", "grok", "vidu", "gemini", "hunyuan", "finishing", "kling", "seedance", "veo"]) {
    const rest = await bundleOf(dataOf(without(family)));
    const models = videoModelIds().length - idsIn(rest).length;
    const cost = (whole - sizeOf(rest)) / models;
    expect([family, cost < 120 || cost]).toEqual([family, true]);
  }
});

const dataOf = (families: readonly string[]) =>
  `import { ${families.join(", ")} } from "./index.ts"; export default [${families.map((name) => `${name}()`).join(", ")}];`;
