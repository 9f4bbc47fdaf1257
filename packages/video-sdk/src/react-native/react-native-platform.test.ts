// What an app's modules become, over small imitations of them.
import { describe, expect, test } from "vitest";
import type { LocalFile, PutFile, UploadProgress } from "../file-ports.ts";
import type { AppStateModule, AsyncStorageModule, ExpoFile, ExpoUploadAsync } from "./native-modules.ts";
import { reactNativePlatform } from "./react-native-platform.ts";

const AppState: AppStateModule = { currentState: "active", addEventListener: () => ({ remove: () => undefined }) };

/** Refuses the callback that AsyncStorage takes as its last argument. */
function createFakeAsyncStorage() {
  const items = new Map<string, string>();
  const alone = (given: unknown[]): void => {
    if (given.length > 0) throw new Error("AsyncStorage was given a callback.");
  };
  const AsyncStorage: Required<AsyncStorageModule> = {
    async getItem(key, ...more: unknown[]) {
      alone(more);
      return items.get(key) ?? null;
    },
    async setItem(key, value, ...more: unknown[]) {
      alone(more);
      items.set(key, value);
    },
    async removeItem(key, ...more: unknown[]) {
      alone(more);
      items.delete(key);
    },
    async getAllKeys(...more: unknown[]) {
      alone(more);
      return [...items.keys()];
    },
  };
  return { AsyncStorage, items };
}

const photo: LocalFile = {
  contentType: "image/jpeg",
  byteLength: 1_000,
  fileName: "corgi.jpg",
  source: { uri: "file:///corgi.jpg" },
};

function send(put: PutFile | undefined, file: LocalFile = photo) {
  const progress: UploadProgress[] = [];
  const { signal } = new AbortController();
  const answer = put?.({
    uploadUrl: "https://put.test/1",
    file,
    signal,
    onProgress: (step) => void progress.push(step),
  });
  return { answer, progress, signal };
}

describe("the storage", () => {
  test("is AsyncStorage, and lists its keys", async () => {
    const { AsyncStorage, items } = createFakeAsyncStorage();
    const { storage } = reactNativePlatform({ AsyncStorage, AppState });
    await storage.setItem("a", "1");
    await storage.setItem("b", "2");
    await storage.removeItem("b");
    expect(items).toEqual(new Map([["a", "1"]]));
    expect([await storage.getItem("a"), await storage.getItem("b")]).toEqual(["1", null]);
    expect([...((await storage.keys?.()) ?? [])]).toEqual(["a"]);
  });

  test("lists nothing where the module cannot", () => {
    const { getAllKeys: _, ...AsyncStorage } = createFakeAsyncStorage().AsyncStorage;
    expect(reactNativePlatform({ AsyncStorage, AppState }).storage.keys).toBeUndefined();
  });
});

describe("locks", () => {
  test("hold among all engines of the app", async () => {
    const open = () => reactNativePlatform({ AsyncStorage: createFakeAsyncStorage().AsyncStorage, AppState }).locks;
    const release = await open().tryLock("a");
    expect(await open().tryLock("a")).toBeUndefined();
    release?.();
    expect(await open().tryLock("a")).toBeTypeOf("function");
  });
});

describe("a file", () => {
  const { AsyncStorage } = createFakeAsyncStorage();
  const calls: unknown[][] = [];
  const uploadAsync: ExpoUploadAsync = async (...call) => {
    calls.push(call);
    return { status: 204, body: "", headers: {} };
  };
  const File: ExpoFile = class {
    readonly uri: string;
    constructor(uri: string) {
      this.uri = uri;
    }
    async upload(...[uploadUrl, options]: Parameters<InstanceType<ExpoFile>["upload"]>): Promise<{ status: number }> {
      calls.push([uploadUrl, this.uri, options]);
      options.onProgress({ bytesSent: 400, totalBytes: 1_000 });
      return { status: 200 };
    }
  };

  test("is left to the engine where no uploader was passed", () => {
    expect(reactNativePlatform({ AsyncStorage, AppState })).not.toHaveProperty("put");
  });

  test("is sent by uploadAsync from its place on the device", async () => {
    const { put } = reactNativePlatform({ AsyncStorage, AppState, uploadAsync });
    expect(await send(put).answer).toMatchObject({ status: 204 });
    const options = { httpMethod: "PUT", headers: { "Content-Type": "image/jpeg" } };
    expect(calls.pop()).toEqual(["https://put.test/1", "file:///corgi.jpg", options]);
  });

  test("is sent by File rather, which reports progress and takes the signal", async () => {
    const { put } = reactNativePlatform({ AsyncStorage, AppState, uploadAsync, File });
    const { answer, progress, signal } = send(put);
    expect(await answer).toMatchObject({ status: 200 });
    expect(progress).toEqual([{ sentBytes: 400, totalBytes: 1_000 }]);
    expect(calls).toHaveLength(1);
    const options = { httpMethod: "PUT", headers: { "Content-Type": "image/jpeg" }, signal };
    expect(calls.pop()).toMatchObject(["https://put.test/1", "file:///corgi.jpg", options]);
  });

  test.each([{ File }, { uploadAsync }])("without a uri is refused: %o", async (uploader) => {
    const { put } = reactNativePlatform({ AsyncStorage, AppState, ...uploader });
    const { answer } = send(put, { ...photo, source: new Blob(["x"]) });
    await expect(answer).rejects.toThrow("Attach the picker's asset instead");
    expect(calls).toEqual([]);
  });

  test("that is gone from the device says so before anything is sent", async () => {
    const Gone: ExpoFile = class extends File {
      override readonly exists = false;
    };
    const { put } = reactNativePlatform({ AsyncStorage, AppState, File: Gone });
    await expect(send(put).answer).rejects.toMatchObject({ name: "NotFoundError" });
    expect(calls).toEqual([]);
    const inLibrary = { ...photo, source: { uri: "content://media/1" } };
    expect(await send(put, inLibrary).answer).toMatchObject({ status: 200 });
    calls.pop();
  });

  test("whose upload fails rejects with what the native side said", async () => {
    const failing: ExpoUploadAsync = () => Promise.reject(new Error("connection lost"));
    const { put } = reactNativePlatform({ AsyncStorage, AppState, uploadAsync: failing });
    await expect(send(put).answer).rejects.toThrow("connection lost");
  });
});
