// What the videos of this device were made from, by their rows: a row has the prompt and the shape only, and "use again" wants everything.
import type { VideoTile } from "@video-engine/video-sdk";
import { useGenerations } from "@video-engine/video-sdk/react";
import { createContext, useCallback, useContext, useEffect } from "react";
import type { SentRequest } from "../tile/request-of-tile.ts";
import { readLater, storeLater, type AnyStorage } from "./stored-json.ts";

/** The requests by row, oldest first. */
export interface RememberedRequests {
  /** Nothing until the storage has answered, but for what was added since. */
  of(rowId: string): SentRequest | undefined;
  add(rowId: string, request: SentRequest): void;
}

/** Older ones are forgotten. */
const MOST = 300;

/** Those of a user. */
export function rememberRequests(storage: AnyStorage, user: string): RememberedRequests {
  const key = `requests:${user}`;
  let requests: ReadonlyMap<string, SentRequest> = new Map();
  const read = async (): Promise<void> => {
    const stored = await readLater(storage, key);
    // What was made before the storage has answered is newer.
    requests = new Map([...(Array.isArray(stored) ? stored.filter(isEntry) : []), ...requests]);
  };
  let last = read();
  return {
    of: (rowId) => requests.get(rowId),
    add(rowId, request) {
      if (requests.has(rowId)) return;
      requests = new Map([...requests, [rowId, request]]);
      last = last.then(async () => {
        // Another tab may have added some.
        await read();
        await storeLater(storage, key, [...requests].slice(-MOST));
      });
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
export function useRemembering(): void {
  const { add } = useContext(RequestsContext);
  const generations = useGenerations();
  useEffect(() => {
    for (const { rowId, request } of generations) if (rowId !== undefined && request !== undefined) add(rowId, request);
  }, [generations, add]);
}

/** What made a tile, as far as this device knows. */
export function useRequestOf(): (tile: VideoTile) => SentRequest | undefined {
  const { of } = useContext(RequestsContext);
  return useCallback(({ snapshot, rowId }) => snapshot?.request ?? (rowId === undefined ? undefined : of(rowId)), [of]);
}
