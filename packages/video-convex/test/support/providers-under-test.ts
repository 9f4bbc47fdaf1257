// The providers that the apps under test use: each test chooses them before its first call.
import type { VideoProvider } from "@video-engine/video-sdk/server";

let chosen: readonly VideoProvider[] = [];

/** What the apps pass as `providers`. */
export const providersUnderTest = (): readonly VideoProvider[] => chosen;

/** Chooses them. */
export function chooseProviders(providers: readonly VideoProvider[]): void {
  chosen = providers;
}
