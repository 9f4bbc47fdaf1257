// The set-up: an engine over the backend, the routes and the device. The only file that knows every part.
import AsyncStorage from "@react-native-async-storage/async-storage";
import {
  createServedCatalogue,
  createVideoEngine,
  type VideoEngine,
  type VideoEngineOptions,
} from "@video-engine/video-sdk";
import { ConvexReactClient } from "convex/react";
import { makeFunctionReference } from "convex/server";
import type { AppUser } from "./demo-user.ts";
import { rememberDraft, type RememberedDraft } from "./draft/remembered-draft.ts";
import { devicePlatform } from "./device-platform.ts";
import { rememberRequests, type RememberedRequests } from "@video-engine/example-web-grid/remembered-requests";
import { rememberUploads, type RememberedUploads } from "@video-engine/example-web-grid/remembered-uploads";

/** What the screen stands on. */
export interface AppParts {
  readonly convex: ConvexReactClient;
  readonly engine: VideoEngine;
  readonly uploads: RememberedUploads;
  readonly requests: RememberedRequests;
  readonly draft: RememberedDraft;
}

/** Where the backend and the routes are, and whose app it is. */
export interface AppOptions extends Pick<VideoEngineOptions, "polling"> {
  readonly convexUrl: string;
  readonly apiUrl: string;
  readonly user: AppUser;
}

/** Sets everything up for one user. Asks for a token, and for nothing else yet. */
export function composeApp({ convexUrl, apiUrl, user, polling }: AppOptions): AppParts {
  // What has not been sent yet is the engine's to send again; a phone has no page to keep open.
  const convex = new ConvexReactClient(convexUrl, { unsavedChangesWarning: false });
  convex.setAuth(user.getToken);
  const http = { baseUrl: apiUrl, getToken: user.getToken };
  const platform = devicePlatform();
  const engine = createVideoEngine({
    convex,
    http,
    platform,
    // What the server sells, and for how much: also what came after this app was released.
    catalogue: createServedCatalogue({ http, storage: platform.storage }),
    user: user.id,
    routes: { cancel: "api/mobile/cancel-video" },
    // The functions of examples/convex take all of them.
    backend: { fields: "all", ...EDITS },
    polling,
  });
  return {
    convex,
    engine,
    uploads: rememberUploads(AsyncStorage, user.id),
    requests: rememberRequests(AsyncStorage, user.id),
    draft: rememberDraft(AsyncStorage, user.id),
  };
}

/** What examples/convex has beside the functions that the engine needs. */
const EDITS = {
  renameSession: makeFunctionReference<"mutation">("sessions:renameSession"),
  deleteSession: makeFunctionReference<"mutation">("sessions:deleteSession"),
  deleteVideo: makeFunctionReference<"mutation">("sessions:deleteGeneration"),
} as const;
