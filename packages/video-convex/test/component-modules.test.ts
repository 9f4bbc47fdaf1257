import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modules } from "../src/component-modules.ts";

test("every module of the component that has functions is listed", () => {
  const files = readdirSync(join(import.meta.dirname, "../src/component")).filter((file) => file.endsWith(".ts"));
  const withFunctions = files.filter((file) => !["convex.config.ts", "crons.ts", "schema.ts"].includes(file));
  expect(Object.keys(modules).toSorted()).toEqual(
    ["_generated/api.ts", ...withFunctions].map((file) => `./component/${file}`).toSorted(),
  );
});
