// The root in a browser: the screen against the demo that serves it (`npm run expo:web`).
import { pollingOf, showableOf } from "@video-engine/example-web-grid/demo";
import type { DemoSession } from "@video-engine/example-web-grid/demo-session";
import { useEffect, useState, type ReactElement } from "react";
import { composeApp, type AppParts } from "./compose.ts";
import { demoUser } from "./demo-user.ts";
import { ShowableContext } from "@video-engine/example-web-grid/showable";
import { SignedInApp } from "./signed-in-app.tsx";
import { SafePage } from "./ui/safe-page.tsx";

// The types of React Native know no browser.
declare const location: { readonly origin: string; readonly search: string };

interface Started {
  readonly parts: AppParts;
  readonly showable: (url: string) => string;
}

/** The app. */
export function App(): ReactElement {
  const [started, setStarted] = useState<Started | undefined>(undefined);
  useEffect(() => {
    void start().then(setStarted);
  }, []);
  if (started === undefined) return <SafePage>{null}</SafePage>;
  return (
    <ShowableContext value={started.showable}>
      <SignedInApp parts={started.parts} />
    </ShowableContext>
  );
}

async function start(): Promise<Started> {
  const { origin, search } = location;
  const user = demoUser(origin, new URLSearchParams(search).get("user") ?? "demo");
  const response = await fetch(`${origin}/demo/session?user=${encodeURIComponent(user.id)}`);
  const session = (await response.json()) as DemoSession; // our own server's
  return {
    parts: composeApp({
      convexUrl: session.convexUrl,
      apiUrl: origin,
      user,
      polling: pollingOf(session),
    }),
    showable: showableOf(session),
  };
}
