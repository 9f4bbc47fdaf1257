// The engine of the user who is signed in, for the app. Does nothing until `createEngine` is called.
import AsyncStorage from "@react-native-async-storage/async-storage";
import NetInfo from "@react-native-community/netinfo";
import { createVideoEngine, functionsByName, type VideoEngine } from "@video-engine/video-sdk";
import { reactNativePlatform } from "@video-engine/video-sdk/react-native";
import { ConvexReactClient } from "convex/react";
import { File } from "expo-file-system";
import { AppState } from "react-native";

/** The app's Convex client. An app that has one already exports that one here. */
export const convex = new ConvexReactClient(setting(process.env.EXPO_PUBLIC_CONVEX_URL, "EXPO_PUBLIC_CONVEX_URL"), {
  // What has not been sent yet is the engine's to send again; a phone has no page to keep open.
  unsavedChangesWarning: false,
});

/**
 * The engine of one user. `getToken` returns the token that your routes check; it is asked again, with `isForced`, after a route has
 * refused one.
 */
export function createEngine(
  user: string,
  getToken: (options: { readonly isForced: boolean }) => Promise<string | null>,
): VideoEngine {
  return createVideoEngine({
    convex,
    http: { baseUrl: setting(process.env.EXPO_PUBLIC_API_URL, "EXPO_PUBLIC_API_URL"), getToken },
    // `File` streams uploads from the disk, and tells how far they are.
    platform: reactNativePlatform({ AsyncStorage, AppState, NetInfo, File }),
    user,
    // The functions in `convex/videos`, which take an id for each step: a step that is repeated happens once.
    functions: functionsByName("videos/"),
    backend: { takesOperationIds: true, fields: "all" },
    routes: { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
  });
}

/** Metro puts the value in where the variable is named in full, so each call names its own. */
function setting(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is not set. Copy .env.example to .env.local, fill it in, and start Expo again.`);
  return value;
}
