// A storage in memory that counts what is written and read. Like the simplest storages it cannot list its keys.
import type { EnginePlatform } from "@video-engine/video-sdk";

/** What went through a storage. Characters, which are bytes here: records are plain ASCII. */
export interface Traffic {
  writes: number;
  written: number;
  read: number;
}

/** An empty storage. */
export function createCountingStorage(): {
  readonly storage: NonNullable<EnginePlatform["storage"]>;
  readonly traffic: Traffic;
  readonly items: ReadonlyMap<string, string>;
} {
  const items = new Map<string, string>();
  const traffic: Traffic = { writes: 0, written: 0, read: 0 };
  const storage = {
    getItem(key: string) {
      const found = items.get(key) ?? null;
      traffic.read += found?.length ?? 0;
      return Promise.resolve(found);
    },
    setItem(key: string, text: string) {
      traffic.writes += 1;
      traffic.written += text.length;
      items.set(key, text);
      return Promise.resolve();
    },
    removeItem(key: string) {
      traffic.writes += 1;
      items.delete(key);
      return Promise.resolve();
    },
  };
  return { storage, traffic, items };
}
