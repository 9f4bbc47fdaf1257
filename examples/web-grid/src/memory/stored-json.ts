// Plain data in a storage of this browser. What cannot be read counts as nothing, and what cannot be stored is forgotten with the page.

/** The part of a storage that is used; none on a server. */
export type PageStorage = Pick<Storage, "getItem" | "setItem"> | undefined;

/** What is stored under a key. */
export function readStored(storage: PageStorage, key: string): unknown {
  try {
    return JSON.parse(storage?.getItem(key) ?? "null") as unknown;
  } catch {
    return null;
  }
}

/** Stores a value under a key. */
export function store(storage: PageStorage, key: string, value: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(value));
  } catch {
    // A full storage costs the page its memory, and nothing else.
  }
}
