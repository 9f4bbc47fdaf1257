// What an app on React Native brings to the engine: its native modules, passed in. Imports nothing native.
import { createLocalLocks } from "../platform/local-locks.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, PutFile } from "../ports.ts";
import { createNativeLifecycle } from "./native-lifecycle.ts";
import type { AppStateModule, AsyncStorageModule, ExpoFile, ExpoUploadAsync, NetInfoModule } from "./native-modules.ts";
import { putByExpoFile, putByUploadAsync } from "./native-put.ts";
import { createNativeStorage } from "./native-storage.ts";

/** The app's modules, under the names they are imported by. */
export interface ReactNativeModules {
  readonly AsyncStorage: AsyncStorageModule;
  readonly AppState: AppStateModule;
  /** Left out: the network counts as there, and what fails is tried again by the clock. */
  readonly NetInfo?: NetInfoModule;
  /** `File` of expo-file-system 56. Streams uploads from disk, with progress. */
  readonly File?: ExpoFile;
  /** `uploadAsync` of expo-file-system/legacy, for older ones. The same without progress. Not used beside `File`. */
  readonly uploadAsync?: ExpoUploadAsync;
}

/** A part of the options of `createVideoEngine`. */
export interface ReactNativePlatform {
  readonly storage: KeyValueStorage;
  readonly lifecycle: Lifecycle;
  readonly locks: GenerationLocks;
  /** Left out where neither `File` nor `uploadAsync` was passed: the engine then sends files by XMLHttpRequest. */
  readonly put?: PutFile;
}

// An app is one process, and has no locks. Its engines share these: one that is built anew, as by a fast refresh, must not drive a
// generation that the one before still drives.
const locks = createLocalLocks();

/** The app's part of an engine: `createVideoEngine({ ...reactNativePlatform({ AsyncStorage, AppState, NetInfo }), convex, http, user })`. */
export function reactNativePlatform(modules: ReactNativeModules): ReactNativePlatform {
  const { AsyncStorage, AppState, NetInfo, File, uploadAsync } = modules;
  const put = File === undefined ? uploadAsync && putByUploadAsync(uploadAsync) : putByExpoFile(File);
  return {
    storage: createNativeStorage(AsyncStorage),
    lifecycle: createNativeLifecycle({ AppState, NetInfo }),
    locks,
    ...(put === undefined ? {} : { put }),
  };
}
