// The part of a Convex client that is used, and which kind of client it is. Knows no function of the app.
import type { FunctionReference } from "convex/server";

/** ConvexReactClient, ConvexClient and ConvexHttpClient fit as they are. */
export interface ConvexClientLike {
  mutation(
    reference: FunctionReference<"mutation", "public", Record<string, unknown>>,
    ...argsAndOptions: [args: Record<string, unknown>, options?: MutationOptions]
  ): Promise<unknown>;
  /** Needed to read the user's balance back, where the app has said that this may be done. */
  query?(
    reference: FunctionReference<"query", "public", Record<string, unknown>>,
    ...args: [args: Record<string, unknown>]
  ): Promise<unknown>;
}

/** `skipQueue`: only ConvexHttpClient has a queue of its own, in which one hung call would hold up every later one. */
export interface MutationOptions {
  readonly skipQueue: boolean;
  /** Never given. Named because it is the only option that the other clients know, without which theirs would not fit. */
  readonly optimisticUpdate?: never;
}

/**
 * Whether the client speaks over a WebSocket. Such a client sends a mutation again after a reconnect and the server runs it once,
 * so its promise is the truth: it settles with an answer, or not at all. Over HTTP a rejection may hide a mutation that ran.
 */
export function isSocketClient(client: ConvexClientLike): boolean {
  return "connectionState" in client || "watchQuery" in client || "onUpdate" in client;
}
