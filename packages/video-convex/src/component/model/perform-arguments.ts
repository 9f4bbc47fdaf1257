// What the app's action is given, and how it is scheduled.
import type { FunctionHandle } from "convex/server";
import type { Settings } from "./settings.ts";

/** What the action of a call is given. */
export interface PerformArguments extends Record<string, unknown> {
  readonly generation: string;
  readonly call: string;
  readonly userId: string;
  readonly key: string;
  /** The effect as JSON, and of a poster the video's address. Absent for the paid call, which fetches it when it begins. */
  readonly effect?: string;
}

/** The call by which the action knows that a poster is to be made. */
export const POSTER_CALL = "make-poster";

/** The app's action. */
export function performHandle({ functions }: Settings): FunctionHandle<"action", PerformArguments> {
  return functions.perform as FunctionHandle<"action", PerformArguments>; // made by the client
}
