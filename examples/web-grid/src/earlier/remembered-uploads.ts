// The files that this user has uploaded from this device, newest first, so that they can be attached again without being sent again.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { FileKind } from "../composer/attached-files.ts";
import { readLater, storeLater, type AnyStorage } from "../memory/stored-json.ts";

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
  /** The same array until one is added. Empty until the storage has answered. */
  list(): readonly RememberedUpload[];
  subscribe(listener: () => void): () => void;
}

/** More are not looked through. */
const MOST = 60;

/** Those of a user. */
export function rememberUploads(storage: AnyStorage, user: string): RememberedUploads {
  const key = `uploads:${user}`;
  const listeners = new Set<() => void>();
  let uploads: readonly RememberedUpload[] = [];
  const show = (next: readonly RememberedUpload[]): void => {
    uploads = next.slice(0, MOST);
    for (const listener of listeners) listener();
  };
  const read = async (): Promise<void> => {
    const stored = await readLater(storage, key);
    const missing = Array.isArray(stored) ? without(stored.filter(isUpload), uploads) : [];
    // What is added before the storage has answered stands first.
    if (missing.length > 0) show([...uploads, ...missing]);
  };
  let last = read();
  return {
    list: () => uploads,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(upload) {
      show([upload, ...without(uploads, [upload])]);
      last = last.then(async () => {
        // Another tab may have added some.
        await read();
        await storeLater(storage, key, uploads);
      });
    },
  };
}

/** Those that are not among the others, by their URLs. */
function without(
  uploads: readonly RememberedUpload[],
  others: readonly RememberedUpload[],
): readonly RememberedUpload[] {
  return uploads.filter(({ url }) => !others.some((other) => other.url === url));
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
