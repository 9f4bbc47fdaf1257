// What a Convex function said when it threw, without the words around it.
import { ConvexError } from "convex/values";

/** The sentence of a failed call. A production deployment says only that there was an error, unless the function threw a ConvexError. */
export function sayingOf(thrown: unknown): string {
  const data: unknown = thrown instanceof ConvexError ? thrown.data : undefined;
  if (typeof data === "object" && data !== null && "message" in data) return String(data.message);
  const [head = "", said] = textOf(thrown).split("\n");
  return (said ?? head).replace(/^Uncaught /, "");
}

function textOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
