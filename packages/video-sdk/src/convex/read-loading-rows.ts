// Rows of the grid that are loading and know their job, from the app's session queries. Pure. Reads every shape leniently: a row that says
// too little is left alone.

/** Sessions that are looked through, the newest first: a job does not outlive more of them than this. */
const SESSIONS_LOOKED_THROUGH = 20;

/** The ids of the newest video sessions of `getUserSessions`. */
import type { FoundRow } from "../ports.ts";
export function readVideoSessionIds(answer: unknown): readonly string[] {
  const sessions = Array.isArray(answer) ? answer.map(fieldsOf) : [];
  return sessions
    .filter(({ type }) => type === undefined || type === "video")
    .flatMap(({ _id, id }) => [_id, id].find(isText) ?? [])
    .slice(0, SESSIONS_LOOKED_THROUGH);
}

/** The rows of `getSessionGenerations` that can be taken over. */
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
    ...{ rowId, sessionId, requestId, createdAt },
    ...{
      slotId: textOf(row["concurrencySlotId"]),
      model: textOf(row["model"]),
      aspectRatio: textOf(row["aspectRatio"]),
    },
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
