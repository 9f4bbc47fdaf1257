// `@video-engine/video-sdk/driven`: for apps whose generations run in their deployment. An entry of its own, so that others do not carry it.
export type { DrivenEngineOptions, EngineDriver } from "../create-video-engine.ts";
export { convexDriver, type DrivenFunctions } from "./convex-driver.ts";
