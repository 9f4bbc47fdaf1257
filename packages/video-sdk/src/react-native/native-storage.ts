// AsyncStorage as the engine's storage. Knows no record.
import type { KeyValueStorage } from "../ports.ts";
import type { AsyncStorageModule } from "./native-modules.ts";

/** Passes on what the engine asks, and never the second argument of AsyncStorage, its callback. */
export function createNativeStorage(AsyncStorage: AsyncStorageModule): KeyValueStorage {
  return {
    getItem: (key) => AsyncStorage.getItem(key),
    setItem: (key, value) => AsyncStorage.setItem(key, value),
    removeItem: (key) => AsyncStorage.removeItem(key),
    ...(AsyncStorage.getAllKeys === undefined ? {} : { keys: async () => (await AsyncStorage.getAllKeys?.()) ?? [] }),
  };
}
