// Plain data as Convex takes it: without what is undefined, and without names that it refuses.
import type { Value } from "convex/values";

/** Convex takes names of printable ASCII that begin with neither `$` nor `_`. */
const NAME = /^[ -#%-^`-~][ -~]{0,1023}$/;

/** The same data, as JSON has it. A member with a name that Convex refuses is left out: it can only be a detail of an error. */
export function asConvexValue(value: unknown): Value {
  const text = JSON.stringify(value);
  return text === undefined ? null : cleaned(JSON.parse(text) as Json); // what JSON.parse returns
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function cleaned(value: Json): Value {
  if (typeof value === "string") return value.replaceAll(/\p{Cs}/gu, "\uFFFD");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(cleaned);
  const members = Object.entries(value).filter(([name]) => NAME.test(name));
  return Object.fromEntries(members.map(([name, member]) => [name, cleaned(member)]));
}
