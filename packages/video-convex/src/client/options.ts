// What an app chooses of its generations. Types only.
import type { VideoPricing, AnyVideoRegistry } from "@video-engine/video-models";
import type { ConvexLedgerOptions } from "@video-engine/video-sdk/adapters";
import type { PollingOptions } from "@video-engine/video-sdk/core";
import type { Rehost, VideoProvider, VideoRouting, VideoServerListener } from "@video-engine/video-sdk/server";
import type { FunctionReference } from "convex/server";

/** A mutation of the app. Make it internal: it is told the user's id, and believes it. */
type AppMutation = FunctionReference<"mutation", "internal">;

/**
 * The app's credits: its functions of these names, as `createVideoEngine` calls them, with `userId` and `operationId` beside their arguments. They run
 * within the transaction of the generation, so a throw undoes them, and a repeat never comes; `operationId` may be ignored.
 */
export interface AppBooks {
  readonly reserveCredits: AppMutation;
  readonly captureReservedCredits: AppMutation;
  readonly releaseReservedCredits: AppMutation;
}

/** The app's concurrency slots, as {@link AppBooks}. */
export interface AppSlots {
  readonly acquireGenerationSlot: AppMutation;
  readonly updateGenerationStatus: AppMutation;
}

/** The app's sessions and rows, as {@link AppBooks}: so that every client sees the rows that it knows. A row names its slot, so it needs `slots`. */
export interface AppGrid {
  readonly createSession: AppMutation;
  readonly addGenerationToSession: AppMutation;
  readonly updateGeneration: AppMutation;
}

/** How often a user may start a generation. A window that is left out has no limit. */
export interface GenerateLimits {
  readonly perMinute?: number | undefined;
  readonly perHour?: number | undefined;
}

/** Options of `videoGenerations`. */
export interface VideoGenerationsOptions {
  /** The providers that are set up, such as `() => [falProvider({ credentials: process.env.FAL_KEY })]`. Called in the action that needs them. */
  readonly providers: () => readonly VideoProvider[];
  /** Where a model's jobs go, for models that do not go where the registry says. */
  readonly routing?: VideoRouting | undefined;
  /** Copies finished videos to a lasting URL, such as `createRehost`. Without it rows show the provider's URL, which may expire. */
  readonly rehost?: Rehost | undefined;
  /**
   * Makes a picture of a finished video's first frame, such as by a call of your media service, and answers its lasting URL, or undefined for none.
   * Called once per delivered video, in an action, when its generation has ended; what it throws is logged, and costs the poster alone. The picture comes
   * to the snapshot, and to the app's row. Left out: see "Posters" in the docs.
   */
  readonly firstFrame?:
    | ((videoUrl: string, of: { readonly userId: string; readonly id: string }) => Promise<string | undefined>)
    | undefined;
  /** Left out: the component keeps the credits. See `components.videoEngine.ledger`. */
  readonly books?: AppBooks | undefined;
  /** Left out: the component keeps the slots, `maxConcurrent` of them. */
  readonly slots?: AppSlots | undefined;
  /** Left out: there are no rows beside what `list` shows. */
  readonly grid?: AppGrid | undefined;
  /** What the app's functions take, as the option of the same name of `createVideoEngine`. */
  readonly backend?:
    | { readonly fields?: Exclude<ConvexLedgerOptions["fields"], "probe">; readonly videosAs?: "strings" | "objects" }
    | undefined;
  /** When to ask about a job. Plain data, because it is kept; a change reaches running generations with their next answer. */
  readonly polling?: PollingOptions | undefined;
  /** How many generations a user may have under way, where the component keeps the slots and `auth` says nothing else. Default 3. */
  readonly maxConcurrent?: number | undefined;
  /** How often a user may start one. Default 10 a minute and 60 an hour. `false`: no limit. */
  readonly rateLimits?: GenerateLimits | false | undefined;
  /** Replaces the prices. */
  readonly pricing?: Pick<VideoPricing, "quoteVideo"> | undefined;
  /** The rules of a newer catalogue. */
  readonly registry?: Pick<AnyVideoRegistry, "checkVideoRequest" | "getVideoModel" | "isVideoModelId"> | undefined;
  /** The public https URL of the route that `webhook` is mounted at. With it, jobs are submitted with a webhook to every provider that signs them. */
  readonly webhookUrl?: string | undefined;
  /** Called with each event of a provider's call, as that of `createVideoRoutes`. */
  readonly onEvent?: VideoServerListener | undefined;
}
