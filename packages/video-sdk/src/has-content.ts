// Whether an error field says anything. Used on both sides of the routes, so it imports nothing.

const DEEPEST = 8;

/** False for what only frames an error: null, blanks, zeros, `false`, and objects and lists of these. */
export function hasContent(said: unknown, depth = 0): boolean {
  if (typeof said === "string") return said.trim() !== "";
  if (typeof said !== "object" || said === null) return Boolean(said);
  return depth > DEEPEST || Object.values(said).some((inner) => hasContent(inner, depth + 1));
}
