// What an app hands to createVideoEngine fits as it is: Convex's three clients, its generated `api`, and a ky instance.
import type { ConvexClient, ConvexHttpClient } from "convex/browser";
import type { ConvexReactClient } from "convex/react";
import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
  FunctionType,
  RegisteredMutation,
  RegisteredQuery,
} from "convex/server";
import type { KyInstance } from "ky";
import { describe, expectTypeOf, test } from "vitest";
import { createVideoEngine, type VideoEngineOptions } from "../create-video-engine.ts";
import type { ConvexClientLike } from "./convex-client-like.ts";

type Options<Name extends keyof VideoEngineOptions> = NonNullable<VideoEngineOptions[Name]>;

/** What `convex codegen` writes for the deployed functions, with others of the app beside them. */
type GeneratedApi = FilterApi<
  ApiFromModules<{
    generations: {
      acquireGenerationSlot: RegisteredMutation<
        "public",
        { type: "image" | "video"; prompt: string },
        Promise<{ ok: boolean; generationId?: string }>
      >;
      updateGenerationStatus: RegisteredMutation<
        "public",
        { generationId: string & { __tableName: "generations" }; status: string; videoUrl?: string; error?: string },
        null
      >;
      cleanUp: RegisteredMutation<"internal", Record<string, never>, null>;
    };
    users: {
      reserveCredits: RegisteredMutation<"public", { amount: number }, Promise<boolean>>;
      captureReservedCredits: RegisteredMutation<"public", { amount: number; operationId?: string }, Promise<null>>;
      releaseReservedCredits: RegisteredMutation<"public", { amount: number }, Promise<null>>;
      getUserCreditsBreakdown: RegisteredQuery<"public", Record<string, never>, Promise<{ total: number }>>;
    };
    sessions: {
      createSession: RegisteredMutation<
        "public",
        { title?: string; type: "video"; forceNew?: boolean },
        Promise<string>
      >;
      addGenerationToSession: RegisteredMutation<"public", { sessionId: string; videos: string[] }, Promise<string>>;
      updateGeneration: RegisteredMutation<
        "public",
        { generationId: string; isLoading: boolean; videos?: string[] },
        Promise<void>
      >;
      getUserSessions: RegisteredQuery<"public", Record<string, never>, Promise<{ _id: string }[]>>;
      getSessionGenerations: RegisteredQuery<"public", { sessionId: string }, Promise<{ _id: string }[]>>;
    };
    billing: { pay: RegisteredMutation<"public", { plan: string }, Promise<null>> };
  }>,
  FunctionReference<FunctionType, "public">
>;

/** The same app, where someone has turned a mutation into a query. */
type BrokenApi = Omit<GeneratedApi, "users"> & {
  users: Omit<GeneratedApi["users"], "reserveCredits"> & {
    reserveCredits: GeneratedApi["users"]["getUserCreditsBreakdown"];
  };
};

describe("convex", () => {
  test("is any of Convex's clients", () => {
    expectTypeOf<ConvexReactClient>().toExtend<ConvexClientLike>();
    expectTypeOf<ConvexClient>().toExtend<ConvexClientLike>();
    expectTypeOf<ConvexHttpClient>().toExtend<ConvexClientLike>();
    expectTypeOf<ConvexReactClient | ConvexClient | ConvexHttpClient>().toExtend<Options<"convex">>();
  });

  test("is an object of the app's own with mutation()", () => {
    expectTypeOf<{ mutation(): Promise<null> }>().toExtend<Options<"convex">>();
    expectTypeOf({ mutation: async (_reference: unknown, args: Record<string, unknown>) => args["amount"] }).toExtend<
      Options<"convex">
    >();
  });

  test("is not something without mutation(), nor one that gives no promise", () => {
    expectTypeOf<{ query(): Promise<null> }>().not.toExtend<Options<"convex">>();
    expectTypeOf<{ mutation(): number }>().not.toExtend<Options<"convex">>();
  });
});

describe("functions", () => {
  test("is the generated api, with the app's other functions in it", () => {
    expectTypeOf<GeneratedApi>().toExtend<Options<"functions">>();
    expectTypeOf<GeneratedApi["users"]["reserveCredits"]>().toExtend<FunctionReference<"mutation">>();
  });

  test("is not an api that lacks one of the functions, or has a query in its place", () => {
    expectTypeOf<Omit<GeneratedApi, "users">>().not.toExtend<Options<"functions">>();
    expectTypeOf<BrokenApi>().not.toExtend<Options<"functions">>();
  });
});

describe("http", () => {
  test("is a ky instance", () => {
    expectTypeOf<KyInstance>().toExtend<Options<"http">>();
  });

  test("is an address with a token, given at once or later", () => {
    expectTypeOf<{ baseUrl: string; getToken: () => Promise<string | null> }>().toExtend<Options<"http">>();
    expectTypeOf<{ baseUrl: string; getToken: () => string }>().toExtend<Options<"http">>();
    expectTypeOf<{ baseUrl: string; getToken: (options: { isForced: boolean }) => null }>().toExtend<Options<"http">>();
  });

  test("is not an address without a way to its token", () => {
    expectTypeOf<{ baseUrl: string }>().not.toExtend<Options<"http">>();
    expectTypeOf<{ baseUrl: string; getToken: () => number }>().not.toExtend<Options<"http">>();
  });
});

test("an engine is made from them without a cast", () => {
  const make = (
    convex: ConvexReactClient | ConvexClient | ConvexHttpClient,
    http: KyInstance,
    functions: GeneratedApi,
  ) =>
    createVideoEngine({
      convex,
      http,
      functions,
      backend: { takesOperationIds: true, videosAs: "objects" },
      routes: { cancel: "api/cancel" },
    });
  expectTypeOf(make).returns.toHaveProperty("generate");
});
