// Storages as each version left them when it was killed: fixtures of the tests that run with every change, where no earlier version is at hand.
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FIXTURES = "packages/video-sdk/src/engine/__fixtures__";

/** What one dead tab left, by its keys. */
export interface KeptStorage {
  readonly phase: string;
  readonly items: Readonly<Record<string, string>>;
}

/** What is in a folder that a tab had as its storage. */
export function readStorage(folder: string, phase: string): KeptStorage {
  const items = globSync("*.json", { cwd: folder })
    .toSorted()
    .map((file) => [decodeURIComponent(file.slice(0, -".json".length)), readFileSync(join(folder, file), "utf8")]);
  return { phase, items: Object.fromEntries(items) };
}

/** Writes those of versions that have none yet: what an earlier run has kept is never changed. */
export function writeStorages(kept: ReadonlyMap<number, readonly KeptStorage[]>): void {
  for (const [record, storages] of kept) {
    const file = join(FIXTURES, `storages-v${record}.json`);
    if (!existsSync(file)) writeFileSync(file, `${JSON.stringify(storages, null, 2)}\n`);
  }
}
