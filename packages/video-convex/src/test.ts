// For an app's own tests with Vitest and convex-test: registers the component, and the rate limiter within it.
import rateLimiter from "@convex-dev/rate-limiter/test";
import type { TestConvex } from "convex-test";
import type { GenericSchema, SchemaDefinition } from "convex/server";
import { modules, schema } from "./component-modules.ts";

/** Registers the component with a convex-test. `name`: as in `app.use(videoEngine, { name })`. */
export function register(t: TestConvex<SchemaDefinition<GenericSchema, boolean>>, name = "videoEngine"): void {
  t.registerComponent(name, schema, modules);
  rateLimiter.register(t, `${name}/rateLimiter`);
}
