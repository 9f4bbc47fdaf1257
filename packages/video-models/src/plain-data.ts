// Copies a value of unknown origin into plain data, so that no code of it runs later.

const MAX_MEMBERS = 32;
const MAX_DEPTH = 4;

/** Replaces what could not be read: a getter, a throwing proxy, too many members, too deep a nesting. No schema accepts it. */
const UNREADABLE = Symbol("unreadable");

/** A copy of the own data properties. Undefined members are left out. Never throws and runs no getter. */
export function toPlainData(value: unknown, depth: number = MAX_DEPTH): unknown {
  if (typeof value !== "object" || value === null) return value;
  try {
    return copyOf(value, depth);
  } catch {
    return UNREADABLE;
  }
}

/** Whether plain data is an object with named members. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function copyOf(source: object, depth: number): unknown {
  const isList = Array.isArray(source);
  const names = isList ? [] : Object.keys(source);
  const size = isList ? source.length : names.length;
  if (depth === 0 || size > MAX_MEMBERS) return UNREADABLE;
  const read = (name: string | number): unknown => {
    const property = Object.getOwnPropertyDescriptor(source, name);
    return property !== undefined && "value" in property ? toPlainData(property.value, depth - 1) : UNREADABLE;
  };
  if (isList) return Array.from({ length: size }, (_, index) => read(index));
  // fromEntries defines members, so one called __proto__ stays a member.
  return Object.fromEntries(names.map((name) => [name, read(name)]).filter(([, member]) => member !== undefined));
}
