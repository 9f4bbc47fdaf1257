// The user's credits, live from the backend.
import { useQuery } from "convex/react";
import { makeFunctionReference } from "convex/server";

/** Whole credits. `available` is what a new video may use. */
export interface Credits {
  readonly total: number;
  readonly reserved: number;
  readonly available: number;
}

const breakdown = makeFunctionReference<"query", Record<string, never>, Credits>("users:getUserCreditsBreakdown");

/** The credits, fresh with every change; undefined until the backend has answered. */
export function useCredits(): Credits | undefined {
  return useQuery(breakdown, {});
}
