// What runs generations elsewhere, as a port: a server that starts, cancels and tells. Types only.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { RequestBody } from "../http/request-body.ts";
import type { CallResult, LiveQuery } from "../ports.ts";
import type { EventPage } from "./driven-events.ts";

/** What is said to start a generation. */
export interface DrivenStart {
  /** Made by the client. A repeat under it is the same generation. */
  readonly id: string;
  /** Its files are uploaded: it has their URLs. */
  readonly request: RequestBody;
  readonly sessionId?: string | undefined;
  /** The price that the user was told. */
  readonly credits: number;
}

/** Runs the user's generations, whether or not a client is there. Never throws; sends each call once. */
export interface GenerationDriver {
  start(start: DrivenStart): Promise<CallResult<GenerationSnapshot>>;
  cancel(id: string): Promise<CallResult<GenerationSnapshot>>;
  /** Calls back with the user's generations, and after each change of one. Returns an unsubscribe function. Never throws. */
  follow(listener: (answer: CallResult<readonly GenerationSnapshot[]>) => void): () => void;
  /** What happens to them after an event's number, or without it the number of the last one. Left out: no events are told. */
  events?(after: number | undefined): LiveQuery<EventPage>;
  /** The user's generations, once. Never rejects. */
  read(): Promise<CallResult<readonly GenerationSnapshot[]>>;
}
