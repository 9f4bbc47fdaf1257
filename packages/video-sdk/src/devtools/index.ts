"use client";
// `@video-engine/video-sdk/devtools`: a panel over an engine, for React apps while they are developed. A production bundle gets `none.ts` in its place.
export { createDevtoolsLog, type DevtoolsLog, type DevtoolsLogOptions, type LoggedEvent } from "./devtools-log.ts";
export { VideoDevtoolsPanel, type VideoDevtoolsPanelProps } from "./video-devtools-panel.tsx";
export { videoDevtoolsPlugin, type VideoDevtoolsPlugin } from "./video-devtools-plugin.tsx";
