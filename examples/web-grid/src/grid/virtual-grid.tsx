// The grid itself: rows of equal height that fill its width, of which only those near the screen are in the page.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode, type RefObject } from "react";
import type { TileActions } from "../tile/tile-actions.ts";
import { Tile } from "../tile/tile.tsx";
import { WORDS } from "../words.ts";
import { justify, type GridRow } from "./justify.ts";
import { OtherTile } from "./other-tile.tsx";
import { ratioOf } from "./ratio-of.ts";
import type { Content } from "./use-content.ts";

interface Props {
  readonly content: readonly Content[];
  readonly actions: TileActions;
  /** What scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
}

/** Below each picture: the prompt, and a line of details. Pixels at the usual size of text, which the user may have set. */
const CAPTION = 40;
const USUAL_TEXT = 16;
/** Above a caption and below it. */
const ROW_GAP = 26;
const NARROW = 700;
/** What a server takes the grid to be, which cannot measure it. */
const UNMEASURED = { width: 992, height: 800 };

/** All tiles, newest first. */
export function VirtualGrid({ content, actions, scroller }: Props): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const { width, text } = useSizes(list);
  const rows = useRows(content, width);
  // oxlint-disable-next-line react/incompatible-library -- it keeps React's compiler from this component, which is not used here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.height ?? 0) + (CAPTION * text) / USUAL_TEXT + ROW_GAP,
    initialRect: UNMEASURED,
    overscan: 3,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rows, text]);
  return (
    <ul ref={list} className="grid" aria-label={WORDS.grid.videos} style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer
        .getVirtualItems()
        .flatMap(({ index, start }) => tilesOf(rows[index], { content, actions, top: start }))}
    </ul>
  );
}

/** The width of the list and the size of text, measured before it is painted and at each change of the width. */
function useSizes(list: RefObject<HTMLElement | null>): { readonly width: number; readonly text: number } {
  const [width, setWidth] = useState(UNMEASURED.width);
  const [text, setText] = useState(USUAL_TEXT);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setWidth(element.clientWidth || UNMEASURED.width);
      setText(Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list]);
  return { width, text };
}

function useRows(content: readonly Content[], width: number): readonly GridRow[] {
  // As one text, so that a tile that only goes on does not move the others.
  const ratios = content.map(shapeOf).join(" ");
  return useMemo(() => {
    const isNarrow = width < NARROW;
    const shape = { width, gap: isNarrow ? 8 : 12, target: isNarrow ? 220 : 260 };
    return justify(ratios === "" ? [] : ratios.split(" ").map(Number), shape);
  }, [ratios, width]);
}

function shapeOf(one: Content): number {
  return ratioOf(one.kind === "video" ? one.tile.aspectRatio : one.row.aspectRatio);
}

interface Shown extends Omit<Props, "scroller"> {
  readonly top: number;
}

function tilesOf(row: GridRow | undefined, { content, actions, top }: Shown): readonly ReactNode[] {
  if (row === undefined) return [];
  return row.places.map(({ left, width }, offset) => {
    const index = row.first + offset;
    const one = content[index];
    if (one === undefined) return null;
    const style: CSSProperties = { width, "--height": `${row.height}px`, transform: `translate(${left}px, ${top}px)` };
    const place = { style, position: index + 1, count: content.length };
    return one.kind === "video" ? (
      <Tile key={one.key} tile={one.tile} actions={actions} {...place} />
    ) : (
      <OtherTile key={one.key} row={one.row} {...place} />
    );
  });
}
