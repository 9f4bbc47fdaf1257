// The rows of the grid: tiles side by side, of one height and together as wide as the screen. Pure.
import { justify } from "@video-engine/example-web-grid/justify";
import { ratioOf } from "@video-engine/example-web-grid/ratio-of";
import type { VideoTile } from "@video-engine/video-sdk";

/** Between tiles, points. */
export const GAP = 8;
/** The heights that the pictures of a row may come near to, points: the first at which each tile is wide enough. */
const TARGETS = [220, 320, 420] as const;
/** Narrower than this a tile has no room for what it says, points at the usual size of text. */
const LEAST_WIDTH = 168;
/** A row. */
export interface TileRow {
  readonly key: string;
  readonly height: number;
  readonly tiles: readonly { readonly tile: VideoTile; readonly width: number }[];
}

/** The rows of a grid of this width. `fontScale`: how much larger than usual the device shows text. */
export function rowsOf(tiles: readonly VideoTile[], width: number, fontScale: number): readonly TileRow[] {
  return rowsNear(tiles, { width, least: LEAST_WIDTH * fontScale }, TARGETS);
}

interface Room {
  readonly width: number;
  /** Of a tile. */
  readonly least: number;
}

function rowsNear(
  tiles: readonly VideoTile[],
  room: Room,
  [target = 0, ...higher]: readonly number[],
): readonly TileRow[] {
  const shapes = tiles.map(({ aspectRatio }) => ratioOf(aspectRatio));
  return justify(shapes, { width: room.width, gap: GAP, target }).flatMap(({ first, places, height }) => {
    const placed = places.flatMap((place, index) => {
      const tile = tiles[first + index];
      return tile === undefined ? [] : [{ tile, width: place.width }];
    });
    if (placed.every((one) => one.width >= room.least)) return [rowOf(placed, height)];
    const those = placed.map(({ tile }) => tile);
    return higher.length > 0 ? rowsNear(those, room, higher) : those.map((tile) => aloneIn(tile, room, target));
  });
}

function aloneIn(tile: VideoTile, { width, least }: Room, height: number): TileRow {
  const ratio = ratioOf(tile.aspectRatio);
  const own = Math.min(width, Math.max(least, height * ratio));
  return rowOf([{ tile, width: own }], Math.min(height, own / ratio));
}

function rowOf(tiles: TileRow["tiles"], height: number): TileRow {
  return { key: tiles.map(({ tile }) => tile.key).join(" "), height, tiles };
}
