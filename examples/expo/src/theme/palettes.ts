// The colours of the screen, light and dark: those of the web page. Text on its background has a contrast of at least 4.5 to 1.

/** The colours, by what they are for. */
export interface Palette {
  readonly background: string;
  /** Of what stands on the background. */
  readonly surface: string;
  /** Of what is chosen or pressed. */
  readonly hover: string;
  /** Says where a control is: at least 3 to 1. */
  readonly border: string;
  /** Between things. */
  readonly line: string;
  /** In the place of a picture. */
  readonly shade: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly danger: string;
  /** Behind a sheet. */
  readonly veil: string;
}

/** The palette of each colour scheme. */
export const PALETTES: { readonly light: Palette; readonly dark: Palette } = {
  light: {
    background: "#fafafa",
    surface: "#ffffff",
    hover: "#ececee",
    border: "#8b8b91",
    line: "#e6e6e8",
    shade: "#f2f2f3",
    veil: "#0c0c0d",
    text: "#17171a",
    muted: "#5d5d64",
    accent: "#c2410c",
    onAccent: "#ffffff",
    danger: "#b3261e",
  },
  dark: {
    background: "#0c0c0d",
    surface: "#151517",
    hover: "#29292d",
    border: "#77777f",
    line: "#2a2a2e",
    shade: "#1a1a1d",
    veil: "#000000",
    text: "#f4f4f5",
    muted: "#a8a8b0",
    accent: "#ff8d4d",
    onAccent: "#1d0d04",
    danger: "#ff9a90",
  },
};

/** What stands over a video, which may have any colour. */
export const OVER_VIDEO = { background: "rgba(12, 12, 13, 0.72)", text: "#ffffff" } as const;
