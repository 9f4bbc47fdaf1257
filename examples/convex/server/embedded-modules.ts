// Every module of convex/, by its path there: what a bundler's glob would give. A test compares it with the folder.
// Knows nothing of what the modules export.

/** Module path, as in `./users.ts`, to its loader. One key must lie in `_generated`: convex-test finds the root by it. */
export type ModuleMap = Readonly<Record<string, () => Promise<Record<string, unknown>>>>;

/** The modules of convex/ whose functions a client may call. */
export const embeddedModules: ModuleMap = {
  "./_generated/api.js": () => import("../convex/_generated/api.js"),
  "./extras.ts": () => import("../convex/extras.ts"),
  "./generations.ts": () => import("../convex/generations.ts"),
  "./keyed/generations.ts": () => import("../convex/keyed/generations.ts"),
  "./keyed/sessions.ts": () => import("../convex/keyed/sessions.ts"),
  "./keyed/users.ts": () => import("../convex/keyed/users.ts"),
  "./sessions.ts": () => import("../convex/sessions.ts"),
  "./users.ts": () => import("../convex/users.ts"),
};
