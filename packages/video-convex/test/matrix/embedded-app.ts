// Generations of the embedded example app with its own credits, slots and rows, and the faults of the matrix.
import { componentsGeneric, makeFunctionReference } from "convex/server";
import { videoGenerations, type ComponentApi } from "../../src/client/index.ts";
import { deployable } from "../support/deployed-options.ts";
import { faultyPerform } from "../support/faulty-perform.ts";
import { providersUnderTest } from "../support/providers-under-test.ts";

const { videoEngine } = componentsGeneric() as unknown as { videoEngine: ComponentApi }; // as its convex.config.ts names it

const book = (name: string) => makeFunctionReference<"mutation">(`videoBooks:${name}`) as never; // internal there
const books = {
  reserveCredits: book("reserveCredits"),
  captureReservedCredits: book("captureReservedCredits"),
  releaseReservedCredits: book("releaseReservedCredits"),
};
const slots = {
  acquireGenerationSlot: book("acquireGenerationSlot"),
  updateGenerationStatus: book("updateGenerationStatus"),
};
const grid = {
  createSession: book("createSession"),
  addGenerationToSession: book("addGenerationToSession"),
  updateGeneration: book("updateGeneration"),
};

const functions = videoGenerations(
  videoEngine,
  deployable({
    ...{ providers: providersUnderTest, books, slots, grid, backend: { fields: "all" } },
    webhookUrl: "https://app.example/webhook",
  }),
).api({ auth: async (ctx) => (await ctx.auth.getUserIdentity())?.subject });

export const { generate, cancel, get, list, events } = functions;

/** As it is, with the faults of the matrix. */
export const perform = faultyPerform(functions.perform);
