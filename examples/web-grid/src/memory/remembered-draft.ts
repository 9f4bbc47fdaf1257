// The draft that a reload finds again: its prompt, and the files that were uploaded by then.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { createContext } from "react";
import type { Draft } from "../draft.ts";
import { isKept, keepable } from "./keepable-files.ts";
import { readStored, store, type PageStorage } from "./stored-json.ts";

/** One draft. */
export interface RememberedDraft {
  read(): Draft | undefined;
  write(draft: Draft): void;
}

/** Where the page finds it. */
export const DraftContext = createContext<RememberedDraft>({ read: () => undefined, write: () => undefined });

/** That of a user. */
export function rememberDraft(storage: PageStorage, user: string): RememberedDraft {
  const key = `draft:${user}`;
  return {
    read() {
      const { prompt, files }: Partial<Record<string, unknown>> = Object(readStored(storage, key));
      if (typeof prompt !== "string" || !isKept(files)) return undefined;
      // As `write` has stored them: texts in the places of files.
      return { prompt, files: files as AttachedFiles };
    },
    write: ({ prompt, files }) => store(storage, key, { prompt, files: keepable(files) }),
  };
}
