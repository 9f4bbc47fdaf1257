// The same app, with an `auth` that answers what the test says.
import { componentsGeneric } from "convex/server";
import { videoGenerations, type ComponentApi } from "../../src/client/index.ts";
import { authUnderTest } from "../support/auth-under-test.ts";
import { providersUnderTest } from "../support/providers-under-test.ts";

const { videoEngine } = componentsGeneric() as unknown as { videoEngine: ComponentApi }; // as its convex.config.ts names it

export const { generate, cancel, get, list, events, perform } = videoGenerations(videoEngine, {
  providers: providersUnderTest,
}).api({ auth: authUnderTest });
