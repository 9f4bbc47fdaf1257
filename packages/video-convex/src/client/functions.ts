// The functions that an app exports, and what they say. Types only.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import type {
  GenericActionCtx,
  GenericDataModel,
  GenericMutationCtx,
  GenericQueryCtx,
  RegisteredAction,
  RegisteredMutation,
  RegisteredQuery,
} from "convex/server";
import type { PerformArguments } from "../component/model/perform-arguments.ts";

/** Who calls. */
export interface SignedInUser {
  /** The app's id of the user: never what a client says. */
  readonly userId: string;
  /** How many generations this user may have under way. Default: the option of the same name. */
  readonly maxConcurrent?: number | undefined;
}

/** Says who calls. Undefined or null: no user is signed in, and the call is refused. */
export type Auth<DataModel extends GenericDataModel> = (
  ctx: GenericQueryCtx<DataModel> | GenericMutationCtx<DataModel>,
) => Promise<SignedInUser | string | null | undefined>;

/** What a client says to start a generation. */
export interface GenerateArguments extends Record<string, unknown> {
  /** Unique per user, made by the client: a repeat is the same generation, and with another request it is refused. */
  readonly id: string;
  /** A `VideoRequest`. Files are uploaded before, and are in it as https URLs. */
  readonly request: unknown;
  /** The session to record in. Absent: one is created. */
  readonly sessionId?: string;
  /** The price that the user was told. Another price is refused with `price-changed`. Absent: the server's is taken. */
  readonly credits?: number;
}

/** What `events` answers: each event as JSON, oldest first, at most 100. */
export interface EventsAnswer {
  /** The number to go on from. */
  readonly last: number;
  readonly events: readonly { readonly number: number; readonly event: string }[];
}

/** The functions to export. They must have these names. */
export interface VideoFunctionsOf {
  /** Starts a generation: one mutation, after which no client is needed. */
  readonly generate: RegisteredMutation<"public", GenerateArguments, Promise<GenerationSnapshot>>;
  /** Asks to cancel one. */
  readonly cancel: RegisteredMutation<"public", { id: string }, Promise<GenerationSnapshot>>;
  /** One generation of the caller, or null. */
  readonly get: RegisteredQuery<"public", { id: string }, Promise<GenerationSnapshot | null>>;
  /** The caller's generations, newest first: all that run, and the last `limit` that have ended. Default 50, at most 200. */
  readonly list: RegisteredQuery<"public", { limit?: number }, Promise<readonly GenerationSnapshot[]>>;
  /**
   * What happens to the caller's generations, after an event's number: for the clients' `onEvent`, and only needed for that. Without `after`: the
   * number of the last one.
   */
  readonly events: RegisteredQuery<"public", { after?: number }, Promise<EventsAnswer>>;
  /** Calls the providers. Internal: only the scheduler calls it. */
  readonly perform: RegisteredAction<"internal", PerformArguments, Promise<null>>;
}

/** The contexts that the component is called from. */
export type MutationCtx = GenericMutationCtx<GenericDataModel>;
/** As {@link MutationCtx}. */
export type QueryCtx = GenericQueryCtx<GenericDataModel>;
/** As {@link MutationCtx}. */
export type ActionCtx = GenericActionCtx<GenericDataModel>;
