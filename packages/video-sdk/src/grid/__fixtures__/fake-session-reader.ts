// A session reader that answers when and what a test says.
import type { VideoErrorData } from "../../errors.ts";
import type {
  CallResult,
  CreateSessionOptions,
  LiveQuery,
  SessionReader,
  SessionRow,
  VideoSession,
} from "../../ports.ts";

/** One query of the fake. */
export interface FakeQuery<T> extends LiveQuery<T> {
  /** How many follow it now. */
  readonly followers: number;
  /** Times that it was asked once. */
  readonly reads: number;
  /** Pushes an answer to all followers; without followers, answers the oldest waiting read. */
  say(value: T): void;
  refuse(error: VideoErrorData): void;
  /** Answers one question that waits; 0 is the oldest. */
  answer(at: number, value: T): void;
}

/** The reader and its levers. */
export interface FakeSessionReader extends SessionReader {
  readonly sessions: FakeQuery<readonly VideoSession[]>;
  rows(sessionId: string): FakeQuery<readonly SessionRow[]>;
  /** What sessions were asked to be made. */
  readonly created: readonly CreateSessionOptions[];
  /** The next session is refused. */
  refuseNext(error: VideoErrorData): void;
}

/** A reader whose queries can be followed by default. */
export function createFakeSessionReader({ isLive = true } = {}): FakeSessionReader {
  const rows = new Map<string, FakeQuery<readonly SessionRow[]>>();
  const created: CreateSessionOptions[] = [];
  const refusals: VideoErrorData[] = [];
  return {
    sessions: createFakeQuery(isLive),
    rows(sessionId) {
      const query = rows.get(sessionId) ?? createFakeQuery(isLive);
      rows.set(sessionId, query);
      return query;
    },
    created,
    refuseNext: (error) => void refusals.push(error),
    create(options) {
      created.push(options);
      const error = refusals.shift();
      return Promise.resolve(error === undefined ? done(`session-new-${created.length}`) : refused(error));
    },
  };
}

/** A session by its id. */
export function sessionWith(id: string): VideoSession {
  return { id, title: `Title of ${id}`, preview: undefined, createdAt: 1, updatedAt: 1 };
}

/** Lets everything happen that waits for no answer. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}

function createFakeQuery<T>(isLive: boolean): FakeQuery<T> {
  const listeners = new Set<(answer: CallResult<T>) => void>();
  const waiting: ((answer: CallResult<T>) => void)[] = [];
  let reads = 0;
  const tell = (answer: CallResult<T>): void => {
    for (const listener of [...listeners]) listener(answer);
    if (listeners.size === 0) waiting.shift()?.(answer);
  };
  return {
    get followers() {
      return listeners.size;
    },
    get reads() {
      return reads;
    },
    say: (value) => tell(done(value)),
    refuse: (error) => tell(refused(error)),
    answer: (at, value) => waiting.splice(at, 1)[0]?.(done(value)),
    read() {
      reads++;
      return new Promise((resolve) => waiting.push(resolve));
    },
    ...(isLive
      ? {
          follow(listener) {
            listeners.add(listener);
            return () => {
              listeners.delete(listener);
            };
          },
        }
      : {}),
  };
}

function done<T>(value: T): CallResult<T> {
  return { ok: true, value };
}

function refused(error: VideoErrorData): Extract<CallResult<never>, { ok: false }> {
  return { ok: false, certainty: "not-done", error };
}
