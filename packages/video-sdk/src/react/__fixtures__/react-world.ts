// A test engine with sessions over its own books, and the ways to render a hook or a component under its provider.
import { act, createElement, StrictMode, type ReactElement, type ReactNode } from "react";
import { createRoot } from "test-renderer";
import { readSessionRows } from "../../convex/read-session-answers.ts";
import type { CallResult, LiveQuery, SessionReader } from "../../ports.ts";
import { createTestEngine, type TestEngine, type TestEngineOptions } from "../../testing/create-test-engine.ts";
import type { FakeBooks } from "../../testing/fake-books.ts";
import { VideoEngineProvider } from "../video-engine-context.ts";

/** The test engine, and what goes on around it. */
export interface ReactWorld extends TestEngine {
  /** How many queries of the books are followed now. */
  readonly followed: () => number;
  /** Does something as a person would, and lets everything follow that needs no time. */
  tap<T>(doIt: () => T): Promise<{ readonly gave: T }>;
  /** Lets this much time pass, in milliseconds. */
  pass(ms: number): Promise<void>;
  /** Answers every followed query anew from the books, as a backend does after a mutation. */
  pushBooks(): void;
}

/** An engine whose sessions are those of its fake ledger. */
export function createReactWorld(options: TestEngineOptions = {}): ReactWorld {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const followers = new Set<() => void>();
  const live = <T>(look: () => T): LiveQuery<T> => {
    const answer = (): CallResult<T> => ({ ok: true, value: look() });
    return {
      read: () => Promise.resolve(answer()),
      follow(listener) {
        const tell = (): void => listener(answer());
        followers.add(tell);
        tell();
        return () => {
          followers.delete(tell);
        };
      },
    };
  };
  const world: TestEngine = createTestEngine({ reader: readerOf(() => world.ledger.books, live), ...options });
  const pushBooks = (): void => {
    for (const tell of [...followers]) tell();
  };
  const tap = async <T>(doIt: () => T): Promise<{ readonly gave: T }> =>
    await act(async () => {
      const gave = doIt();
      await world.clock.flush();
      return { gave };
    });
  const pass = async (ms: number): Promise<void> => await act(() => world.clock.advance(ms));
  return { ...world, followed: () => followers.size, pushBooks, tap, pass };
}

function readerOf(books: () => FakeBooks, live: <T>(look: () => T) => LiveQuery<T>): SessionReader {
  const sessionsNow = () =>
    [...books().sessions]
      .reverse()
      .map(({ id, title }) => ({ id, title, preview: undefined, createdAt: 0, updatedAt: 0 }));
  return {
    sessions: live(sessionsNow),
    rows: (sessionId) =>
      live(() =>
        readSessionRows(
          books()
            .rows.filter((row) => row.sessionId === sessionId)
            .map(documentOf),
        ),
      ),
    create({ title = "New session" }) {
      const { sessions } = books();
      sessions.push({ id: `session-${sessions.length + 1}`, title });
      return Promise.resolve({ ok: true, value: `session-${sessions.length}` });
    },
  };
}

/** A row of the fake as the backend would answer with it. */
function documentOf({ slotId, ...row }: FakeBooks["rows"][number]): object {
  return { ...row, concurrencySlotId: slotId };
}

/** The wrapper of a component: the provider, and by default StrictMode. */
export function providerOf({ engine }: Pick<ReactWorld, "engine">, { isStrict = true } = {}) {
  return function Provider({ children }: { readonly children?: ReactNode }): ReactElement {
    const provided = createElement(VideoEngineProvider, { engine }, children);
    return isStrict ? createElement(StrictMode, null, provided) : provided;
  };
}

/** A hook that is mounted without a DOM. */
export interface MountedHook<T> {
  /** What the last render gave. */
  readonly current: T;
  /** How often it was rendered. */
  readonly renders: number;
  unmount(): Promise<void>;
}

/** Mounts a hook under the provider, with no DOM around it, as React Native has none. */
export async function mountHook<T>(
  world: Pick<ReactWorld, "engine">,
  hook: () => T,
  options: { readonly isStrict?: boolean } = {},
): Promise<MountedHook<T>> {
  let renders = 0;
  let last: { readonly value: T } | undefined;
  const Probe = (): null => {
    const value = hook();
    renders++;
    last = { value };
    return null;
  };
  const root = createRoot();
  await act(async () => root.render(createElement(providerOf(world, options), null, createElement(Probe))));
  return {
    get current() {
      if (last === undefined) throw new Error("The hook was not rendered.");
      return last.value;
    },
    get renders() {
      return renders;
    },
    unmount: async () => await act(async () => root.unmount()),
  };
}
