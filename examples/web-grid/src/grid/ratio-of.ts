// The shape of a tile.

/** Width by height of a ratio such as `16:9`, which also stands for what cannot be read. */
export function ratioOf(aspectRatio: string): number {
  const [width = 16, height = 9] = aspectRatio.split(":").map(Number);
  return width > 0 && height > 0 ? width / height : 16 / 9;
}
