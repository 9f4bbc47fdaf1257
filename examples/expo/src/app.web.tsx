// The root in a browser: the screen against the demo that serves it (`npm run expo:web`).
import { createPollingPolicy, type PollingPolicy } from "@video-engine/video-sdk";
import { useEffect, useState, type ReactElement } from "react";
import { composeApp, type AppParts } from "./compose.ts";
import { demoUser } from "./demo-user.ts";
import { ShowableContext } from "./showable.ts";
import { SignedInApp } from "./signed-in-app.tsx";
import { SafePage } from "./ui/safe-page.tsx";

// The types of React Native know no browser.
declare const location: { readonly origin: string; readonly search: string };

/** What the demo's server says of itself. */
interface DemoSession {
  readonly convexUrl: string;
  /** How long the sandbox takes for a video, milliseconds. */
  readonly jobMs?: number;
  readonly files?: { readonly publicUrl: string; readonly url: string };
}

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
  const { convexUrl, files, jobMs } = (await response.json()) as DemoSession; // our own server's
  return {
    parts: composeApp({
      convexUrl,
      apiUrl: origin,
      user,
      polling: jobMs === undefined ? undefined : sandboxPolling(jobMs),
    }),
    showable: (url) =>
      files !== undefined && url.startsWith(files.publicUrl) ? `${files.url}${url.slice(files.publicUrl.length)}` : url,
  };
}

/** The sandbox takes as long for every model, so its jobs are not asked about on the real models' schedule. */
function sandboxPolling(jobMs: number): PollingPolicy {
  const policy = createPollingPolicy({ minWaitMs: Math.min(1_000, jobMs) });
  return (poll) => policy({ ...poll, expectedMs: { p50: jobMs, p95: jobMs + 2_000 } });
}
