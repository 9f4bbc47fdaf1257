// The storages of the SDK that run in Node keep the contract. Those that need a browser are in ../browser.
import { Window } from "happy-dom";
import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "../../src/platform/memory-storage.ts";
import type { KeyValueStorage } from "../../src/platform-ports.ts";
import type { AsyncStorageModule } from "../../src/react-native/native-modules.ts";
import { reactNativePlatform } from "../../src/react-native/react-native-platform.ts";
import {
  keyValueStorageContract,
  type KeyValueStorageContractOptions,
} from "../../src/testing/contracts/key-value-storage-contract.ts";
import { createLocalStorage } from "../../src/web/local-storage.ts";

const AppState = { currentState: "active", addEventListener: () => ({ remove: () => undefined }) };
/** AsyncStorage as an app's platform hands it to the engine. */
const createNativeStorage = (AsyncStorage: AsyncStorageModule): KeyValueStorage =>
  reactNativePlatform({ AsyncStorage, AppState }).storage;

/** AsyncStorage as its own documentation has it, over a Map. */
function createAsyncStorage(): Required<AsyncStorageModule> {
  const items = new Map<string, string>();
  return {
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => void items.set(key, value),
    removeItem: async (key) => void items.delete(key),
    getAllKeys: async () => [...items.keys()],
  };
}

/** A storage over what is behind it, which a second handle shares. */
function over<Behind>(
  openBehind: () => Behind,
  open: (behind: Behind) => KeyValueStorage,
): Pick<KeyValueStorageContractOptions, "createStorage" | "reopen"> {
  const behinds = new WeakMap<KeyValueStorage, Behind>();
  const track = (behind: Behind): KeyValueStorage => {
    const storage = open(behind);
    behinds.set(storage, behind);
    return storage;
  };
  return { createStorage: () => track(openBehind()), reopen: (storage) => track(behinds.get(storage) ?? openBehind()) };
}

const STORAGES: Readonly<Record<string, KeyValueStorageContractOptions>> = {
  "the storage in memory": { createStorage: createMemoryStorage },
  localStorage: {
    ...over(() => new Window({ url: "https://app.test" }).localStorage, createLocalStorage),
    methods: ["keys", "compareAndSet"],
  },
  AsyncStorage: { ...over(createAsyncStorage, createNativeStorage), methods: ["keys"] },
  "AsyncStorage that cannot list its keys": over(createAsyncStorage, ({ getItem, setItem, removeItem }) =>
    createNativeStorage({ getItem, setItem, removeItem }),
  ),
};

describe.each(Object.entries(STORAGES))("%s", (_, options) => {
  test.each(keyValueStorageContract(options))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});
