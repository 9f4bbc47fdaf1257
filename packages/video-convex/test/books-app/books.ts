// The books and rows of an app: the functions of the plan, with the user's id. Each does its part, and then what the test wants.
import {
  internalMutationGeneric,
  type DataModelFromSchemaDefinition,
  type GenericMutationCtx,
  type MutationBuilder,
} from "convex/server";
import { v, type GenericId } from "convex/values";
import { answerOf } from "../support/app-faults.ts";
import type schema from "./schema.ts";

type Model = DataModelFromSchemaDefinition<typeof schema>;
const internalMutation = internalMutationGeneric as MutationBuilder<Model, "internal">;

const who = { userId: v.string(), operationId: v.optional(v.string()) };

async function userOf({ db }: GenericMutationCtx<Model>, userId: string) {
  const user = await db
    .query("users")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .unique();
  if (user === null) throw new Error("There is no such user.");
  return user;
}

const amountOf = { ...who, amount: v.number() };

export const reserveCredits = internalMutation({
  args: amountOf,
  handler: async (ctx, { userId, amount }) => {
    const { _id, credits, reserved } = await userOf(ctx, userId);
    if (credits - reserved < amount) return { success: false, message: "Not enough credits." };
    await ctx.db.patch("users", _id, { reserved: reserved + amount });
    return answerOf("reserveCredits", { success: true });
  },
});

export const captureReservedCredits = internalMutation({
  args: amountOf,
  handler: async (ctx, { userId, amount }) => {
    const { _id, credits, reserved } = await userOf(ctx, userId);
    await ctx.db.patch("users", _id, { credits: credits - amount, reserved: reserved - amount });
    return answerOf("captureReservedCredits", null);
  },
});

export const releaseReservedCredits = internalMutation({
  args: amountOf,
  handler: async (ctx, { userId, amount }) => {
    const { _id, reserved } = await userOf(ctx, userId);
    await ctx.db.patch("users", _id, { reserved: reserved - amount });
    return answerOf("releaseReservedCredits", null);
  },
});

export const acquireGenerationSlot = internalMutation({
  args: { ...who, type: v.string(), prompt: v.string() },
  handler: async (ctx, { userId }) => {
    const generationId = await ctx.db.insert("slots", { userId, status: "generating" });
    return answerOf("acquireGenerationSlot", { ok: true, generationId });
  },
});

export const updateGenerationStatus = internalMutation({
  args: {
    ...who,
    generationId: v.id("slots"),
    status: v.string(),
    videoUrl: v.optional(v.string()),
    error: v.optional(v.string()),
  },
  handler: async (ctx, { generationId, status }) => {
    await ctx.db.patch("slots", generationId, { status });
    return answerOf("updateGenerationStatus", null);
  },
});

export const createSession = internalMutation({
  args: { ...who, title: v.string(), type: v.string() },
  handler: async (ctx, { userId, title }) =>
    answerOf("createSession", await ctx.db.insert("sessions", { userId, title })),
});

export const addGenerationToSession = internalMutation({
  args: {
    ...who,
    sessionId: v.id("sessions"),
    concurrencySlotId: v.id("slots"),
    prompt: v.string(),
    more: v.optional(v.any()),
    ...shown(),
  },
  handler: async (ctx, { userId, sessionId, concurrencySlotId: slotId, prompt }) => {
    const row = { userId, sessionId, slotId, prompt, isLoading: true, videos: [] };
    return answerOf("addGenerationToSession", await ctx.db.insert("rows", row));
  },
});

/** What a row shows beside its prompt. */
function shown() {
  return {
    ...{ type: v.string(), model: v.string(), modelLabel: v.string(), aspectRatio: v.string(), isLoading: v.boolean() },
    ...{ videos: v.optional(v.array(v.string())), creditsUsed: v.optional(v.number()) },
    ...{ sourceImage: v.optional(v.string()), removeWatermark: v.optional(v.boolean()) },
  };
}

export const updateGeneration = internalMutation({
  args: {
    ...{ ...who, generationId: v.id("rows"), isLoading: v.boolean() },
    ...{ videos: v.optional(v.array(v.string())), completedAt: v.optional(v.number()), error: v.optional(v.string()) },
    ...{ externalRequestId: v.optional(v.string()), refunded: v.optional(v.boolean()) },
    previewImage: v.optional(v.string()),
  },
  handler: async (ctx, { generationId, isLoading, externalRequestId: requestId, ...shown }) => {
    const { videos, error, refunded, previewImage } = shown;
    const changes = { videos, error, refunded, requestId, previewImage };
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    await ctx.db.patch("rows", generationId as GenericId<"rows">, { isLoading, ...given });
    return answerOf("updateGeneration", null);
  },
});
