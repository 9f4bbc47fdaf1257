// Plain data in a storage. What cannot be read counts as nothing, and what cannot be stored is forgotten with the page.

/** The part of a browser's storage that is used; none on a server. */
export type PageStorage =
  | { getItem(key: string): string | null; setItem(key: string, value: string): void }
  | undefined;

/** The same of a browser's storage, or of a device's, which answers later. */
export type AnyStorage =
  | { getItem(key: string): string | null | Promise<string | null>; setItem(key: string, value: string): unknown }
  | undefined;

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

/** What is stored under a key, once the storage has answered. Never rejects. */
export async function readLater(storage: AnyStorage, key: string): Promise<unknown> {
  try {
    return JSON.parse((await storage?.getItem(key)) ?? "null") as unknown;
  } catch {
    return null;
  }
}

/** Stores a value under a key. Never rejects. */
export async function storeLater(storage: AnyStorage, key: string, value: unknown): Promise<void> {
  try {
    await storage?.setItem(key, JSON.stringify(value));
  } catch {
    // As in `store`.
  }
}
