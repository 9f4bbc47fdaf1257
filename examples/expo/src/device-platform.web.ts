// What a browser brings, where the screen runs in one.
import type { EnginePlatform } from "@video-engine/video-sdk";
import { webPlatform } from "@video-engine/video-sdk/web";

/** The platform of this browser. */
export function devicePlatform(): EnginePlatform {
  return webPlatform();
}
