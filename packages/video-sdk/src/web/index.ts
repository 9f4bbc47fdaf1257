// `@video-engine/video-sdk/web`: what a browser brings to the engine.
export { createIndexedDbStorage, type IndexedDbStorageOptions } from "./indexed-db-storage.ts";
export { webPlatform, type WebPlatform, type WebPlatformOptions } from "./web-platform.ts";
