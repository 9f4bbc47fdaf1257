// What a production bundle has in the place of the panel: the same names, which do nothing. Chosen by the `production` condition of package.json.
import { createElement, Fragment } from "react";
import type { createDevtoolsLog as Log } from "./devtools-log.ts";
import type { VideoDevtoolsPanel as Panel } from "./video-devtools-panel.tsx";
import type { videoDevtoolsPlugin as Plugin } from "./video-devtools-plugin.tsx";

const nothing = (): undefined => undefined;
const none: readonly never[] = [];

/** Keeps nothing. */
export const createDevtoolsLog: typeof Log = () => ({
  record: nothing,
  getSnapshot: () => none,
  subscribe: () => nothing,
  clear: nothing,
});

/** Renders nothing. */
export const VideoDevtoolsPanel: typeof Panel = () => null;

/** A plugin that renders nothing. */
export const videoDevtoolsPlugin: typeof Plugin = () => ({
  id: "video-engine",
  name: "Video engine",
  render: () => createElement(Fragment),
});
