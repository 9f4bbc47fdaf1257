// The part of a Convex client that is used, and what kind of client it is. Knows no function of the app.
import type { MutationReference, QueryReference } from "./function-names.ts";

/** ConvexReactClient, ConvexClient and ConvexHttpClient fit as they are. */
export interface ConvexClientLike {
  mutation(
    reference: MutationReference,
    ...argsAndOptions: [args: Record<string, unknown>, options?: MutationOptions]
  ): Promise<unknown>;
  /** Needed to read the user's sessions and rows, and to read the balance back where the app allows it. */
  query?(reference: QueryReference, ...args: [args: Record<string, unknown>]): Promise<unknown>;
}

/** `skipQueue`: only ConvexHttpClient has a queue, in which one hung call would hold up all later calls. */
export interface MutationOptions {
  readonly skipQueue: boolean;
  /** Never set. Declared because it is the only option of the other clients, whose types would not fit without it. */
  readonly optimisticUpdate?: never;
}

/**
 * Whether the client uses a WebSocket. Such a client sends a mutation again after a reconnect and the server runs it once, so its promise
 * settles with the true answer or not at all. Over HTTP a rejection may hide a mutation that ran.
 */
export function isSocketClient(client: ConvexClientLike): boolean {
  return "connectionState" in client || "watchQuery" in client || "onUpdate" in client;
}
