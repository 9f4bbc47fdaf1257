// Who drives a generation, among the commands that share a folder. A lock is an exclusive transaction on a file of its own: the system
// gives it back when its process ends, however it ends. A folder on a network drive is not for this.
import { closeSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { GenerationLocks } from "@video-engine/video-sdk/adapters";

/** GenerationLocks in a folder, which is made when the first is asked for. */
export function createProcessLocks(folder: string): GenerationLocks {
  return {
    tryLock(id) {
      mkdirSync(folder, { recursive: true });
      return Promise.resolve(lock(join(folder, `${encodeURIComponent(id)}.lock`)));
    },
  };
}

function lock(path: string): (() => void) | undefined {
  closeSync(openSync(path, "a"));
  const file = identityOf(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    // Whoever had it may have removed the file since: then this is a lock on nothing, and another may hold the file of that name.
    if (file !== undefined && identityOf(path) === file) return () => letGo(database, path);
  } catch {
    // Somebody else has it.
  }
  database.close();
  return undefined;
}

function letGo(database: DatabaseSync, path: string): void {
  rmSync(path, { force: true });
  database.close();
}

/** Tells a file from another of the same name. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.ino}:${stats.birthtimeNs}`;
}
