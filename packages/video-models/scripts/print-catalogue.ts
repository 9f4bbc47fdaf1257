// `npm run catalogue`: what is new, changed or gone at fal, by the types of the installed client. Needs no key and makes no call. The client's
// types lag behind, and some are wrong: docs of the provider decide before a model is changed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import falEndpoints from "../src/providers/__fixtures__/fal-endpoints.json" with { type: "json" };
import newerEndpoints from "../src/providers/__fixtures__/fal-endpoints-2026-11.json" with { type: "json" };
import { compareCatalogue, type KnownEndpoint } from "./compare-catalogue.ts";
import { readFalTypes } from "./read-fal-types.ts";

const file = createRequire(import.meta.url)
  .resolve("@fal-ai/client/endpoints")
  .replace(/\.js$/, ".d.ts");
const known: readonly KnownEndpoint[] = [...falEndpoints, ...newerEndpoints];
const { added, changed, gone } = compareCatalogue(known, readFalTypes(readFileSync(file, "utf8")));

const print = (title: string, lines: readonly string[]) =>
  process.stdout.write(`${title}: ${lines.length}\n${lines.map((line) => `  ${line}\n`).join("")}\n`);

print("new, of the apps that we use", added);
print("changed", changed);
print("not in the client", gone);
