// A folder as a storage: one file per key, written whole and put in place in one step, so that a kill never leaves half a record.
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { MemoryStorage } from "@video-engine/video-sdk/adapters";

/** A storage in a folder, in the strict form of the SDK's own. */
export interface FileStorage extends MemoryStorage {
  keys(): Promise<readonly string[]>;
}

const SUFFIX = ".json";

/** A storage in this folder, which is made when it is first written to. */
export function createFileStorage(folder: string): FileStorage {
  const fileOf = (key: string): string => join(folder, `${encodeURIComponent(key)}${SUFFIX}`);
  return {
    getItem: (key) => readFile(fileOf(key), "utf8").catch(nullIfMissing),
    async setItem(key, value) {
      await mkdir(folder, { recursive: true });
      const draft = `${fileOf(key)}.${process.pid}.draft`;
      const file = await open(draft, "w");
      try {
        await file.writeFile(value);
        // On the disk before it has its name: a record that a power cut emptied would name no credits.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, fileOf(key));
    },
    removeItem: (key) => rm(fileOf(key), { force: true }),
    async keys() {
      const names = (await readdir(folder).catch(nullIfMissing)) ?? [];
      return names
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => decodeURIComponent(name.slice(0, -SUFFIX.length)));
    },
  };
}

function nullIfMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
