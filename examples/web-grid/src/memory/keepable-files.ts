// The files of a draft as plain data: each that is uploaded by its URL, without the others. Pure.

/** The same shape with URLs in place of files. Whatever is not uploaded is left out, with the lists and elements that it leaves empty. */
export function keepable(value: unknown): unknown {
  if (typeof value === "string" || typeof value === "number") return value;
  if (Array.isArray(value)) return listOf(value.map(keepable));
  if (typeof value !== "object" || value === null) return undefined;
  if ("getSnapshot" in value && typeof value.getSnapshot === "function") {
    const { url }: { readonly url?: unknown } = Object(value.getSnapshot());
    return typeof url === "string" ? url : undefined;
  }
  if (!isPlain(value)) return undefined;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const kept = keepable(member);
    return kept === undefined ? [] : [[name, kept]];
  });
  // An element without its main view is none.
  if ("frontalImageUrl" in value && !members.some(([name]) => name === "frontalImageUrl")) return undefined;
  return Object.fromEntries(members.map(([name, member]) => [name, member]));
}

/** Whether a value is what `keepable` makes: https URLs, numbers, and objects and lists of them. */
export function isKept(value: unknown): boolean {
  if (typeof value === "string") return value.startsWith("https://");
  if (typeof value === "number") return true;
  if (Array.isArray(value)) return value.every(isKept);
  return typeof value === "object" && value !== null && Object.values(value).every(isKept);
}

function listOf(values: readonly unknown[]): readonly unknown[] | undefined {
  const kept = values.filter((value) => value !== undefined);
  return kept.length === 0 ? undefined : kept;
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}
