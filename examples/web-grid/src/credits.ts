// The user's credits, live from the backend.
import { useQuery } from "convex/react";
import { useContext } from "react";
import { FirstContentContext } from "./first/first-content.ts";
import { creditsQuery, type Credits } from "./queries.ts";

/** The credits, fresh with every change; undefined until they are known. */
export function useCredits(): Credits | undefined {
  const first = useContext(FirstContentContext);
  return useQuery(creditsQuery, {}) ?? first?.credits;
}
