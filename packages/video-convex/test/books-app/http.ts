// Where the providers' webhooks arrive.
import { httpRouter, componentsGeneric } from "convex/server";
import { videoGenerations, type ComponentApi } from "../../src/client/index.ts";
import { providersUnderTest } from "../support/providers-under-test.ts";

const { videoEngine } = componentsGeneric() as unknown as { videoEngine: ComponentApi }; // as its convex.config.ts names it
const http = httpRouter();
http.route({
  path: "/webhook",
  method: "POST",
  handler: videoGenerations(videoEngine, { providers: providersUnderTest }).webhook,
});

export default http;
