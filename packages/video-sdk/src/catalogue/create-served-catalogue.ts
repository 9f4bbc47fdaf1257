// The catalogue of the app's server: asked for when the app starts, kept for the next start, and used as far as it can be read. No timers but
// those of its one read and its one request.
import {
  isVideoCatalogue,
  mergeCatalogue,
  type AnyVideoRegistry,
  type MergedCatalogue,
} from "@video-engine/video-models";
import { routesOf } from "../http/plan-routes.ts";
import type { RouteMap } from "../http/route-map.ts";
import { createSend, type Http } from "../http/send.ts";
import { createObservable } from "../observable.ts";
import { systemClock } from "../platform/system.ts";
import type { Clock, KeyValueStorage } from "../platform-ports.ts";
import { within } from "../within.ts";
import type { ModelSource } from "./create-sold-models.ts";

/** Where a catalogue comes from, and where it is kept. */
export interface ServedCatalogueOptions {
  /** As for the engine: the app's ky instance, or `{ baseUrl, getToken }`. */
  readonly http: Http;
  /** As for the engine: `models` names the route, `api/mobile/models` by default. */
  readonly routes?: RouteMap | undefined;
  /** Keeps the last catalogue, so that the next start knows it also offline. Left out: each start begins with the models of the release. */
  readonly storage?: KeyValueStorage | undefined;
  /** The models over which the catalogue is merged. Default: all of this release. */
  readonly registry?: Pick<AnyVideoRegistry, "models"> | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
}

/** A server's models and prices over those of the release. Give it to `createVideoEngine` as `catalogue`. Every method works unbound. */
export interface ServedCatalogue extends ModelSource {
  getSnapshot(): MergedCatalogue;
  getInitialSnapshot(): MergedCatalogue;
  /** Reads what is kept from the last start, once. Never rejects. */
  read(): Promise<void>;
  /**
   * Reads what is kept, then asks the server, unless it has answered within ten minutes. What fails, comes late or cannot be read changes nothing.
   * Never rejects. The engine calls it when it resumes and when the app comes back.
   */
  load(): Promise<void>;
  /** Asks the server now: when it has refused what the app thought it sells, such as a price. Never rejects. */
  refresh(): Promise<void>;
}

/** For all users: it says nothing of any. */
const KEY = "video-engine:1:catalogue";
/** Longer than any catalogue. */
const LONGEST_TEXT = 1_000_000;
const DEADLINE_MS = 15_000;
/** As the journal has it. */
const STORAGE_MS = 10_000;
const FRESH_MS = 600_000;
/** A server that refuses many requests is not asked for each of them. */
const LEAST_BETWEEN_MS = 5_000;

/** The catalogue of an app's server. Does no I/O until it is subscribed to, loaded or given to an engine that resumes. */
export function createServedCatalogue(options: ServedCatalogueOptions): ServedCatalogue {
  const { http, storage, registry, clock = systemClock } = options;
  const path = routesOf(options.routes).models;
  const send = createSend(http, clock);
  const first = mergeCatalogue(undefined, registry);
  const models = createObservable(first);
  let shownText: string | undefined;
  let reading: Promise<void> | undefined;
  let asking: Promise<void> | undefined;
  let [askedAt, answeredAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];

  /** Takes a catalogue in. Its text, where it is one, and another than before. */
  const take = (catalogue: unknown): string | undefined => {
    const text = textOf(catalogue);
    if (text === undefined || text === shownText) return undefined;
    shownText = text;
    models.set(mergeCatalogue(catalogue, registry));
    return text;
  };
  const read = async (): Promise<void> => {
    const text = await kept(storage, clock);
    // The server may have answered before a slow storage.
    if (shownText === undefined) take(text);
  };
  const readOnce = (): Promise<void> => (reading ??= read());
  const ask = async (): Promise<void> => {
    askedAt = clock.now();
    const answer = await send("get", path, { deadlineMs: DEADLINE_MS });
    if (answer.kind !== "answered" || answer.status !== 200 || !isVideoCatalogue(answer.body)) return;
    answeredAt = clock.now();
    const text = take(answer.body);
    // Not waited for: a storage that hangs must not keep the server from being asked again.
    if (text !== undefined) void keep(storage, text);
  };
  const askOnce = (): Promise<void> => (asking ??= ask().finally(() => (asking = undefined)));
  const isWithin = (at: number, ms: number): boolean => Math.abs(clock.now() - at) < ms;
  const load = async (): Promise<void> => {
    await Promise.all([readOnce(), isWithin(answeredAt, FRESH_MS) ? undefined : askOnce()]);
  };
  return {
    getSnapshot: models.get,
    getInitialSnapshot: () => first,
    subscribe(listener) {
      void load();
      return models.subscribe(listener);
    },
    read: readOnce,
    load,
    async refresh() {
      if (!isWithin(askedAt, LEAST_BETWEEN_MS)) await askOnce();
    },
  };
}

/** The text of a catalogue, to be kept and compared. Undefined for what is none, too long, or too deep to be written. */
function textOf(catalogue: unknown): string | undefined {
  try {
    const text = isVideoCatalogue(catalogue) ? JSON.stringify(catalogue) : "";
    return text !== "" && text.length <= LONGEST_TEXT ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Settings wait for it, so a storage that hangs must not keep them. */
async function kept(storage: KeyValueStorage | undefined, clock: Clock): Promise<unknown> {
  if (storage === undefined) return undefined;
  try {
    const text = await within(storage.getItem(KEY), { clock, deadlineMs: STORAGE_MS });
    return typeof text === "string" && text.length <= LONGEST_TEXT ? JSON.parse(text) : undefined;
  } catch {
    // The server says it again.
    return undefined;
  }
}

async function keep(storage: KeyValueStorage | undefined, text: string): Promise<void> {
  try {
    await storage?.setItem(KEY, text);
  } catch {
    // The next start asks the server.
  }
}
