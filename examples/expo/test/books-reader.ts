// The sessions and rows of the fake books, as the engine reads those of a backend over a socket: followed, so always fresh.
import type { LiveQuery, SessionReader, SessionRow } from "@video-engine/video-sdk/adapters";
import type { FakeBooks, FakeRow, TestEngine } from "@video-engine/video-sdk/testing";

/** A reader of the books of a world that is there by the time it is asked. They may have changed whenever the engine has. */
export function booksReader(world: () => Pick<TestEngine, "ledger" | "engine">): SessionReader {
  const books = (): FakeBooks => world().ledger.books;
  const live = <T>(look: () => T): LiveQuery<T> => {
    const answer = () => ({ ok: true, value: look() }) as const;
    return {
      read: () => Promise.resolve(answer()),
      follow(listener) {
        listener(answer());
        return world().engine.subscribe(() => listener(answer()));
      },
    };
  };
  return {
    sessions: live(() =>
      books()
        .sessions.map(({ id, title }) => ({ id, title, preview: undefined, createdAt: 0, updatedAt: 0 }))
        .reverse(),
    ),
    rows: (sessionId) =>
      live(() =>
        books()
          .rows.filter((row) => row.sessionId === sessionId)
          .map(rowOf),
      ),
    create({ title = "New session" }) {
      const id = `session-${books().sessions.length + 1}`;
      books().sessions.push({ id, title });
      return Promise.resolve({ ok: true, value: id });
    },
  };
}

function rowOf({ externalRequestId, ...row }: FakeRow): SessionRow {
  return {
    modelLabel: undefined,
    aspectRatio: undefined,
    previewImage: undefined,
    error: undefined,
    isRefunded: false,
    ...row,
    requestId: externalRequestId,
  };
}
