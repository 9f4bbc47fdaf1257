// The page's icons: strokes on a grid of 24. Decoration only, so hidden from screen readers; the control beside them has the name.
import type { ReactNode } from "react";

const PATHS = {
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h10",
  search: "M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM16.2 16.2L20 20",
  chevron: "M7 10l5 5 5-5",
  arrow: "M5 12h14M13 6l6 6-6 6",
  send: "M12 19V5M6 11l6-6 6 6",
  image:
    "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM4 16l4.5-4.5 4 4L15 13l5 5M15.5 9.5v.01",
  film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.7h4M4 14.3h4M16 9.7h4M16 14.3h4",
  sound: "M9 18V6l11-2v12M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM20 16a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.8-3.6 3.5-5.5 7-5.5s6.2 1.9 7 5.5",
  play: "M8.5 5.5v13l10.5-6.5z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  again: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5",
  pause: "M9 6v12M15 6v12",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17.2v.01",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.5l3 1.8",
  coin: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8.5l3.5 3.5-3.5 3.5L8.5 12z",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon in the colour and size of the text. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
