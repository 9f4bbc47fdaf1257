// What the app's code passes to the component: function handles and plain data. Kept with each generation, and renewed by each answer, so that a
// deploy reaches the generations that run.
import { v, type Infer } from "convex/values";

/** The app's functions, as handles. A group that is left out is kept in the component's own tables. */
const appFunctions = v.object({
  perform: v.string(),
  books: v.optional(
    v.object({ reserveCredits: v.string(), captureReservedCredits: v.string(), releaseReservedCredits: v.string() }),
  ),
  slots: v.optional(v.object({ acquireGenerationSlot: v.string(), updateGenerationStatus: v.string() })),
  grid: v.optional(
    v.object({ createSession: v.string(), addGenerationToSession: v.string(), updateGeneration: v.string() }),
  ),
});

/** What the app's functions take: as the options of the same names of `createVideoEngine`'s `backend`. */
const backend = v.object({
  fields: v.optional(v.array(v.string())),
  videosAs: v.optional(v.union(v.literal("strings"), v.literal("objects"))),
});

/** The settings of a generation. */
export const settings = v.object({
  functions: appFunctions,
  backend: v.optional(backend),
  /** Options of `createPollingPolicy`, as JSON. */
  polling: v.optional(v.string()),
  /** How many generations a user may have under way, where the component keeps the slots. */
  maxConcurrent: v.number(),
  /** The app makes posters. */
  makesPosters: v.optional(v.boolean()),
});

/** How often a user may begin: at most so many in a minute, and in an hour. */
export const rateLimits = v.object({ perMinute: v.optional(v.number()), perHour: v.optional(v.number()) });

/** The settings of a generation. */
export type Settings = Infer<typeof settings>;
