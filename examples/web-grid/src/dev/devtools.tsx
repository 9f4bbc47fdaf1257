// The panel of the SDK in TanStack Devtools, shown at `?devtools` while the page is developed. No part of a built page.
import { TanStackDevtools } from "@tanstack/react-devtools";
import { createDevtoolsLog, videoDevtoolsPlugin } from "@video-engine/video-sdk/devtools";
import { webPlatform } from "@video-engine/video-sdk/web";
import type { ReactNode } from "react";
import type { App } from "../compose.ts";

/** What the engine tells. */
export const log = createDevtoolsLog();

interface Props {
  readonly app: App;
  /** Whether the providers are the sandbox: its scenarios cost nothing. */
  readonly isSandbox: boolean;
}

/** The host with our panel in it, in the theme of the system. */
export function Devtools({ app, isSandbox }: Props): ReactNode {
  const { storage } = webPlatform();
  const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const plugin = videoDevtoolsPlugin({ engine: app.engine, log, storage, sandbox: isSandbox });
  return <TanStackDevtools config={{ theme, defaultOpen: true }} plugins={[{ ...plugin, defaultOpen: true }]} />;
}
