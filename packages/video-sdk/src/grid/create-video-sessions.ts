// The sessions of an engine: its session list, and for each session the tiles made of its rows and the engine's generations.
import type { SentenceOf } from "../sentence-of.ts";
import { oncePerKey } from "../observable.ts";
import type { Clock } from "../platform-ports.ts";
import type { SessionList } from "./create-session-list.ts";
import { createVideoTiles, type GenerationList, type VideoTiles } from "./create-video-tiles.ts";

/** The user's sessions, and what their grids show. Every method works unbound. */
export interface VideoSessions extends SessionList {
  /** What the grid of a session shows, always the same store. Without an id: the generations of this engine only. */
  tiles(sessionId?: string): VideoTiles;
}

/** What the sessions are made from. */
export interface VideoSessionsOptions {
  readonly list: SessionList;
  readonly generations: GenerationList;
  readonly clock: Clock;
  readonly sentenceOf?: SentenceOf | undefined;
}

/** The sessions of one user. Does no I/O and starts no timer before the first subscriber. */
export function createVideoSessions({ list, ...shared }: VideoSessionsOptions): VideoSessions {
  return {
    ...list,
    tiles: oncePerKey((sessionId: string | undefined) =>
      createVideoTiles({
        sessionId,
        rows: sessionId === undefined ? undefined : list.rows(sessionId),
        ...shared,
      }),
    ),
  };
}
