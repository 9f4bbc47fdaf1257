// What the videos of this device were made from, by their rows: a row has the prompt and the shape only, and "use again" wants everything.
import type { AsyncStorageStatic } from "@react-native-async-storage/async-storage";
import type { SentRequest } from "@video-engine/example-web-grid/request-of-tile";
import type { VideoTile } from "@video-engine/video-sdk";
import { useGenerations } from "@video-engine/video-sdk/react";
import { createContext, useCallback, useContext, useEffect } from "react";

/** The requests by row, oldest first. */
export interface RememberedRequests {
  of(rowId: string): SentRequest | undefined;
  add(rowId: string, request: SentRequest): void;
}

/** Older ones are forgotten. */
const MOST = 300;

/** Those of a user, in the device's storage. What cannot be stored is forgotten with the app. */
export function rememberRequests(
  storage: Pick<AsyncStorageStatic, "getItem" | "setItem">,
  user: string,
): RememberedRequests {
  const key = `requests:${user}`;
  const requests = new Map<string, SentRequest>();
  const reading = readStored(storage, key).then((stored) => {
    // What was made before the storage has answered is newer.
    const made = [...requests];
    requests.clear();
    for (const [rowId, request] of [...stored, ...made]) requests.set(rowId, request);
  });
  return {
    of: (rowId) => requests.get(rowId),
    add(rowId, request) {
      if (requests.has(rowId)) return;
      requests.set(rowId, request);
      void reading.then(() => storage.setItem(key, JSON.stringify([...requests].slice(-MOST)))).catch(() => undefined);
    },
  };
}

async function readStored(
  storage: Pick<AsyncStorageStatic, "getItem">,
  key: string,
): Promise<readonly (readonly [string, SentRequest])[]> {
  try {
    const list: unknown = JSON.parse((await storage.getItem(key)) ?? "[]");
    return Array.isArray(list) ? list.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is readonly [string, SentRequest] {
  const [rowId, request]: readonly unknown[] = Array.isArray(value) ? value : [];
  const { model, prompt }: Partial<Record<string, unknown>> = Object(request);
  return typeof rowId === "string" && typeof model === "string" && typeof prompt === "string";
}

const NONE: RememberedRequests = { of: () => undefined, add: () => undefined };

/** Where the screen's parts find them. */
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
