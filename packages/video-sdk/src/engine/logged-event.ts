// An event as the app's log gets it: whose it is, and without what others have said of prompts, addresses and tokens.
import { loggedError, loggedText } from "../logged-error.ts";
import type { VideoEngineEvent } from "./engine-event.ts";

/** Whose events they are. */
export interface EventOwner {
  /** The engine's `user`, to be named in each event. */
  readonly user: string | undefined;
  /** The prompts of its generations. Asked only where another's words are in an event. */
  prompts(): readonly string[];
}

/**
 * The event with its user. Words of the backend or of an app's callback lose what a log may not keep. `createVideoEngine` tells its events so; an
 * app that composes its engine from ports does it itself.
 *
 * @example
 * onEvent: (event) => log(loggedEvent(event, { user, prompts: () => engine.list().map(({ prompt }) => prompt) })),
 */
export function loggedEvent(event: VideoEngineEvent, { user, prompts }: EventOwner): VideoEngineEvent {
  const owned = user === undefined ? event : { ...event, user };
  if (owned.type === "jobless-row-failed" && owned.error !== undefined) {
    return { ...owned, error: loggedError(owned.error, prompts()) };
  }
  if (!("message" in owned) || owned.message === undefined) return owned;
  return { ...owned, message: loggedText(owned.message, prompts()) };
}
