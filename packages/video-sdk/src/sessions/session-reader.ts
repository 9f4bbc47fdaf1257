// What a person's sessions and their rows are, and the port they are read through. Knows no Convex and no grid.
import type { CallResult } from "../ports.ts";

/** A folder of the grid. Times are epoch milliseconds. */
export interface VideoSession {
  readonly id: string;
  readonly title: string;
  /** URL of a picture. */
  readonly preview: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One generation as the backend keeps it. Times are epoch milliseconds. */
export interface SessionRow {
  readonly id: string;
  readonly sessionId: string | undefined;
  readonly prompt: string;
  /** As it was written: perhaps a model that this version does not know. */
  readonly model: string | undefined;
  readonly modelLabel: string | undefined;
  readonly aspectRatio: string | undefined;
  readonly videos: readonly string[];
  readonly previewImage: string | undefined;
  readonly isLoading: boolean;
  /** The sentence that was stored when it failed. */
  readonly error: string | undefined;
  readonly slotId: string | undefined;
  /** The provider's id of the job. */
  readonly requestId: string | undefined;
  /** Whole credits that it was recorded with. */
  readonly credits: number | undefined;
  readonly createdAt: number;
}

/** A question to the backend that can be asked once, and followed where the connection allows it. */
export interface LiveQuery<T> {
  /** Never rejects. */
  read(): Promise<CallResult<T>>;
  /** Calls back with the answer, and with each later one. Gives back the way to stop. Never throws. Left out where it can only be asked. */
  follow?(listener: (answer: CallResult<T>) => void): () => void;
}

/** Where the user's sessions come from. */
export interface SessionReader {
  /** The sessions of type "video", newest first. */
  readonly sessions: LiveQuery<readonly VideoSession[]>;
  /** The rows of one session, in any order. */
  rows(sessionId: string): LiveQuery<readonly SessionRow[]>;
  /** Makes a session, or reuses an empty one unless `forceNew`. Gives back its id. Never rejects. */
  create(options: CreateSessionOptions): Promise<CallResult<string>>;
}

/** How a session is made. */
export interface CreateSessionOptions {
  /** Left out: the backend's own. */
  readonly title?: string;
  /** Makes a new one even where an empty one could be reused. Default false. */
  readonly forceNew?: boolean;
}
