// An engine that a component makes and ends. Knows no context.
import { useInsertionEffect, useState } from "react";
import type { VideoEngine } from "../compose-engine.ts";

/** How the engine of a user is made. */
export interface OwnEngineOptions {
  /** Makes the engine of a user, such as by `createVideoEngine({ ...options, user })`. */
  readonly create: (user: string) => VideoEngine;
  readonly user: string;
}

/** The engine of a user: made in the first render for this user, disposed of when the component goes or another user comes. */
export function useOwnEngine({ create, user }: OwnEngineOptions): VideoEngine {
  // An engine does nothing until it is used, so that one of a render that React throws away needs no end.
  const make = (): { user: string; engine: VideoEngine } => ({ user, engine: create(user) });
  const [own, setOwn] = useState(make);
  if (own.user !== user) setOwn(make());
  const { engine } = own;
  // The one kind of effect that StrictMode and Activity do not end and begin again: a disposed engine stays disposed, and one that is hidden
  // goes on with what was paid for.
  useInsertionEffect(() => () => engine.dispose(), [engine]);
  return engine;
}
