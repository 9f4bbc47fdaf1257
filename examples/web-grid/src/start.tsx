// Puts the page in the place of its outline.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { composeApp } from "./compose.ts";
import type { PageSession } from "./sign-in.ts";
import { StartFailed } from "./start-failed.tsx";
import "./styles/index.css";

/** Shows the page for the user who is signed in, or that it could not start. */
export async function start(element: Element, session: Promise<PageSession>): Promise<void> {
  const root = createRoot(element);
  try {
    const isAskedFor = new URLSearchParams(location.search).has("devtools");
    const devtools = import.meta.env.DEV && isAskedFor ? await import("./dev/devtools.tsx") : undefined;
    const known = await session;
    const driven = known.isServerDriven ? await import("./driver.ts") : undefined;
    const app = composeApp(known, { onEvent: devtools?.log.record, driver: driven?.driver });
    app.signIn();
    root.render(
      <StrictMode>
        <App app={app} />
        {devtools && <devtools.Devtools app={app} isSandbox={known.jobMs !== undefined} />}
      </StrictMode>,
    );
  } catch {
    root.render(<StartFailed />);
  }
}
