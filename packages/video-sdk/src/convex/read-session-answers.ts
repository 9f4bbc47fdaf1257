// Reads the answers of getUserSessions and getSessionGenerations. Pure. Trusts nothing: a field that cannot be read counts as left out.
import type { SessionRow, VideoSession } from "../ports.ts";
import { wholeNumberIn } from "./read-answers.ts";
import { isObject, numberOf, textOf, type Fields } from "../value-kinds.ts";

/** The sessions of type "video" among the documents, in their order. Never throws. */
export function readSessions(answer: unknown): readonly VideoSession[] {
  return documentsOf(answer).flatMap((fields) => {
    const id = idOf(fields);
    if (id === undefined || !isOfVideo(fields)) return [];
    const createdAt = createdAtOf(fields);
    return {
      id,
      title: textOf(fields["title"]) ?? "",
      preview: textOf(fields["preview"]),
      createdAt,
      updatedAt: countOf(fields["updatedAt"]) ?? createdAt,
    };
  });
}

/**
 * The rows in the documents of `getSessionGenerations`, in their order; none for any other value, such as the `undefined` of a query
 * without an answer yet. `videos` may hold texts or `{ url }`. Never throws.
 */
export function readSessionRows(answer: unknown): readonly SessionRow[] {
  return documentsOf(answer).flatMap((fields) => {
    const id = idOf(fields);
    if (id === undefined || !isOfVideo(fields)) return [];
    return {
      id,
      sessionId: textOf(fields["sessionId"]),
      prompt: textOf(fields["prompt"]) ?? "",
      model: textOf(fields["model"]),
      modelLabel: textOf(fields["modelLabel"]),
      aspectRatio: textOf(fields["aspectRatio"]),
      videos: videosOf(fields["videos"]),
      previewImage: textOf(fields["previewImage"]),
      isLoading: isLoading(fields),
      error: textOf(fields["error"]),
      slotId: textOf(fields["concurrencySlotId"]),
      requestId: textOf(fields["externalRequestId"]),
      isRefunded: fields["refunded"] === true,
      credits: countOf(fields["creditsUsed"]),
      createdAt: createdAtOf(fields),
    };
  });
}

function documentsOf(answer: unknown): readonly Fields[] {
  return Array.isArray(answer) ? answer.filter(isObject) : [];
}

function idOf(fields: Fields): string | undefined {
  return textOf(fields["_id"]) ?? textOf(fields["id"]);
}

function isOfVideo({ type }: Fields): boolean {
  return type === "video" || type === undefined || type === null;
}

/** The flag where there is one. Older rows have only a status. */
function isLoading({ isLoading: flag, generationStatus }: Fields): boolean {
  return typeof flag === "boolean" ? flag : generationStatus === "pending" || generationStatus === "generating";
}

function videosOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((video) => textOf(isObject(video) ? video["url"] : video) ?? []) : [];
}

function createdAtOf(fields: Fields): number {
  return countOf(fields["createdAt"]) ?? countOf(fields["_creationTime"]) ?? 0;
}

function countOf(value: unknown): number | undefined {
  return numberOf(value) ?? wholeNumberIn(value);
}
