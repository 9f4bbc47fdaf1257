// How a storage lists its keys, under the names that storages have for it.
import type { KeyValueStorage } from "../platform-ports.ts";

type ListKeys = NonNullable<KeyValueStorage["keys"]>;

/** What storages have beside the three methods. An item of localStorage is a property of it, too, so nothing here is trusted by its name. */
interface Listing {
  readonly keys?: unknown;
  readonly getAllKeys?: unknown;
  readonly key?: unknown;
  readonly length?: unknown;
}

/** The function that lists the keys: `keys()`, AsyncStorage's `getAllKeys()`, or localStorage's `length` and `key(index)`. Undefined: there is none. */
export function keysOf(storage: KeyValueStorage & Listing): ListKeys | undefined {
  if (typeof storage.keys === "function") {
    const listing = storage as unknown as { keys: ListKeys }; // just looked at
    return () => listing.keys();
  }
  if (typeof storage.getAllKeys === "function") {
    const listing = storage as unknown as { getAllKeys(): ReturnType<ListKeys> }; // just looked at
    return () => listing.getAllKeys();
  }
  if (typeof storage.key !== "function" || typeof storage.length !== "number") return undefined;
  const listing = storage as unknown as { readonly length: number; key(index: number): unknown }; // just looked at
  return async () => {
    // All at once: an item that is removed meanwhile would move the others.
    const keys = await Promise.all(Array.from({ length: listing.length }, (_, index) => listing.key(index)));
    return keys.filter((key) => typeof key === "string");
  };
}
