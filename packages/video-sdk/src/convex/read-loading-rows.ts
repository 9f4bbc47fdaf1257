// Finds the rows that are loading in the answers of the app's session queries. Pure. Rows that say too little are skipped.
import type { FoundRow, JoblessRow } from "../ports.ts";
import { wholeNumberIn } from "./read-answers.ts";
import { isFilledText, textOf } from "../value-kinds.ts";

/** How many sessions are searched, newest first. A user does not make more of them while one job runs. */
const SEARCHED_SESSIONS = 20;

/** The ids of the newest video sessions of `getUserSessions`. */
export function readVideoSessionIds(answer: unknown): readonly string[] {
  return documentsOf(answer)
    .filter(({ type }) => type === undefined || type === "video")
    .flatMap(({ _id, id }) => [_id, id].find(isFilledText) ?? [])
    .slice(0, SEARCHED_SESSIONS);
}

/** The rows of `getSessionGenerations` that can be adopted. */
export function readLoadingRows(answer: unknown, sessionId: string): readonly FoundRow[] {
  return documentsOf(answer).flatMap((row) => readRow(row, sessionId) ?? []);
}

/** The rows of `getSessionGenerations` that are loading and name no job. `newestTime`: see {@link newestTimeOf}. */
export function readJoblessRows(
  answer: unknown,
  { sessionId, newestTime }: { readonly sessionId: string; readonly newestTime: number },
): readonly JoblessRow[] {
  return documentsOf(answer).flatMap((row) => {
    const loading = readLoading(row);
    if (loading === undefined || loading.requestId !== undefined) return [];
    const { rowId, createdAt, slotId } = loading;
    // Of two times of the same clock, so that no device's clock is part of it.
    return { rowId, sessionId, slotId, createdAt, leastAgeMs: newestTime - (timeOf(row) ?? createdAt) };
  });
}

/**
 * The newest time that the backend itself has written in any of these documents: it is later by now on the backend's clock. -Infinity where there
 * is none.
 */
export function newestTimeOf(answers: readonly unknown[]): number {
  return Math.max(...answers.flatMap(documentsOf).flatMap((document) => timeOf(document) ?? []));
}

function readRow(row: Record<string, unknown>, sessionId: string): FoundRow | undefined {
  const loading = readLoading(row);
  if (loading?.requestId === undefined) return undefined;
  const { creditsUsed, prompt } = row;
  return {
    ...loading,
    requestId: loading.requestId,
    sessionId,
    model: textOf(row["model"]),
    aspectRatio: textOf(row["aspectRatio"]),
    prompt: isFilledText(prompt) ? prompt : "",
    credits: wholeNumberIn(creditsUsed),
  };
}

function readLoading(row: Record<string, unknown>) {
  const rowId = [row["_id"], row["id"]].find(isFilledText);
  const { isLoading, type, externalRequestId } = row;
  const createdAt = [row["createdAt"], row["_creationTime"]].map(timeIn).find(isTime);
  const isVideo = type === undefined || type === "video";
  if (isLoading !== true || !isVideo || rowId === undefined || createdAt === undefined) return undefined;
  return { rowId, createdAt, slotId: textOf(row["concurrencySlotId"]), requestId: textOf(externalRequestId) };
}

/** Convex's own time of a document, or what the function wrote. */
function timeOf(document: Record<string, unknown>): number | undefined {
  return [document["_creationTime"], document["createdAt"]].map(timeIn).find(isTime);
}

function timeIn(value: unknown): unknown {
  return wholeNumberIn(value) ?? value;
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

function documentsOf(answer: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(answer) ? answer.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
