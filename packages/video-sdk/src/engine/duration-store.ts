// How long the last jobs of each model took, in a storage, for the next start of the app: one key for all users, because it says nothing of any.
import type { VideoModelId } from "@video-engine/video-models";
import type { KeyValueStorage } from "../platform-ports.ts";
import { parsed } from "../value-kinds.ts";

/** The durations of the last jobs by model, in milliseconds, the newest last. At most 32 of each. */
export type Durations = ReadonlyMap<VideoModelId, readonly number[]>;

/** Keeps durations. Never rejects: without them jobs are asked about by the catalogue. */
export interface DurationStore {
  /** What is stored. */
  read(): Promise<Durations>;
  /** Adds some to what is stored by now, and returns all; undefined when the storage failed. Of two tabs that add at the same time, one may be lost. */
  add(learned: Durations): Promise<Durations | undefined>;
}

/** How many durations of a model count. More would be slower to notice that a provider has become faster or slower. */
const LAST_DURATIONS = 32;

const KEY = "video-engine:1:durations";
/** No job that is longer teaches anything: it is given up before. */
const LONGEST_MS = 3_600_000;

/** More than any catalogue has. */
const MOST_MODELS = 500;
const MODEL_ID = /^[a-z][\w.-]{0,99}$/i;

/** Durations in a storage, under one key. */
export function createDurationStore(storage: KeyValueStorage): DurationStore {
  const read = async (): Promise<Durations> => decode(await storage.getItem(KEY));
  return {
    read: async () => await read().catch(() => new Map()),
    async add(learned) {
      try {
        const all = joined(await read(), learned);
        await storage.setItem(KEY, JSON.stringify(Object.fromEntries(all)));
        return all;
      } catch {
        // What is not kept is learned again.
        return undefined;
      }
    },
  };
}

/** Both, those of `later` last. */
export function joined(first: Durations, later: Durations): Durations {
  const all = new Map(first);
  for (const [model, list] of later) all.set(model, [...(all.get(model) ?? []), ...list].slice(-LAST_DURATIONS));
  return all;
}

/** Anything may be stored there. What is no duration, or of more models than there can be, is left out. */
function decode(text: unknown): Durations {
  const lists = Object.entries(parsed(text)).filter(([model]) => MODEL_ID.test(model));
  return new Map(
    lists.slice(-MOST_MODELS).flatMap(([model, list]) => {
      // An id may be of a catalogue that this release does not know.
      return Array.isArray(list) ? [[model as VideoModelId, list.filter(isDuration).slice(-LAST_DURATIONS)]] : [];
    }),
  );
}

function isDuration(ms: unknown): ms is number {
  return typeof ms === "number" && ms >= 1 && ms <= LONGEST_MS;
}
