// The panel as a plugin of TanStack Devtools, in its shape: that package is not needed here.
import type { ReactElement } from "react";
import { VideoDevtoolsPanel, type VideoDevtoolsPanelProps } from "./video-devtools-panel.tsx";

/** What `<TanStackDevtools plugins={[...]}>` takes. */
export interface VideoDevtoolsPlugin {
  readonly id: string;
  readonly name: string;
  readonly render: (element: HTMLElement, host: { readonly theme: "light" | "dark" }) => ReactElement;
}

/**
 * The panel in TanStack Devtools, beside those of other libraries, in its theme.
 *
 * @example
 * <TanStackDevtools plugins={[videoDevtoolsPlugin({ engine, log })]} />
 */
export function videoDevtoolsPlugin(props: Omit<VideoDevtoolsPanelProps, "theme">): VideoDevtoolsPlugin {
  return {
    id: "video-engine",
    name: "Video engine",
    render: (_, { theme }) => <VideoDevtoolsPanel {...props} theme={theme} />,
  };
}
