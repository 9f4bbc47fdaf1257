// The only list of the app's Convex functions.
/**
 * A reference to a public function, as Convex generates it. Written out here, so that our types need no Convex: its own `FunctionReference`
 * fits, and is fitted.
 */
interface PublicReference<Type extends "mutation" | "query"> {
  readonly _type: Type;
  readonly _visibility: "public";
  readonly _args: Record<string, unknown>;
  readonly _returnType: unknown;
  readonly _componentPath: string | undefined;
}

/** A mutation of the app: its generated reference. */
export type MutationReference = PublicReference<"mutation">;

/** A query of the app: its generated reference. */
export type QueryReference = PublicReference<"query">;

/** Every function that the engine calls, in the shape of the app's generated `api`. */
export interface VideoFunctions {
  readonly generations: {
    readonly acquireGenerationSlot: MutationReference;
    readonly updateGenerationStatus: MutationReference;
  };
  readonly users: {
    readonly reserveCredits: MutationReference;
    readonly captureReservedCredits: MutationReference;
    readonly releaseReservedCredits: MutationReference;
    readonly getUserCreditsBreakdown: QueryReference;
  };
  readonly sessions: {
    readonly createSession: MutationReference;
    readonly addGenerationToSession: MutationReference;
    readonly updateGeneration: MutationReference;
    readonly getUserSessions: QueryReference;
    readonly getSessionGenerations: QueryReference;
  };
}

/** The functions by their deployed names, for apps that pass no generated `api`. `prefix` puts a folder before each module. */
export function functionsByName(prefix = ""): VideoFunctions {
  // Every Convex client accepts a plain name for a reference; only its type does not say so.
  const byName = <Reference = MutationReference>(name: string): Reference => `${prefix}${name}` as unknown as Reference;
  return {
    generations: {
      acquireGenerationSlot: byName("generations:acquireGenerationSlot"),
      updateGenerationStatus: byName("generations:updateGenerationStatus"),
    },
    users: {
      reserveCredits: byName("users:reserveCredits"),
      captureReservedCredits: byName("users:captureReservedCredits"),
      releaseReservedCredits: byName("users:releaseReservedCredits"),
      getUserCreditsBreakdown: byName<QueryReference>("users:getUserCreditsBreakdown"),
    },
    sessions: {
      createSession: byName("sessions:createSession"),
      addGenerationToSession: byName("sessions:addGenerationToSession"),
      updateGeneration: byName("sessions:updateGeneration"),
      getUserSessions: byName<QueryReference>("sessions:getUserSessions"),
      getSessionGenerations: byName<QueryReference>("sessions:getSessionGenerations"),
    },
  };
}
