// The published names of the example backend.
export { connectBackend, type ConnectOptions } from "./connect-backend.ts";
export { startEmbeddedBackend, type EmbeddedBackend, type EmbeddedBackendOptions } from "./embedded-backend.ts";
export { BACKEND_KINDS, modulesOf, type BackendKind, type ModuleMap } from "./embedded-modules.ts";
export { spawnEmbeddedBackend, type Backend } from "./spawn-embedded-backend.ts";
export { tokenFor, type TokenUser } from "./tokens.ts";
