/* eslint-disable */
/**
 * Generated `ComponentApi` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */
import type { FunctionReference } from "convex/server";

type Balance = { available: number; balance: number; held: number };
type Settings = {
  backend?: { fields?: Array<string>; videosAs?: "strings" | "objects" };
  functions: {
    books?: { captureReservedCredits: string; releaseReservedCredits: string; reserveCredits: string };
    grid?: { addGenerationToSession: string; createSession: string; updateGeneration: string };
    perform: string;
    slots?: { acquireGenerationSlot: string; updateGenerationStatus: string };
  };
  makesPosters?: boolean;
  maxConcurrent: number;
  polling?: string;
};

/**
 * A utility for referencing a Convex component's exposed API.
 *
 * Useful when expecting a parameter like `components.videoEngine`.
 */
export type ComponentApi<Name extends string | undefined = string | undefined> = {
  generations: {
    answer: FunctionReference<
      "mutation",
      "internal",
      { call: string; generation: string; payload: string; polling?: string },
      null,
      Name
    >;
    begin: FunctionReference<
      "mutation",
      "internal",
      { call: string; generation: string; ticket: string },
      null | string,
      Name
    >;
    cancel: FunctionReference<"mutation", "internal", { key: string; userId: string }, any, Name>;
    events: FunctionReference<
      "query",
      "internal",
      { after?: number; userId: string },
      { events: Array<{ event: string; number: number }>; last: number },
      Name
    >;
    get: FunctionReference<"query", "internal", { key: string; userId: string }, any, Name>;
    hear: FunctionReference<
      "mutation",
      "internal",
      { generation?: string; jobId: string; provider: string; ticket?: string },
      null,
      Name
    >;
    list: FunctionReference<"query", "internal", { limit: number; userId: string }, Array<any>, Name>;
    showPoster: FunctionReference<
      "mutation",
      "internal",
      { generation: string; previewImage: string },
      null,
      Name
    >;
    start: FunctionReference<
      "mutation",
      "internal",
      {
        asked: string;
        key: string;
        plan: string;
        rateLimits?: { perHour?: number; perMinute?: number };
        settings: Settings;
        userId: string;
      },
      any,
      Name
    >;
    started: FunctionReference<"query", "internal", { asked: string; key: string; userId: string }, any, Name>;
  };
  ledger: {
    capture: FunctionReference<"mutation", "internal", { amount: number; key: string; userId: string }, Balance, Name>;
    grant: FunctionReference<
      "mutation",
      "internal",
      { amount: number; key: string; note?: string; userId: string },
      Balance,
      Name
    >;
    history: FunctionReference<
      "query",
      "internal",
      { before?: number; limit: number; userId: string },
      Array<{
        amount: number;
        at: number;
        balance: number;
        held: number;
        key: string;
        note?: string;
        number: number;
        of?: string;
        type: "grant" | "reserve" | "capture" | "release" | "refund" | "expire";
      }>,
      Name
    >;
    read: FunctionReference<"query", "internal", { userId: string }, Balance, Name>;
    refund: FunctionReference<
      "mutation",
      "internal",
      { amount: number; key: string; note?: string; refundKey: string; userId: string },
      Balance,
      Name
    >;
    release: FunctionReference<"mutation", "internal", { key: string; userId: string }, Balance, Name>;
    reserve: FunctionReference<
      "mutation",
      "internal",
      { amount: number; expiresInMs?: number; key: string; userId: string },
      { success: true } | { message: string; success: false },
      Name
    >;
    setCeiling: FunctionReference<
      "mutation",
      "internal",
      {
        credits: null | number;
        period: "day" | "month" | "ever";
        scope: "all" | "each-user" | { userId: string };
      },
      null,
      Name
    >;
  };
};
