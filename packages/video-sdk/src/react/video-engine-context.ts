// Hands one engine to the components below. Builds none: the app decides when an engine lives and dies.
import { createContext, createElement, useContext, type ReactElement, type ReactNode } from "react";
import type { VideoEngine } from "../compose-engine.ts";
import { VideoError } from "../errors.ts";

const EngineContext = createContext<VideoEngine | undefined>(undefined);

/** What the provider takes. */
export interface VideoEngineProviderProps {
  readonly engine: VideoEngine;
  readonly children?: ReactNode;
}

/** Gives the engine to every hook below. The engine stays the app's: it is not disposed of when this unmounts. */
export function VideoEngineProvider({ engine, children }: VideoEngineProviderProps): ReactElement {
  return createElement(EngineContext.Provider, { value: engine }, children);
}

/** The engine of the nearest provider. Throws `not-configured` where there is none. */
export function useVideoEngine(): VideoEngine {
  const engine = useContext(EngineContext);
  if (engine !== undefined) return engine;
  throw new VideoError("not-configured", {
    message: "There is no video engine here: put <VideoEngineProvider engine={engine}> around this component.",
  });
}
