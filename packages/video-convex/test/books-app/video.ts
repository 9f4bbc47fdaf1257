// An app that keeps its own books and rows.
import { componentsGeneric, makeFunctionReference } from "convex/server";
import { videoGenerations, type ComponentApi } from "../../src/client/index.ts";
import { deployable } from "../support/deployed-options.ts";
import { faultyPerform } from "../support/faulty-perform.ts";
import { providersUnderTest } from "../support/providers-under-test.ts";

const { videoEngine } = componentsGeneric() as unknown as { videoEngine: ComponentApi }; // as its convex.config.ts names it

const book = (name: string) => makeFunctionReference<"mutation">(`books:${name}`) as never; // internal there

const videos = videoGenerations(
  videoEngine,
  deployable({
    providers: providersUnderTest,
    books: {
      reserveCredits: book("reserveCredits"),
      captureReservedCredits: book("captureReservedCredits"),
      releaseReservedCredits: book("releaseReservedCredits"),
    },
    slots: {
      acquireGenerationSlot: book("acquireGenerationSlot"),
      updateGenerationStatus: book("updateGenerationStatus"),
    },
    grid: {
      createSession: book("createSession"),
      addGenerationToSession: book("addGenerationToSession"),
      updateGeneration: book("updateGeneration"),
    },
    backend: { fields: "all" },
    webhookUrl: "https://app.example/webhook",
  }),
);

const functions = videos.api({ auth: async (ctx) => (await ctx.auth.getUserIdentity())?.subject });

export const { generate, cancel, get, list, events } = functions;

/** As it is, with the faults of the test. */
export const perform = faultyPerform(functions.perform);
