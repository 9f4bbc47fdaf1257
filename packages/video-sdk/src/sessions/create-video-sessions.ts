// The user's sessions, which of them is shown, and what their grids show. Knows no Convex and no React.
import { createObservable } from "../observable.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { CallResult, Clock } from "../ports.ts";
import { currentSessionId, type SessionSelection } from "./current-session-id.ts";
import { createVideoTiles, type VideoTiles } from "./create-video-tiles.ts";
import { fromParts } from "./from-parts.ts";
import { createLastFailure, type Failure } from "./last-failure.ts";
import { createQueryStore, type QueryStore } from "./query-store.ts";
import type { CreateSessionOptions, SessionReader, SessionRow, VideoSession } from "./session-reader.ts";
import { subscribeToAll, type Subscribe } from "./while-subscribed.ts";

/** The sessions as a sidebar shows them. */
export interface VideoSessionsSnapshot {
  /** Newest first. Empty while they are not known. */
  readonly sessions: readonly VideoSession[];
  /** The session that is shown. Undefined while there is none: the next generation makes one. */
  readonly currentId: string | undefined;
  /** True until the first answer has come. */
  readonly isLoading: boolean;
  /** What could not be read or made last; undefined once that works again. What was known before stays. */
  readonly error: VideoErrorData | undefined;
}

/** The user's sessions. Every method works unbound. */
export interface VideoSessions {
  /** The same object until something changed. */
  getSnapshot(): VideoSessionsSnapshot;
  /** Called without arguments after each change. The first subscriber starts reading, and the last one to leave ends it. */
  readonly subscribe: Subscribe;
  /** Reads the list now. Not needed over a WebSocket, which keeps it fresh by itself. Never rejects. */
  refresh(): Promise<void>;
  /** Shows a session. One that is not in the list yet is kept until another list comes without it. */
  select(id: string): void;
  /** Makes a session, or reuses an empty one, and shows it. Gives back its id; undefined where that failed, and then `error` says why. Never rejects. */
  create(options?: CreateSessionOptions): Promise<string | undefined>;
  /** The rows of a session, always the same store. */
  rows(sessionId: string): QueryStore<readonly SessionRow[]>;
  /** What the grid of a session shows, always the same store. Without an id: the generations of this engine alone. */
  tiles(sessionId?: string): VideoTiles;
}

/** What the sessions are made from. */
export interface VideoSessionsOptions {
  /** Left out: there are no sessions to read, and an error that says so. */
  readonly reader?: SessionReader;
  /** The generations of the engine, newest first. */
  readonly generations: { list(): readonly GenerationSnapshot[]; readonly subscribe: Subscribe };
  readonly clock: Clock;
}

/** The sessions of one user. Does no I/O before somebody subscribes. */
export function createVideoSessions({ reader = NO_READER, generations, clock }: VideoSessionsOptions): VideoSessions {
  const failure = createLastFailure();
  const selection = createObservable<SessionSelection | undefined>(undefined);
  const list = createQueryStore(reader.sessions, failure.of(LIST));
  const rows = exactlyOnce((id: string) => createQueryStore(reader.rows(id), failure.of(`rows of ${id}`)));
  const creating = failure.of("create");
  const picture = fromParts(snapshotOf);
  const select = (id: string): void => selection.set({ id, listed: list.getSnapshot() });
  return {
    getSnapshot() {
      const sessions = list.getSnapshot();
      return picture(sessions, failure.get(), currentSessionId(sessions, selection.get()));
    },
    subscribe: subscribeToAll([list.subscribe, failure.subscribe, selection.subscribe]),
    async refresh() {
      creating(undefined);
      await list.refresh();
    },
    select,
    async create(options = {}) {
      const created = await reader.create(options);
      creating(created.ok ? undefined : created.error);
      if (!created.ok) return undefined;
      select(created.value);
      void list.refresh();
      return created.value;
    },
    rows,
    tiles: exactlyOnce((id: string | undefined) =>
      createVideoTiles({ sessionId: id, rows: id === undefined ? undefined : rows(id), generations, clock }),
    ),
  };
}

const LIST = "list";

function snapshotOf(
  sessions: readonly VideoSession[] | undefined,
  failure: Failure | undefined,
  currentId: string | undefined,
): VideoSessionsSnapshot {
  const isLoading = sessions === undefined && failure?.of !== LIST;
  return { sessions: sessions ?? [], currentId, isLoading, error: failure?.error };
}

const NOT_CONFIGURED: Extract<CallResult<never>, { ok: false }> = {
  ok: false,
  certainty: "not-done",
  error: videoErrorData("not-configured", {
    message: "This engine was made without a session reader: it knows no sessions.",
  }),
};

const nothing = { read: () => Promise.resolve(NOT_CONFIGURED) };

const NO_READER: SessionReader = {
  sessions: nothing,
  rows: () => nothing,
  create: () => Promise.resolve(NOT_CONFIGURED),
};

/** `make`, which runs once for each key. */
function exactlyOnce<Key, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new Map<Key, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
