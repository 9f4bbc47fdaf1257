// The used parts of the native modules that an app passes in: types only, so that nothing native is imported.

/** The default export of `@react-native-async-storage/async-storage`, or another object with its methods. */
export interface AsyncStorageModule {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<unknown>;
  removeItem(key: string): Promise<unknown>;
  /** Left out: the engine keeps a list of its own. */
  getAllKeys?(): Promise<readonly string[]>;
}

/** `AppState` of `react-native`. */
export interface AppStateModule {
  readonly currentState: string | null | undefined;
  /** False where the native half is missing: then it has no events. */
  readonly isAvailable?: boolean | undefined;
  addEventListener(type: "change", listener: (state: string) => void): { remove(): void };
}

/** The default export of `@react-native-community/netinfo`. */
export interface NetInfoModule {
  /** Called soon with the current state, and after each change. Returns an unsubscribe function. */
  addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): () => void;
}

/** `uploadAsync` of `expo-file-system` 18, and of `expo-file-system/legacy` from 19 on. Reports no progress, and cannot be stopped. */
export type ExpoUploadAsync = (
  uploadUrl: string,
  fileUri: string,
  options: { httpMethod: "PUT"; headers: Record<string, string> },
) => Promise<{ readonly status: number }>;

/** `File` of `expo-file-system`, from version 56. */
export type ExpoFile = new (uri: string) => {
  /** False also where the app may not read it. */
  readonly exists?: boolean | undefined;
  upload(
    uploadUrl: string,
    options: {
      httpMethod: "PUT";
      headers: Record<string, string>;
      signal: AbortSignal;
      onProgress(progress: { readonly bytesSent: number; readonly totalBytes: number }): void;
    },
  ): Promise<{ readonly status: number }>;
};
