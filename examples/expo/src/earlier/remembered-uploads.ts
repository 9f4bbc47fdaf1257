// The files that this user has uploaded from this device, newest first, so that they can be attached again without being sent again.
import type { AsyncStorageStatic } from "@react-native-async-storage/async-storage";
import { createContext, useContext, useSyncExternalStore } from "react";

/** A file that is in the app's storage. */
export interface RememberedUpload {
  /** Its lasting URL. */
  readonly url: string;
  readonly name: string;
  readonly kind: "image" | "video";
}

/** What was uploaded. */
export interface RememberedUploads {
  add(upload: RememberedUpload): void;
  /** The same array until one is added. Empty until the storage has answered. */
  list(): readonly RememberedUpload[];
  subscribe(listener: () => void): () => void;
}

/** More are not looked through. */
const MOST = 60;

/** Those of a user, in the device's storage. What cannot be stored is forgotten with the app. */
export function rememberUploads(
  storage: Pick<AsyncStorageStatic, "getItem" | "setItem">,
  user: string,
): RememberedUploads {
  const key = `uploads:${user}`;
  const listeners = new Set<() => void>();
  let uploads: readonly RememberedUpload[] = [];
  const show = (next: readonly RememberedUpload[]): void => {
    uploads = next.slice(0, MOST);
    for (const listener of listeners) listener();
  };
  // What is added before the storage has answered stands first.
  const reading = readStored(storage, key).then((stored) => show(joined(uploads, stored)));
  return {
    list: () => uploads,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(upload) {
      show(joined([upload], uploads));
      void reading.then(() => storage.setItem(key, JSON.stringify(uploads))).catch(() => undefined);
    },
  };
}

/** The newer ones, then those of the older that are not among them. */
function joined(newer: readonly RememberedUpload[], older: readonly RememberedUpload[]): readonly RememberedUpload[] {
  return [...newer, ...older.filter(({ url }) => !newer.some((one) => one.url === url))];
}

async function readStored(
  storage: Pick<AsyncStorageStatic, "getItem">,
  key: string,
): Promise<readonly RememberedUpload[]> {
  try {
    const list: unknown = JSON.parse((await storage.getItem(key)) ?? "[]");
    return Array.isArray(list) ? list.filter(isUpload) : [];
  } catch {
    return [];
  }
}

function isUpload(value: unknown): value is RememberedUpload {
  const { url, name, kind }: Partial<Record<string, unknown>> = Object(value);
  const isKnown = kind === "image" || kind === "video";
  return isKnown && typeof name === "string" && typeof url === "string" && url.startsWith("https://");
}

const NONE: RememberedUploads = { add: () => undefined, list: () => [], subscribe: () => () => undefined };

/** Where the screen's parts find them. */
export const UploadsContext = createContext<RememberedUploads>(NONE);

/** The uploads of the signed-in user, followed. */
export function useUploads(): readonly RememberedUpload[] {
  const { list, subscribe } = useContext(UploadsContext);
  return useSyncExternalStore(subscribe, list, list);
}
