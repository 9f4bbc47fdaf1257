// Just enough of the MP4 format for the tests: the boxes of a file, by path.

/** A box: its type and what is inside it. */
export interface Mp4Box {
  readonly type: string;
  readonly body: DataView;
}

/** The boxes at the top of `view`, in order. */
export function boxesIn(view: DataView): Mp4Box[] {
  const boxes: Mp4Box[] = [];
  for (let at = 0; at + 8 <= view.byteLength;) {
    const size = view.getUint32(at);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    if (size < 8 || at + size > view.byteLength) throw new Error(`The box ${type} at ${at} has the size ${size}.`);
    boxes.push({ type, body: new DataView(view.buffer, view.byteOffset + at + 8, size - 8) });
    at += size;
  }
  return boxes;
}

/** The box at a path such as `moov/trak/mdia`, the first of each type. */
export function boxAt(file: Uint8Array, path: string): DataView {
  let view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (const type of path.split("/")) {
    const box = boxesIn(view).find((candidate) => candidate.type === type);
    if (box === undefined) throw new Error(`There is no ${type} in ${path}.`);
    view = box.body;
  }
  return view;
}
