// The queries that the page asks by itself, beside the engine.
import { makeFunctionReference } from "convex/server";

/** Whole credits. `available` is what a new video may use. */
export interface Credits {
  readonly total: number;
  readonly reserved: number;
  readonly available: number;
}

/** The credits of the signed-in user. */
export const creditsQuery = makeFunctionReference<"query", Record<string, never>, Credits>(
  "users:getUserCreditsBreakdown",
);

/** A row, as far as the page reads it beside the engine: for what is no video, and for what a video cost. */
export interface OtherRow {
  readonly _id: string;
  readonly _creationTime: number;
  /** Left out by older releases, which made videos only. */
  readonly type?: string;
  readonly prompt: string;
  readonly aspectRatio: string;
  readonly previewImage?: string;
  readonly creditsUsed?: number;
}

/** All rows of a session. The engine follows the same query, so a socket reads it once. */
export const rowsQuery = makeFunctionReference<"query", { sessionId: string }, readonly OtherRow[]>(
  "sessions:getSessionGenerations",
);

/** Those of them that are no videos. */
export function otherRows(rows: readonly OtherRow[]): readonly OtherRow[] {
  return rows.filter(({ type = "video" }) => type !== "video");
}
