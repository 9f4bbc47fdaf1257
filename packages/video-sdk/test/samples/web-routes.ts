declare function executeTurnstile(): Promise<string>;
// sample
import { deployedWebRoutes } from "@video-engine/video-sdk";

export const routes = deployedWebRoutes({
  turnstileToken: () => executeTurnstile(), // asked for anew at each submit: a token is good for one
  extraBody: () => ({ source: "grid" }), //    what else your submits carry
});
