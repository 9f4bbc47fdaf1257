// Finds the rows that are loading and know their job in the answers of the app's session queries. Pure. Rows that say too little are skipped.
import type { FoundRow } from "../ports.ts";

/** How many sessions are searched, newest first. A user does not make more of them while one job runs. */
const SEARCHED_SESSIONS = 20;

/** The ids of the newest video sessions of `getUserSessions`. */
export function readVideoSessionIds(answer: unknown): readonly string[] {
  const sessions = Array.isArray(answer) ? answer.map(fieldsOf) : [];
  return sessions
    .filter(({ type }) => type === undefined || type === "video")
    .flatMap(({ _id, id }) => [_id, id].find(isText) ?? [])
    .slice(0, SEARCHED_SESSIONS);
}

/** The rows of `getSessionGenerations` that can be adopted. */
export function readLoadingRows(answer: unknown, sessionId: string): readonly FoundRow[] {
  return Array.isArray(answer) ? answer.flatMap((row) => readRow(fieldsOf(row), sessionId) ?? []) : [];
}

function readRow(row: Record<string, unknown>, sessionId: string): FoundRow | undefined {
  const rowId = [row["_id"], row["id"]].find(isText);
  const { isLoading, type, externalRequestId: requestId, creditsUsed, prompt } = row;
  const createdAt = [row["createdAt"], row["_creationTime"]].find((time) => Number.isFinite(time));
  const isVideo = type === undefined || type === "video";
  if (isLoading !== true || !isVideo || rowId === undefined || !isText(requestId) || typeof createdAt !== "number") {
    return undefined;
  }
  return {
    rowId,
    sessionId,
    requestId,
    createdAt,
    slotId: textOf(row["concurrencySlotId"]),
    model: textOf(row["model"]),
    aspectRatio: textOf(row["aspectRatio"]),
    prompt: isText(prompt) ? prompt : "",
    credits: typeof creditsUsed === "number" && Number.isSafeInteger(creditsUsed) ? creditsUsed : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return isText(value) ? value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
