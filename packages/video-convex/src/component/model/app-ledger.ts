// The app's own functions as the port that effects call: the same functions, arguments and answers as those that clients call, with the user's id
// beside them. They run within the transaction that asks for them.
import {
  createConvexLedger,
  type BackendReport,
  type BackendField,
  type ConvexClientLike,
  type VideoFunctions,
  type VideoLedger,
} from "@video-engine/video-sdk/adapters";
import type { FunctionHandle } from "convex/server";
import type { MutationCtx } from "../_generated/server.ts";
import { now } from "./moment.ts";
import type { LedgerOwner } from "./own-ledger.ts";
import type { Settings } from "./settings.ts";

/** The app's functions as a ledger for one generation. Only those of the groups that the app has given are ever called. */
export function appLedger(
  ctx: MutationCtx,
  { userId, key: id, settings }: LedgerOwner,
  onRefused: (refused: BackendReport) => void,
): VideoLedger {
  const { functions, backend } = settings;
  return createConvexLedger({
    client: clientOf(ctx, userId),
    clock: { now, setTimeout: noTimer, clearTimeout: () => undefined },
    functions: referencesTo(functions),
    takesOperationIds: true,
    onRefused: ({ call, message }) => onRefused({ type: "backend-refused", id, call, message }),
    videosAs: backend?.videosAs,
    fields: backend?.fields as readonly BackendField[] | undefined, // checked by the client's types
  });
}

function clientOf(ctx: MutationCtx, userId: string): ConvexClientLike {
  const client = {
    mutation: async (reference: unknown, args: Record<string, unknown>): Promise<unknown> => {
      const handle = reference as FunctionHandle<"mutation">; // put there by `referencesTo`
      return (await ctx.runMutation(handle, { ...args, userId })) as unknown; // any
    },
    // A transaction tells the truth, as a socket does: what throws has changed nothing.
    onUpdate: undefined,
  };
  return client;
}

/** Calls within a transaction have no deadline of their own. */
function noTimer(): never {
  throw new Error("Timers do not exist in a mutation.");
}

/** Handles in the places of references: what is called with them takes both. */
function referencesTo({ books, slots, grid }: Settings["functions"]): VideoFunctions {
  return { users: { ...books }, generations: { ...slots }, sessions: { ...grid } } as unknown as VideoFunctions;
}
