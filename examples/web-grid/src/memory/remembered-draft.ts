// The draft that a reload finds again: its prompt, and the files that were uploaded by then.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { createContext } from "react";
import { EMPTY_DRAFT, type Draft } from "../draft.ts";
import { isKept, keepable } from "./keepable-files.ts";
import { readStored, store, type PageStorage } from "./stored-json.ts";

/** One draft. */
export interface RememberedDraft {
  /** As it was when the page began, always the same object; an empty one where there was none. */
  read(): Draft;
  write(draft: Draft): void;
}

/** Where the page finds it. */
export const DraftContext = createContext<RememberedDraft>({ read: () => EMPTY_DRAFT, write: () => undefined });

/** That of a user. */
export function rememberDraft(storage: PageStorage, user: string): RememberedDraft {
  const key = `draft:${user}`;
  const { prompt, files }: Partial<Record<string, unknown>> = Object(readStored(storage, key));
  // As `write` has stored them: texts in the places of files.
  const first = typeof prompt === "string" && isKept(files) ? { prompt, files: files as AttachedFiles } : EMPTY_DRAFT;
  return {
    read: () => first,
    write: (draft) => store(storage, key, { prompt: draft.prompt, files: keepable(draft.files) }),
  };
}
