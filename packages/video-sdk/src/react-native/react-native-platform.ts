// What a React Native app brings to the engine, over the native modules that it passes in. Imports nothing native.
import { createLocalLocks } from "../platform/local-locks.ts";
import type { PutFile } from "../file-ports.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle } from "../platform-ports.ts";
import { createNativeLifecycle } from "./native-lifecycle.ts";
import type { AppStateModule, AsyncStorageModule, ExpoFile, ExpoUploadAsync, NetInfoModule } from "./native-modules.ts";
import { putByExpoFile, putByUploadAsync } from "./native-put.ts";

/** The app's modules, under the names that they are imported by. */
export interface ReactNativeModules {
  readonly AsyncStorage: AsyncStorageModule;
  readonly AppState: AppStateModule;
  /** Left out: the app counts as online, and failed calls are repeated by the clock. */
  readonly NetInfo?: NetInfoModule | undefined;
  /** `File` of expo-file-system 56. Streams uploads from disk, with progress. */
  readonly File?: ExpoFile | undefined;
  /**
   * `uploadAsync`, for older versions: of expo-file-system 18, or of expo-file-system/legacy from 19 on, whose root throws. Streams without
   * progress. Ignored where `File` is passed.
   */
  readonly uploadAsync?: ExpoUploadAsync | undefined;
}

/** A part of the options of `createVideoEngine`. */
export interface ReactNativePlatform {
  readonly storage: KeyValueStorage;
  readonly lifecycle: Lifecycle;
  readonly locks: GenerationLocks;
  /** Left out where neither `File` nor `uploadAsync` was passed: the engine then sends files by XMLHttpRequest. */
  readonly put?: PutFile;
  /** 3: Android's networking sends at most five requests to one server at a time. */
  readonly maxHeldQuestions: number;
}

// An app is one process, whose engines share these locks: an engine that is built again, as by a fast refresh, must not drive a generation
// that the previous engine still drives.
const locks = createLocalLocks();

/** The app's part of an engine: `createVideoEngine({ convex, http, user, platform: reactNativePlatform({ AsyncStorage, AppState, NetInfo }) })`. */
export function reactNativePlatform(modules: ReactNativeModules): ReactNativePlatform {
  const { AsyncStorage, AppState, NetInfo, File, uploadAsync } = modules;
  const put = File === undefined ? uploadAsync && putByUploadAsync(uploadAsync) : putByExpoFile(File);
  const platform = {
    storage: storageOver(AsyncStorage),
    lifecycle: createNativeLifecycle({ AppState, NetInfo }),
    locks,
    maxHeldQuestions: 3,
  };
  // Left out rather than undefined: spread after an app's own `put`, an undefined one would replace it.
  return put === undefined ? platform : { ...platform, put };
}

/** AsyncStorage as the engine's storage. Never passes the second argument of its methods, a callback. */
function storageOver(AsyncStorage: AsyncStorageModule): KeyValueStorage {
  return {
    getItem: (key) => AsyncStorage.getItem(key),
    setItem: (key, value) => AsyncStorage.setItem(key, value),
    removeItem: (key) => AsyncStorage.removeItem(key),
    keys: AsyncStorage.getAllKeys && (async () => (await AsyncStorage.getAllKeys?.()) ?? []),
  };
}
