import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { embeddedModules } from "../server/embedded-modules.ts";

const folder = fileURLToPath(new URL("../convex", import.meta.url));

test("the module map lists every module of convex/ that has functions", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const modules = files.filter(
    (file) => file.endsWith(".ts") && !/^(_generated|model)\b|^(schema|convex\.config)\.ts$/.test(file),
  );
  expect(Object.keys(embeddedModules).toSorted()).toEqual(
    ["./_generated/api.js", ...modules.map((file) => `./${file}`)].toSorted(),
  );
});

test("each module is the one that its key names", async () => {
  const loaded = await Promise.all(Object.values(embeddedModules).map((load) => load()));
  expect(new Set(loaded).size).toBe(Object.keys(embeddedModules).length);
});
