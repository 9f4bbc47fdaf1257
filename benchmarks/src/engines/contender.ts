// What every engine is measured as: one video, from the request to its URL.
import type { Transport } from "../transport.ts";

/** How an engine is set up. */
export interface ContenderOptions extends Pick<Transport, "fetch" | "backend"> {
  /** The wait between two questions. */
  readonly pollMs: number;
}

/** One way to generate a video. */
export interface Contender {
  readonly id: string;
  /**
   * `job`: submit, poll, result. `books`: also slot, credits, session and row, and settled when the promise resolves. Ratios are to the
   * hand-written one of the same level.
   */
  readonly level: "job" | "books";
  /** Prepares it. The function that it resolves with generates one video and resolves with its URL. */
  setUp(options: ContenderOptions): Promise<(index: number) => Promise<string>>;
}

/** The prompt of one job. */
export function promptOf(index: number): string {
  return `a calico cat playing a piano on stage, take ${index}`;
}
