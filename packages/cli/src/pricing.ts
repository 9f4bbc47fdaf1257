// What this example charges: today's prices for the models of the plan, and for newer ones what follows from their providers' prices. The
// numbers are made up; `npm run prices` shows what they earn.
import { createPricing } from "@video-engine/video-models";

/** The prices of the routes, the engine and the lists. */
export const pricing = createPricing({
  creditValueUsd: 0.01,
  margin: 0.4,
  // No price of their providers is published.
  baseCredits: {
    "vid-kling-avatar-2-pro": 120,
    "vid-wan-2.7": 80,
    "vid-happy-horse-1.1": 80,
    "vid-minimax-h3": 150,
    "vid-minimax-h3-reference": 150,
    "vid-luma-ray-3.2": 100,
    "vid-vidu-q3": 80,
    "vid-gemini-omni-flash": 110,
    "vid-gemini-omni-flash-reference": 110,
    "vid-topaz-upscale": 100,
    "vid-sync-lipsync-3": 120,
  },
});
