// Lists of files, as the clusters keep them. Pure.
import type { AttachmentSource } from "@video-engine/video-sdk";

/** The list with another item at a place, or without it. */
export function replaced<T>(list: readonly T[], index: number, item: T | undefined): readonly T[] {
  return list.flatMap((each, at) => (at === index ? (item === undefined ? [] : [item]) : [each]));
}

/** A stable name for a file in a list: its id, where it has one. */
export function keyOf(source: AttachmentSource, index: number): string {
  return typeof source === "object" && "id" in source ? source.id : String(index);
}
