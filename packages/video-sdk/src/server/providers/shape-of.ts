// What an answer looks like, without what it says: its keys and the types of their values, for the log of an app's owner.

const DEEPEST = 4;
const MOST_KEYS = 20;
/** A longer key, or one with other characters, may be a value that somebody uses as a key. */
const PLAIN_KEY = /^[\w.-]{1,40}$/;

/** Such as `{"clip":{"link":"string"},"seeds":["number"]}`. Of a list, only the first entry. */
export function shapeOf(answer: unknown): string {
  return JSON.stringify(shape(answer, 0));
}

function shape(value: unknown, depth: number): unknown {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  if (depth >= DEEPEST) return "...";
  if (Array.isArray(value)) return value.slice(0, 1).map((entry) => shape(entry, depth + 1));
  const members = Object.entries(value).slice(0, MOST_KEYS);
  return Object.fromEntries(
    members.map(([key, inner]) => [PLAIN_KEY.test(key) ? key : "...", shape(inner, depth + 1)]),
  );
}
