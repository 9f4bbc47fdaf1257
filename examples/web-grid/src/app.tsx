// The providers around the page.
import { useVideoEngine, VideoEngineProvider } from "@video-engine/video-sdk/react";
import { ConvexProvider } from "convex/react";
import { useEffect, type ReactNode } from "react";
import type { App as ComposedApp } from "./compose.ts";
import { UploadsContext } from "./earlier/remembered-uploads.ts";
import { DraftContext } from "./memory/remembered-draft.ts";
import { RequestsContext, useRemembering } from "./memory/remembered-requests.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { FirstContentContext, type FirstContent } from "./first/first-content.ts";
import { ShowableContext } from "./showable.ts";
import { StartFailed } from "./start-failed.tsx";
import { VideosPage } from "./videos-page.tsx";

interface Props {
  readonly app: ComposedApp;
  /** What a server has read, where one renders the page. */
  readonly first?: FirstContent | undefined;
}

/** The videos page with everything that it stands on. */
export function App({ app, first }: Props): ReactNode {
  return (
    <ErrorBoundary fallback={<StartFailed />}>
      <ConvexProvider client={app.convex}>
        <VideoEngineProvider engine={app.engine}>
          <ShowableContext value={app.showable}>
            <UploadsContext value={app.uploads}>
              <RequestsContext value={app.requests}>
                <DraftContext value={app.draft}>
                  <Background />
                  <FirstContentContext value={first}>
                    <VideosPage />
                  </FirstContentContext>
                </DraftContext>
              </RequestsContext>
            </UploadsContext>
          </ShowableContext>
        </VideoEngineProvider>
      </ConvexProvider>
    </ErrorBoundary>
  );
}

/** Resumes what a closed page has left, and remembers what is made. When the page comes back, the engine resumes by itself. */
function Background(): null {
  const engine = useVideoEngine();
  useRemembering();
  useEffect(() => {
    // A storage that cannot be read now is read at the next return.
    void engine.resume().catch(() => undefined);
  }, [engine]);
  return null;
}
