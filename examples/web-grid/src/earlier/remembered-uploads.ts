// The files that this user has uploaded in this browser, newest first, so that they can be attached again without being sent again.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { FileKind } from "../composer/use-attach.ts";
import { readStored, store, type PageStorage } from "../memory/stored-json.ts";

/** A file that is in the app's storage. */
export interface RememberedUpload {
  /** Its lasting URL. */
  readonly url: string;
  readonly name: string;
  readonly kind: FileKind;
}

/** What was uploaded. */
export interface RememberedUploads {
  add(upload: RememberedUpload): void;
  /** The same array until one is added. */
  list(): readonly RememberedUpload[];
  subscribe(listener: () => void): () => void;
}

/** More are not looked through. */
const MOST = 60;

/** Those of a user. */
export function rememberUploads(storage: PageStorage, user: string): RememberedUploads {
  const key = `uploads:${user}`;
  const listeners = new Set<() => void>();
  let uploads = stored(storage, key);
  return {
    list: () => uploads,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(upload) {
      uploads = [upload, ...uploads.filter(({ url }) => url !== upload.url)].slice(0, MOST);
      store(storage, key, uploads);
      for (const listener of listeners) listener();
    },
  };
}

function stored(storage: PageStorage, key: string): readonly RememberedUpload[] {
  const list = readStored(storage, key);
  return Array.isArray(list) ? list.filter(isUpload) : [];
}

function isUpload(value: unknown): value is RememberedUpload {
  const { url, name, kind }: Partial<Record<string, unknown>> = Object(value);
  const isKnown = kind === "image" || kind === "video" || kind === "audio";
  return isKnown && typeof name === "string" && typeof url === "string" && url.startsWith("https://");
}

const EMPTY: readonly RememberedUpload[] = [];
// A server knows of none, and a page begins with what the server rendered.
const onServer = (): readonly RememberedUpload[] => EMPTY;
const NONE: RememberedUploads = { add: () => undefined, list: onServer, subscribe: () => () => undefined };

/** Where the page's parts find them. */
export const UploadsContext = createContext<RememberedUploads>(NONE);

/** The uploads of the signed-in user, followed. */
export function useUploads(): readonly RememberedUpload[] {
  const { list, subscribe } = useContext(UploadsContext);
  return useSyncExternalStore(subscribe, list, onServer);
}
