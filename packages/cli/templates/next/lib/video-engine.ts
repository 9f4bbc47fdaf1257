// The engine of the user who is signed in, for the browser. Does nothing until `createEngine` is called.
import { createVideoEngine, functionsByName, type VideoEngine } from "@video-engine/video-sdk";
import { webPlatform } from "@video-engine/video-sdk/web";
import { ConvexReactClient } from "convex/react";

/** The app's Convex client. An app that has one already exports that one here. */
export const convex = new ConvexReactClient(convexUrl());

/**
 * The engine of one user. `getToken` returns the token that your routes check (`lib/video-sign-in.ts`); it is asked again, with
 * `isForced`, after a route has refused one.
 */
export function createEngine(
  user: string,
  getToken: (options: { readonly isForced: boolean }) => Promise<string | null>,
): VideoEngine {
  return createVideoEngine({
    convex,
    http: { baseUrl: location.origin, getToken },
    platform: webPlatform(),
    user,
    // The functions in `convex/videos`, which take an id for each step: a step that is repeated happens once.
    functions: functionsByName("videos/"),
    backend: { takesOperationIds: true, fields: "all" },
    routes: { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
  });
}

function convexUrl(): string {
  const url = process.env.NEXT_PUBLIC_CONVEX_URL;
  if (!url) throw new Error("NEXT_PUBLIC_CONVEX_URL is not set. Run `npx convex dev`, which writes it to .env.local.");
  return url;
}
