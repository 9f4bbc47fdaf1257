// What the videos of this browser were made from, by their rows: a row has the prompt and the shape only, and "use again" wants everything.
import type { VideoTile } from "@video-engine/video-sdk";
import { useGenerations } from "@video-engine/video-sdk/react";
import { createContext, useCallback, useContext, useEffect } from "react";
import type { SentRequest } from "../tile/request-of-tile.ts";
import { readStored, store, type PageStorage } from "./stored-json.ts";

/** The requests by row, oldest first. */
export interface RememberedRequests {
  of(rowId: string): SentRequest | undefined;
  add(rowId: string, request: SentRequest): void;
}

/** Older ones are forgotten. */
const MOST = 300;

/** Those of a user. */
export function rememberRequests(storage: PageStorage, user: string): RememberedRequests {
  const key = `requests:${user}`;
  const stored = readStored(storage, key);
  const requests = new Map<string, SentRequest>(
    Array.isArray(stored) ? stored.filter(isEntry).map(([rowId, request]) => [rowId, request]) : [],
  );
  return {
    of: (rowId) => requests.get(rowId),
    add(rowId, request) {
      if (requests.has(rowId)) return;
      requests.set(rowId, request);
      store(storage, key, [...requests].slice(-MOST));
    },
  };
}

function isEntry(value: unknown): value is readonly [string, SentRequest] {
  const [rowId, request]: readonly unknown[] = Array.isArray(value) ? value : [];
  const { model, prompt }: Partial<Record<string, unknown>> = Object(request);
  return typeof rowId === "string" && typeof model === "string" && typeof prompt === "string";
}

const NONE: RememberedRequests = { of: () => undefined, add: () => undefined };

/** Where the page's parts find them. */
export const RequestsContext = createContext<RememberedRequests>(NONE);

/** Keeps the requests of everything that is made here. */
export function RememberRequests(): null {
  const { add } = useContext(RequestsContext);
  const generations = useGenerations();
  useEffect(() => {
    for (const { rowId, request } of generations) if (rowId !== undefined && request !== undefined) add(rowId, request);
  }, [generations, add]);
  return null;
}

/** What made a tile, as far as this browser knows. */
export function useRequestOf(): (tile: VideoTile) => SentRequest | undefined {
  const { of } = useContext(RequestsContext);
  return useCallback(({ snapshot, rowId }) => snapshot?.request ?? (rowId === undefined ? undefined : of(rowId)), [of]);
}
