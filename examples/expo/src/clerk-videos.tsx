"use client";
// Videos for the user who is signed in with Clerk: Convex and the engine around the screens that need them.
import type { VideoEngine } from "@video-engine/video-sdk";
import { useVideoEngine, VideoEngineProvider } from "@video-engine/video-sdk/react";
import { useConvexAuth, type ConvexReactClient } from "convex/react";
import { ConvexProviderWithClerk } from "convex/react-clerk";
import { useEffect, useState, type ComponentProps, type ReactElement, type ReactNode } from "react";

type ConvexAuth = ReturnType<ComponentProps<typeof ConvexProviderWithClerk>["useAuth"]>;

/** What the engine takes as `http.getToken`. */
type GetToken = (options: { readonly isForced: boolean }) => Promise<string | null>;

interface Props {
  readonly convex: ConvexReactClient;
  /** Clerk's hook, of `@clerk/clerk-expo`, `@clerk/nextjs` or `@clerk/react`. */
  readonly useAuth: () => ConvexAuth & { readonly userId: string | null | undefined };
  /** Makes the engine of a user: `createVideoEngine({ convex, http: { baseUrl, getToken }, platform, user })`. */
  readonly createEngine: (user: string, getToken: GetToken) => VideoEngine;
  /** Shown while there is no user, or not yet: in the first render, too. It has no engine around it. */
  readonly signedOut: ReactNode;
  readonly children: ReactNode;
}

/** Convex gets tokens of Clerk's template `convex` from this provider; the routes get session tokens, without a template. */
export function ClerkVideos({ convex, useAuth, ...rest }: Props): ReactElement {
  return (
    <ConvexProviderWithClerk client={convex} useAuth={useAuth}>
      <UserVideos useAuth={useAuth} {...rest} />
    </ConvexProviderWithClerk>
  );
}

function UserVideos({ useAuth, createEngine, signedOut, children }: Omit<Props, "convex">): ReactNode {
  const { userId, getToken } = useAuth();
  const { isAuthenticated } = useConvexAuth();
  // Convex must know the user before the engine calls it. Later it may lose the connection, and the engine stays.
  const [known, setKnown] = useState<string | undefined>(undefined);
  if (isAuthenticated && userId && userId !== known) setKnown(userId);
  if (!userId || userId !== known) return signedOut;
  const createOwn = (user: string) => createEngine(user, ({ isForced }) => getToken({ skipCache: isForced }));
  return (
    <VideoEngineProvider create={createOwn} user={userId}>
      <ResumeOnce />
      {children}
    </VideoEngineProvider>
  );
}

/** What a closed app has left. When the app comes back from the background, the engine resumes by itself. */
function ResumeOnce(): null {
  const engine = useVideoEngine();
  useEffect(() => void engine.resume(), [engine]);
  return null;
}
