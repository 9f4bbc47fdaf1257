// Provides one engine to the components below. Builds none: the app decides when an engine is made and disposed of.
import { createContext, createElement, useContext, type ReactElement, type ReactNode } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import { VideoError } from "../errors.ts";

const EngineContext = createContext<VideoEngine | undefined>(undefined);

/** The props of {@link VideoEngineProvider}. */
export interface VideoEngineProviderProps {
  readonly engine: VideoEngine;
  readonly children?: ReactNode;
}

/** Provides the engine to every hook below. Does not dispose of it on unmount: the engine is the app's. */
export function VideoEngineProvider({ engine, children }: VideoEngineProviderProps): ReactElement {
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
