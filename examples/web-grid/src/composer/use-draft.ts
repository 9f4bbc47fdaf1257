// The draft of the page, which a reload finds again.
import {
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type Dispatch,
  type SetStateAction,
} from "react";
import { EMPTY_DRAFT, type Draft } from "../draft.ts";
import { DraftContext } from "../memory/remembered-draft.ts";
import { sourcesIn } from "./sources-in.ts";

/** The draft, and the way to change it. What was stored shows once the page runs; a server, and its page's first render, know of none. */
export function useDraft(): readonly [Draft, Dispatch<SetStateAction<Draft>>] {
  const memory = useContext(DraftContext);
  const [changed, setChanged] = useState<Draft | undefined>(undefined);
  const stored = useSyncExternalStore(neverChanges, memory.read, onServer);
  const draft = changed ?? stored;
  useEffect(() => {
    if (changed === undefined) return undefined;
    const write = (): void => memory.write(changed);
    write();
    // A file counts from the moment at which it is uploaded.
    const stops = sourcesIn(changed.files).flatMap((source) =>
      typeof source === "object" && "subscribe" in source ? [source.subscribe(write)] : [],
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [changed, memory]);
  const setDraft = useCallback<Dispatch<SetStateAction<Draft>>>(
    (next) => setChanged((before) => (typeof next === "function" ? next(before ?? memory.read()) : next)),
    [memory],
  );
  return [draft, setDraft];
}

const neverChanges = (): (() => void) => () => undefined;
const onServer = (): Draft => EMPTY_DRAFT;
