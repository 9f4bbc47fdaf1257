// Registers the components of convex.config.ts, each with its schema and modules under its path, as a deployment does. Knows none of their functions.
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TestConvex } from "convex-test";
import { modules, schema } from "@video-engine/convex/component-modules";
import type appSchema from "../convex/schema.ts";
import type { ModuleMap } from "./embedded-modules.ts";

type Registering = Pick<TestConvex<typeof appSchema>, "registerComponent">;

/** Registers them with a convex-test. */
export async function registerComponents(t: Registering): Promise<void> {
  t.registerComponent("videoEngine", schema, modules);
  // Each is found from the one that uses it.
  const videoEngine = createRequire(import.meta.url).resolve("@video-engine/convex/package.json");
  const rateLimiter = createRequire(videoEngine).resolve("@convex-dev/rate-limiter/convex.config.js");
  await registerPackage(t, "videoEngine/rateLimiter", rateLimiter);
  const batchWorker = createRequire(rateLimiter).resolve("@convex-dev/batch-worker/convex.config.js");
  await registerPackage(t, "videoEngine/rateLimiter/batchWorker", batchWorker);
}

/** A component of a package: the modules beside its convex.config.js. */
async function registerPackage(t: Registering, path: string, config: string): Promise<void> {
  const folder = dirname(config);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const load = async (file: string): Promise<Record<string, unknown>> =>
    (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>; // a module
  const { default: packaged } = (await load("schema.js")) as { default: typeof schema }; // a schema too
  const found: ModuleMap = Object.fromEntries(
    files.map((file) => [`./${file.replaceAll("\\", "/")}`, () => load(file)]),
  );
  t.registerComponent(path, packaged, found);
}
