// Provides one engine to the components below: the app's, or one of its own for each user.
import { createContext, createElement, useContext, type ReactElement, type ReactNode } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import { VideoError } from "../errors.ts";
import { useOwnEngine, type OwnEngineOptions } from "./own-engine.ts";

const EngineContext = createContext<VideoEngine | undefined>(undefined);

interface GivenEngine {
  /** An engine that the app makes and disposes of. */
  readonly engine: VideoEngine;
  readonly create?: undefined;
}

/** The props of {@link VideoEngineProvider}: either `engine`, or `create` and `user`. */
export type VideoEngineProviderProps = (GivenEngine | OwnEngineOptions) & { readonly children?: ReactNode };

/**
 * Provides an engine to every hook below. `engine` is the app's, and is not disposed of here. With `create` and `user`, the provider makes
 * an engine for the user, and disposes of it once it is unmounted or given another user; so it may stand under StrictMode, whose effects
 * end and begin again. `create` is called when the user changes, and not when the function does.
 *
 * @example
 * <VideoEngineProvider create={createAppEngine} user={userId}>
 */
export function VideoEngineProvider(props: VideoEngineProviderProps): ReactElement {
  return props.create === undefined ? provide(props.engine, props.children) : createElement(OwnEngineProvider, props);
}

function OwnEngineProvider(props: OwnEngineOptions & { readonly children?: ReactNode }): ReactElement {
  return provide(useOwnEngine(props), props.children);
}

function provide(engine: VideoEngine, children: ReactNode): ReactElement {
  return createElement(EngineContext.Provider, { value: engine }, children);
}

/** The engine of the nearest provider. Throws `not-configured` without a provider. */
export function useVideoEngine(): VideoEngine {
  const engine = useContext(EngineContext);
  if (engine !== undefined) return engine;
  throw new VideoError("not-configured", {
    message: "There is no video engine here: put <VideoEngineProvider engine={engine}> around this component.",
  });
}
