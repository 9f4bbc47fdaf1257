// What the examples charge, the same in the deployment, on the page and at its routes: today's prices for the models of the plan, and for newer ones what
// follows from their providers' published prices. Of those without a published price, three have one of ours; the others are not sold here.
import { createPricing } from "@video-engine/video-models";

/** The prices. The numbers are made up; `npm run prices` shows what they earn. */
export const pricing = createPricing({
  creditValueUsd: 0.01,
  margin: 0.4,
  baseCredits: { "vid-luma-ray-3.2": 90, "vid-topaz-upscale": 60, "vid-sync-lipsync-3": 80 },
});
