// The draft that a reload, or an app that was killed, finds again: its prompt, and the files that were uploaded by then.
import { readLater, storeLater, type AnyStorage } from "@video-engine/example-web-grid/stored-json";
import { createContext } from "react";
import type { PlacedUrl } from "./picked-from.ts";
import { isPlace } from "./picked.ts";

/** A draft as it is stored. */
export interface StoredDraft {
  readonly prompt: string;
  readonly files: readonly PlacedUrl[];
}

/** One draft. */
export interface RememberedDraft {
  /** The last one. Empty where there was none, or none that can be read. Never rejects. */
  read(): Promise<StoredDraft>;
  write(draft: StoredDraft): void;
}

const EMPTY: StoredDraft = { prompt: "", files: [] };

/** Where the screen finds it. */
export const DraftContext = createContext<RememberedDraft>({
  read: () => Promise.resolve(EMPTY),
  write: () => undefined,
});

/** That of a user, in the device's storage. */
export function rememberDraft(storage: AnyStorage, user: string): RememberedDraft {
  const key = `draft:${user}`;
  let current = readLater(storage, key).then(draftOf);
  let last: Promise<unknown> = current;
  let written = "";
  let waiting: StoredDraft | undefined;
  return {
    read: () => current,
    write(draft) {
      const text = JSON.stringify(draft);
      if (text === written) return;
      written = text;
      current = Promise.resolve(draft);
      const isQueued = waiting !== undefined;
      waiting = draft;
      // One at a time, so that an older one never comes last; those that are overtaken meanwhile are left out.
      if (isQueued) return;
      last = last.then(() => {
        const next = waiting;
        waiting = undefined;
        return storeLater(storage, key, next);
      });
    },
  };
}

function draftOf(stored: unknown): StoredDraft {
  const { prompt, files }: Partial<Record<string, unknown>> = Object(stored);
  return {
    prompt: typeof prompt === "string" ? prompt : "",
    files: Array.isArray(files) ? files.filter(isPlacedUrl) : [],
  };
}

function isPlacedUrl(value: unknown): value is PlacedUrl {
  const { place, url }: Partial<Record<string, unknown>> = Object(value);
  return isPlace(place) && typeof url === "string" && url.startsWith("https://");
}
