// The models of this release as a registry, for what works with any registry.
import { registryOf, type VideoRegistry } from "./create-registry.ts";
import { VIDEO_MODELS } from "./registry.ts";

/** Every model of this release, as a registry: its functions are those of the same names. */
export const builtInRegistry: VideoRegistry = /* @__PURE__ */ registryOf(VIDEO_MODELS);
