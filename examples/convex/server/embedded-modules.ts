// Every module of convex/, by its path there: what a bundler's glob would give. A test compares it with the folder.
// Knows nothing of what the modules export.

/** Module path, as in `./users.ts`, to its loader. One key must lie in `_generated`: convex-test finds the root by it. */
export type ModuleMap = Readonly<Record<string, () => Promise<Record<string, unknown>>>>;

/** The modules of convex/ whose functions a client may call. */
export const embeddedModules: ModuleMap = {
  "./_generated/api.js": () => import("../convex/_generated/api.js"),
  "./asDeployed/generations.ts": () => import("../convex/asDeployed/generations.ts"),
  "./asDeployed/sessions.ts": () => import("../convex/asDeployed/sessions.ts"),
  "./asDeployed/users.ts": () => import("../convex/asDeployed/users.ts"),
  "./extras.ts": () => import("../convex/extras.ts"),
  "./generations.ts": () => import("../convex/generations.ts"),
  "./http.ts": () => import("../convex/http.ts"),
  "./video.ts": () => import("../convex/video.ts"),
  "./videoBooks.ts": () => import("../convex/videoBooks.ts"),
  "./withOperationIds/generations.ts": () => import("../convex/withOperationIds/generations.ts"),
  "./withOperationIds/sessions.ts": () => import("../convex/withOperationIds/sessions.ts"),
  "./withOperationIds/users.ts": () => import("../convex/withOperationIds/users.ts"),
  "./reservations.ts": () => import("../convex/reservations.ts"),
  "./sessions.ts": () => import("../convex/sessions.ts"),
  "./users.ts": () => import("../convex/users.ts"),
};

const FOLDERS = { "as-planned": "", "as-deployed": "asDeployed/", "with-operation-ids": "withOperationIds/" } as const;

/** Which functions have the deployed names, such as `sessions:updateGeneration`. */
export type BackendKind = keyof typeof FOLDERS;

/** Every kind of backend. */
export const BACKEND_KINDS = Object.keys(FOLDERS) as readonly BackendKind[]; // the keys of this record are its type's

/** The modules with one kind's functions under the deployed names. All others stay where they are. */
export function modulesOf(kind: BackendKind): ModuleMap {
  const named = ["generations", "sessions", "users"].map((module) => {
    const [path, source] = [`./${module}.ts`, `./${FOLDERS[kind]}${module}.ts`];
    return [path, embeddedModules[source]] as const;
  });
  return { ...embeddedModules, ...Object.fromEntries(named.flatMap(([path, load]) => (load ? [[path, load]] : []))) };
}
