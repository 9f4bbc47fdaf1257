// The app of a signed-in user: the screen on the engine, with the user's credits live from the backend.
import { VideoEngineProvider } from "@video-engine/video-sdk/react";
import { ConvexProvider, useQuery } from "convex/react";
import { makeFunctionReference } from "convex/server";
import type { ReactElement } from "react";
import type { AppParts } from "./compose.ts";
import { UploadsContext } from "@video-engine/example-web-grid/remembered-uploads";
import { RequestsContext } from "@video-engine/example-web-grid/remembered-requests";
import { DraftContext } from "./draft/remembered-draft.ts";
import type { Credits } from "./screen/credits-badge.tsx";
import { VideosScreen } from "./screen/videos-screen.tsx";

const breakdown = makeFunctionReference<"query", Record<string, never>, Credits | null>(
  "users:getUserCreditsBreakdown",
);

/** Everything below the set-up. */
export function SignedInApp({ parts }: { readonly parts: AppParts }): ReactElement {
  return (
    <ConvexProvider client={parts.convex}>
      <VideoEngineProvider engine={parts.engine}>
        <UploadsContext value={parts.uploads}>
          <RequestsContext value={parts.requests}>
            <DraftContext value={parts.draft}>
              <ScreenWithCredits />
            </DraftContext>
          </RequestsContext>
        </UploadsContext>
      </VideoEngineProvider>
    </ConvexProvider>
  );
}

function ScreenWithCredits(): ReactElement {
  const credits = useQuery(breakdown, {});
  return <VideosScreen credits={credits ?? undefined} />;
}
