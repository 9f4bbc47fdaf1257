// The polling options of the apps under test: a "deploy" changes them while jobs run.
import type { PollingOptions } from "@video-engine/video-sdk/core";

let chosen: PollingOptions | undefined;

/** What the apps pass as `polling`. */
export const pollingUnderTest = (): PollingOptions | undefined => chosen;

/** Deploys other options. */
export function deployPolling(options: PollingOptions | undefined): void {
  chosen = options;
}
