// The user's sessions, the session that is shown, and the rows of each. Knows no generation, no Convex and no React.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { createObservable, fromParts, oncePerKey, subscribeToAll, type Subscribe } from "../observable.ts";
import type { CallResult, CreateSessionOptions, SessionReader, SessionRow, VideoSession } from "../ports.ts";
import { createLastFailure, createQueryStore, type Failure, type QueryStore } from "./query-store.ts";

/** The sessions as a sidebar shows them. */
export interface VideoSessionsSnapshot {
  /** Newest first. Empty while they are not known. */
  readonly sessions: readonly VideoSession[];
  /** The session that is shown. Undefined while there is none: the next generation makes one. */
  readonly currentId: string | undefined;
  /** True until the first answer has come. */
  readonly isLoading: boolean;
  /** The last read or create that failed; undefined once it works again. The sessions that were known before stay. */
  readonly error: VideoErrorData | undefined;
}

/** The user's sessions without their tiles. Every method works unbound. */
export interface SessionList {
  /** The same object until something changed. */
  getSnapshot(): VideoSessionsSnapshot;
  /** The snapshot before anything was read: what a server renders. Always the same object. */
  getInitialSnapshot(): VideoSessionsSnapshot;
  /** Called without arguments after each change. The first subscriber starts reading, and the last one to leave ends it. */
  readonly subscribe: Subscribe;
  /** Reads the list now. Not needed over a WebSocket, which keeps the list up to date. Never rejects. */
  refresh(): Promise<void>;
  /** Shows a session. One that is not in the list yet is kept until another list comes without it. */
  select(id: string): void;
  /** Makes a session, or reuses an empty one, and shows it. Returns its id; undefined where it failed, with the reason in `error`. Never rejects. */
  create(options?: CreateSessionOptions): Promise<string | undefined>;
  /** The rows of a session, always the same store. */
  rows(sessionId: string): QueryStore<readonly SessionRow[]>;
  /** Gives a session another title. Answers whether it did; `error` says why not. Never rejects. Undefined where the backend cannot. */
  readonly rename: ((id: string, title: string) => Promise<boolean>) | undefined;
  /** Deletes a session with its videos. Otherwise as `rename`. What was charged stays charged. */
  readonly remove: ((id: string) => Promise<boolean>) | undefined;
  /** Deletes the row of a generation that has ended. Otherwise as `rename`. What was charged stays charged. */
  readonly removeVideo: ((rowId: string) => Promise<boolean>) | undefined;
}

/** The sessions of one user. Does no I/O before the first subscriber. Without a reader there are no sessions, and an error that says so. */
export function createSessionList(reader: SessionReader = NO_READER): SessionList {
  const failure = createLastFailure();
  const selection = createObservable<Selection | undefined>(undefined);
  const list = createQueryStore(reader.sessions, failure.of(LIST));
  const creating = failure.of("create");
  const toSnapshot = fromParts(snapshotOf);
  const initial = snapshotOf(undefined, undefined, undefined);
  const select = (id: string): void => selection.set({ id, listed: list.getSnapshot() });
  const rows = oncePerKey((id: string) => createQueryStore(reader.rows(id), failure.of(`rows of ${id}`)));
  const changing = failure.of("change");
  const changed = async (call: Promise<CallResult<void>>): Promise<boolean> => {
    const answer = await call;
    changing(answer.ok ? undefined : answer.error);
    if (answer.ok) void list.refresh();
    return answer.ok;
  };
  const { rename, remove, removeRow } = reader;
  return {
    getSnapshot() {
      const sessions = list.getSnapshot();
      return toSnapshot(sessions, failure.get(), currentIdOf(sessions, selection.get()));
    },
    getInitialSnapshot: () => initial,
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
    rename: rename && ((id, title) => changed(rename(id, title))),
    remove: remove && ((id) => changed(remove(id))),
    removeVideo:
      removeRow &&
      (async (rowId) => {
        const isDone = await changed(removeRow(rowId));
        const shown = currentIdOf(list.getSnapshot(), selection.get());
        if (isDone && shown !== undefined) void rows(shown).refresh();
        return isDone;
      }),
  };
}

const LIST = "list";

/** The session that was selected, and the list that was known then. */
interface Selection {
  readonly id: string;
  readonly listed: readonly VideoSession[] | undefined;
}

/**
 * The selected session, else the newest of the list. A selected session that no list has named yet, such as one that another tab has just
 * made, is shown until another list comes without it.
 */
function currentIdOf(
  sessions: readonly VideoSession[] | undefined,
  selection: Selection | undefined,
): string | undefined {
  const isShown = sessions === selection?.listed || sessions?.some(({ id }) => id === selection?.id);
  return selection !== undefined && isShown ? selection.id : sessions?.[0]?.id;
}

function snapshotOf(
  sessions: readonly VideoSession[] | undefined,
  failure: Failure | undefined,
  currentId: string | undefined,
): VideoSessionsSnapshot {
  const isLoading = sessions === undefined && failure?.of !== LIST;
  return { sessions: sessions ?? [], currentId, isLoading, error: failure?.error };
}

const NOT_CONFIGURED: CallResult<never> = {
  ok: false,
  certainty: "not-done",
  error: videoErrorData("not-configured", {
    message: "This engine was made without a session reader: it knows no sessions.",
  }),
};

const NO_READER: SessionReader = {
  sessions: { read: () => Promise.resolve(NOT_CONFIGURED) },
  rows: () => ({ read: () => Promise.resolve(NOT_CONFIGURED) }),
  create: () => Promise.resolve(NOT_CONFIGURED),
};
