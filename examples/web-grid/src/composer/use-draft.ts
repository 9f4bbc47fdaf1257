// The draft of the page, which a reload finds again.
import { useContext, useEffect, useRef, useState, type Dispatch, type SetStateAction } from "react";
import { EMPTY_DRAFT, type Draft } from "../draft.ts";
import { DraftContext } from "../memory/remembered-draft.ts";
import { sourcesIn } from "./sources-in.ts";

/** The draft, and the way to change it. Empty in the first render, as on a server. */
export function useDraft(): readonly [Draft, Dispatch<SetStateAction<Draft>>] {
  const memory = useContext(DraftContext);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const isRestored = useRef(false);
  useEffect(() => {
    const stored = memory.read();
    // What was typed before this had a chance to run is newer.
    if (stored !== undefined) setDraft((now) => (now === EMPTY_DRAFT ? stored : now));
  }, [memory]);
  useEffect(() => {
    // The empty one that the page begins with is not what the user left.
    if (!isRestored.current && draft === EMPTY_DRAFT) return undefined;
    isRestored.current = true;
    const write = (): void => memory.write(draft);
    write();
    // A file counts from the moment at which it is uploaded.
    const stops = sourcesIn(draft.files).flatMap((source) =>
      typeof source === "object" && "subscribe" in source ? [source.subscribe(write)] : [],
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [draft, memory]);
  return [draft, setDraft];
}
