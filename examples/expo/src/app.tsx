// The root: the set-up out of the environment, or what is missing there.
import type { ReactElement } from "react";
import { composeApp } from "./compose.ts";
import { demoUser } from "./demo-user.ts";
import { SignedInApp } from "./signed-in-app.tsx";
import { SafePage } from "./ui/safe-page.tsx";
import { Words } from "./ui/words.tsx";
import { WORDS } from "./words.ts";

// Written out, because Expo puts them in when it bundles.
const convexUrl = process.env.EXPO_PUBLIC_CONVEX_URL;
const apiUrl = process.env.EXPO_PUBLIC_API_URL;
const parts = convexUrl && apiUrl ? composeApp({ convexUrl, apiUrl, user: demoUser(apiUrl) }) : undefined;

/** The app. */
export function App(): ReactElement {
  if (parts !== undefined) return <SignedInApp parts={parts} />;
  return (
    <SafePage>
      <Words accessibilityRole="alert">{WORDS.screen.setUp}</Words>
    </SafePage>
  );
}
