// The command line's folder as a storage keeps the contract of every storage.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyValueStorageContract } from "@video-engine/video-sdk/testing";
import { afterAll, describe, expect, test } from "vitest";
import { createFileStorage } from "../src/file-storage.ts";

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

const folderOf = new WeakMap<object, string>();
const openFolder = (folder: string) => {
  const storage = createFileStorage(folder);
  folderOf.set(storage, folder);
  return storage;
};

const cases = keyValueStorageContract({
  async createStorage() {
    const folder = await mkdtemp(join(tmpdir(), "video-engine-storage-"));
    folders.push(folder);
    return openFolder(join(folder, "not yet there"));
  },
  methods: ["keys"],
  reopen: (storage) => openFolder(folderOf.get(storage) ?? ""),
});

describe("a storage in a folder", () => {
  test.each(cases)("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
