// AsyncStorage as the engine's storage. Knows no record.
import type { KeyValueStorage } from "../ports.ts";
import type { AsyncStorageModule } from "./native-modules.ts";

/** A storage over AsyncStorage. Never passes the second argument of its methods, a callback. */
export function createNativeStorage(AsyncStorage: AsyncStorageModule): KeyValueStorage {
  return {
    getItem: (key) => AsyncStorage.getItem(key),
    setItem: (key, value) => AsyncStorage.setItem(key, value),
    removeItem: (key) => AsyncStorage.removeItem(key),
    keys: AsyncStorage.getAllKeys && (async () => (await AsyncStorage.getAllKeys?.()) ?? []),
  };
}
