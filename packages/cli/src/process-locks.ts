// Decides which of the commands over one folder runs a generation. A lock is an exclusive transaction on a file of its own, and the system
// releases it when the process ends, however it ends. Not for a folder on a network drive.
import { closeSync, mkdirSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { GenerationLocks } from "@video-engine/video-sdk/adapters";

/** GenerationLocks in a folder, which is created with the first lock. */
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
    // The last holder may have removed the file meanwhile. This lock is then on a removed file, and another command may hold the new one.
    if (file !== undefined && identityOf(path) === file) return () => release(database, path);
  } catch {
    // Another command has it.
  }
  database.close();
  return undefined;
}

function release(database: DatabaseSync, path: string): void {
  rmSync(path, { force: true });
  database.close();
}

/** Tells a file from another of the same name. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.ino}:${stats.birthtimeNs}`;
}
