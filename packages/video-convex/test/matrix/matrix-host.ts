// What the fault matrix asks of a host: a deployment in which time moves by steps, and the clients of one user. Types only.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import type { PollingOptions } from "@video-engine/video-sdk/core";
import type { Fault } from "../support/faults-under-test.ts";

/** Who keeps the credits, slots and rows: the component, or the app's own functions. */
export type BooksOf = "component" | "app";

/** How a world begins. */
export interface WorldOptions {
  readonly books: BooksOf;
  readonly faults: readonly Fault[];
  readonly job: "goes well" | "fails";
  /** What the user has. */
  readonly credits: number;
}

/** What the books of the user say. */
export interface Books {
  /** What is left, with what is held. */
  readonly total: number;
  readonly held: number;
  readonly openSlots: number;
  /** Rows that still load. The component keeps none. */
  readonly loadingRows: number;
}

/** What is true of the deployment and the provider. */
export interface Facts {
  /** Jobs that the provider was paid for. */
  readonly jobs: number;
  /** No call is under way and nothing is waited for. */
  readonly isQuiet: boolean;
}

/** One user of a deployment, with a provider of its own. */
export interface MatrixWorld {
  /** Starts it, or starts it again, as a client that was told the first price. */
  generate(id: string): Promise<GenerationSnapshot>;
  cancel(id: string): Promise<void>;
  get(id: string): Promise<GenerationSnapshot | null>;
  /** Runs what is due, and lets time pass until the next timer. */
  step(): Promise<void>;
  /** The provider's webhook of the last job, where there is one. */
  callWebhook(): Promise<void>;
  /** Other polling options are deployed, and dearer prices. */
  deploy(polling: PollingOptions): Promise<void>;
  facts(): Promise<Facts>;
  books(): Promise<Books>;
  /** Whether a client that watches is shown this end, soon. True where the host has none. */
  isShown(ended: GenerationSnapshot): Promise<boolean>;
  close(): Promise<void>;
}

/** A kind of deployment. */
export interface MatrixHost {
  readonly name: string;
  open(options: WorldOptions): Promise<MatrixWorld>;
  /** False once it has ended. */
  isAlive(): boolean;
  close(): Promise<void>;
}
