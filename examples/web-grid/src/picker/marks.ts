// Marks for the makers of the models: our own drawings, by the registry's logo names.

/** A mark, drawn in one colour. */
export interface Mark {
  /** Hue of the tile, degrees. */
  readonly hue: number;
  /** Strokes on a grid of 24. */
  readonly path: string;
}

const MARKS: Readonly<Record<string, Mark>> = {
  googleg: { hue: 250, path: "M17 8.5A6 6 0 1 0 18 12h-6" },
  openai: { hue: 170, path: "M12 5l6 3.5v7L12 19l-6-3.5v-7zM12 5v7l6 3.5M12 12l-6 3.5" },
  kling: { hue: 145, path: "M7 5v14M17 5l-9 7 9 7" },
  alibaba: { hue: 35, path: "M5 8l3.5 8L12 9l3.5 7L19 8" },
  ovi: { hue: 320, path: "M12 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM12 10.5v3" },
  minimax: { hue: 10, path: "M5 13v-2M8.5 16V8M12 18.5v-13M15.5 16V8M19 13v-2" },
  sber: { hue: 130, path: "M18.5 9A7 7 0 1 0 19 12M8.5 11l3.5 3 7-6.5" },
  "bytedance-color": { hue: 205, path: "M6 6v12M10 10v6M14 8v8M18 6v12" },
  pixverse: { hue: 290, path: "M7 19V6h6a4 4 0 0 1 0 8H7M16 17v.01" },
  decart: { hue: 60, path: "M7 6h4a6 6 0 0 1 0 12H7zM15 6l3 3" },
};

const UNKNOWN: Mark = { hue: 0, path: "M9 7l8 5-8 5z" };

/** The mark of a maker. Those that have none share one. */
export function markOf(logo: string): Mark {
  return MARKS[logo] ?? UNKNOWN;
}
