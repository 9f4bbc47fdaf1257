// The providers around the page.
import { VideoEngineProvider } from "@video-engine/video-sdk/react";
import { ConvexProvider } from "convex/react";
import type { ReactNode } from "react";
import type { App as ComposedApp } from "./compose.ts";
import { UploadsContext } from "./earlier/remembered-uploads.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { ShowableContext } from "./showable.ts";
import { StartFailed } from "./start-failed.tsx";
import { VideosPage } from "./videos-page.tsx";

/** The videos page with everything that it stands on. */
export function App({ app }: { readonly app: ComposedApp }): ReactNode {
  return (
    <ErrorBoundary fallback={<StartFailed />}>
      <ConvexProvider client={app.convex}>
        <VideoEngineProvider engine={app.engine}>
          <ShowableContext value={app.showable}>
            <UploadsContext value={app.uploads}>
              <VideosPage />
            </UploadsContext>
          </ShowableContext>
        </VideoEngineProvider>
      </ConvexProvider>
    </ErrorBoundary>
  );
}
