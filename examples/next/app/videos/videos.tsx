"use client";
// The page in the browser, with an engine of its own for as long as it is shown.
import { App } from "@video-engine/example-web-grid/app";
import { composeApp } from "@video-engine/example-web-grid/compose";
import type { FirstContent } from "@video-engine/example-web-grid/first-content";
import type { PageSession } from "@video-engine/example-web-grid/sign-in";
import { useInsertionEffect, useState } from "react";

interface Props {
  readonly session: PageSession;
  readonly first: FirstContent | undefined;
}

/** Set up in the server's render too, which does nothing with it. */
export function Videos({ session, first }: Props) {
  const [app] = useState(() => composeApp(session));
  // Before the effects of the page, which ask the backend; and not twice under StrictMode, for what is closed stays closed.
  useInsertionEffect(() => {
    app.signIn();
    return app.close;
  }, [app]);
  return <App app={app} first={first} />;
}
