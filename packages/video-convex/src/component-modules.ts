// The component as convex-test registers it, where no bundler finds its modules: `t.registerComponent("videoEngine", schema, modules)`.
import schema from "./component/schema.ts";

/** Each module of the component by its path, and how to load it. */
const modules = {
  "./component/_generated/api.ts": async () => await import("./component/_generated/api.ts"),
  "./component/generations.ts": async () => await import("./component/generations.ts"),
  "./component/ledger.ts": async () => await import("./component/ledger.ts"),
  "./component/scheduled.ts": async () => await import("./component/scheduled.ts"),
};

export { modules, schema };
