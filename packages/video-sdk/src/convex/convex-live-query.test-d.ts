// Convex's three clients fit as they are, and so does a generated api.
import type { ConvexClient, ConvexHttpClient } from "convex/browser";
import type { ConvexReactClient } from "convex/react";
import type { FunctionReference } from "convex/server";
import { expectTypeOf, test } from "vitest";
import type { LiveConvexClient } from "./convex-live-query.ts";
import type { SessionFunctions } from "./create-convex-session-reader.ts";

test("a client is any of Convex's, or something with mutation()", () => {
  expectTypeOf<ConvexReactClient>().toExtend<LiveConvexClient>();
  expectTypeOf<ConvexClient>().toExtend<LiveConvexClient>();
  expectTypeOf<ConvexHttpClient>().toExtend<LiveConvexClient>();
  expectTypeOf<{ mutation(): Promise<null> }>().toExtend<LiveConvexClient>();
});

test("the functions are those of a generated api", () => {
  type Id = string & { __tableName: "sessions" };
  type Sessions = {
    getUserSessions: FunctionReference<"query", "public", Record<string, never>, { _id: Id; title: string }[]>;
    getSessionGenerations: FunctionReference<"query", "public", { sessionId: Id }, { _id: string }[]>;
    createSession: FunctionReference<"mutation", "public", { type: "video"; title?: string }, Id>;
  };
  expectTypeOf<{ sessions: Sessions; users: object }>().toExtend<SessionFunctions>();
  expectTypeOf<{ sessions: Omit<Sessions, "createSession"> }>().not.toExtend<SessionFunctions>();
});
