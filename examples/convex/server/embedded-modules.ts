// Every module of convex/, by its path there: what a bundler's glob would give. A test compares it with the folder.
// Knows nothing of what the modules export.

/** Module path, as in `./users.ts`, to its loader. One key must lie in `_generated`: convex-test finds the root by it. */
export type ModuleMap = Readonly<Record<string, () => Promise<Record<string, unknown>>>>;

/** The modules of convex/ whose functions a client may call. */
export const embeddedModules: ModuleMap = {
  "./_generated/api.js": () => import("../convex/_generated/api.js"),
  "./extras.ts": () => import("../convex/extras.ts"),
  "./generations.ts": () => import("../convex/generations.ts"),
  "./withOperationIds/generations.ts": () => import("../convex/withOperationIds/generations.ts"),
  "./withOperationIds/sessions.ts": () => import("../convex/withOperationIds/sessions.ts"),
  "./withOperationIds/users.ts": () => import("../convex/withOperationIds/users.ts"),
  "./reservations.ts": () => import("../convex/reservations.ts"),
  "./sessions.ts": () => import("../convex/sessions.ts"),
  "./users.ts": () => import("../convex/users.ts"),
};
