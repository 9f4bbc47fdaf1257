// A store over a storage that can be looked into, and the models that the tests of it are about.
import { createVideoSettings, type VideoSettingsOptions } from "../create-video-settings.ts";
import { createSettingsShelf } from "./settings-shelf.ts";

/** Where the settings of `user` are. */
export const KEY = "video-engine:1:user:settings";
export const VEO = "vid-veo-3.1";
export const KLING = "vid-kling-2.6-pro";
export const PIXVERSE = "pixverse-v5";
/** Retired. */
export const SORA = "kie-sora-2";

/** A stored record. */
export const textOf = (model: string | undefined, models: Record<string, unknown>): string =>
  JSON.stringify({ v: 1, model, models });

/** A store of `user`, not loaded, and the way to open more of them. */
export function setUp(
  items: Record<string, string> = {},
  options: Partial<VideoSettingsOptions> & { isSync?: boolean } = {},
) {
  const { isSync = false, ...rest } = options;
  const shelf = createSettingsShelf(items, { isSync });
  const open = (more: VideoSettingsOptions = {}) =>
    createVideoSettings({ storage: shelf, user: "user", ...rest, ...more });
  const stored = (key = KEY): unknown => JSON.parse(shelf.items.get(key) ?? "null");
  return { shelf, open, store: open(), stored };
}

/** A store that has loaded. */
export async function loaded(items: Record<string, string> = {}, options: Partial<VideoSettingsOptions> = {}) {
  const world = setUp(items, options);
  await world.store.load();
  return world;
}
