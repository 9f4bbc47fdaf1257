// An app that leaves its credits, slots and rows to the component.
import { componentsGeneric } from "convex/server";
import { videoGenerations, type ComponentApi } from "../../src/client/index.ts";
import { deployable } from "../support/deployed-options.ts";
import { faultyPerform } from "../support/faulty-perform.ts";
import { providersUnderTest } from "../support/providers-under-test.ts";

const { videoEngine } = componentsGeneric() as unknown as { videoEngine: ComponentApi }; // as its convex.config.ts names it

const videos = videoGenerations(
  videoEngine,
  deployable({
    providers: providersUnderTest,
    webhookUrl: "https://app.example/webhook",
    maxConcurrent: 20,
    rateLimits: { perMinute: 100 },
  }),
);

const functions = videos.api({ auth: async (ctx) => (await ctx.auth.getUserIdentity())?.subject });

export const { generate, cancel, get, list, events } = functions;

/** As it is, with the faults of the test. */
export const perform = faultyPerform(functions.perform);
