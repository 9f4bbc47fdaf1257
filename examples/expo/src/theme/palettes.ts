// The colours of the screen, light and dark: those of the web page. Text on its background has a contrast of at least 4.5 to 1.

/** The colours, by what they are for. */
export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly border: string;
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
    background: "#f7f6f3",
    surface: "#ffffff",
    border: "#8d8981",
    veil: "rgba(28, 27, 31, 0.35)",
    text: "#1c1b1f",
    muted: "#5f5b54",
    accent: "#b8420a",
    onAccent: "#ffffff",
    danger: "#b3261e",
  },
  dark: {
    background: "#0f0f11",
    surface: "#19191c",
    border: "#74747d",
    veil: "rgba(0, 0, 0, 0.6)",
    text: "#f3f2ef",
    muted: "#aba8a1",
    accent: "#ff9558",
    onAccent: "#17171a",
    danger: "#ff9a90",
  },
};
