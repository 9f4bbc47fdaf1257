// The ledger over a client whose every mutation gives what a test says, on simulated time; and an `api` as codegen writes it.
import { resolveVideoRequest, type VideoRequest } from "@video-engine/video-models";
import { getFunctionName, makeFunctionReference } from "convex/server";
import { convexToJson, type Value } from "convex/values";
import { vi } from "vitest";
import type { LoadingRow } from "../../ports.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import type { ConvexClientLike } from "../convex-client-like.ts";
import { createConvexLedger, type ConvexLedgerOptions } from "../create-convex-ledger.ts";

/** A promise that never settles. */
export const NEVER = new Promise<never>(() => undefined);

/** A ledger over a client whose every mutation gives this. `isSocket`: the client shows that it speaks over a socket. */
export function openLedger(answer: () => unknown, options: Partial<ConvexLedgerOptions> & { isSocket?: boolean } = {}) {
  const mutation = vi.fn<ConvexClientLike["mutation"]>(async () => answer());
  const clock = createTestClock();
  const client = options.isSocket === true ? { mutation, connectionState: () => undefined } : { mutation };
  const ledger = createConvexLedger({ client, clock, ...options });
  // As Convex's clients write them, so without members that are undefined.
  const onWire = (args: Record<string, unknown>): Record<string, unknown> => ({
    ...Object(convexToJson(args as Record<string, Value>)),
  });
  const sent = () =>
    mutation.mock.calls.map(([reference, args]) => ({ name: getFunctionName(reference), args: onWire(args) }));
  return { ledger, clock, mutation, sent };
}

/** The loading row of a request. */
export const rowOf = (request: VideoRequest): LoadingRow => ({
  sessionId: "session-1",
  slotId: "slot-1",
  credits: 208,
  modelLabel: "Veo 3.1 Fast",
  aspectRatio: "16:9",
  request: resolveVideoRequest(request).request,
});

/** The loading row of a request without attachments. */
export const plainRow = rowOf({ model: "vid-veo-3.1-fast", prompt: "a corgi", duration: 8 });

const mutationNamed = (name: string) => makeFunctionReference<"mutation">(name);
/** The functions as references, as an app passes them. */
export const generatedApi = {
  generations: {
    acquireGenerationSlot: mutationNamed("generations:acquireGenerationSlot"),
    updateGenerationStatus: mutationNamed("generations:updateGenerationStatus"),
  },
  users: {
    reserveCredits: mutationNamed("users:reserveCredits"),
    captureReservedCredits: mutationNamed("users:captureReservedCredits"),
    releaseReservedCredits: mutationNamed("users:releaseReservedCredits"),
    getUserCreditsBreakdown: makeFunctionReference<"query">("users:getUserCreditsBreakdown"),
  },
  sessions: {
    createSession: mutationNamed("sessions:createSession"),
    addGenerationToSession: mutationNamed("sessions:addGenerationToSession"),
    updateGeneration: mutationNamed("sessions:updateGeneration"),
    getUserSessions: makeFunctionReference<"query">("sessions:getUserSessions"),
    getSessionGenerations: makeFunctionReference<"query">("sessions:getSessionGenerations"),
  },
};
