// Generations that need no client, for every signed-in user. `perform` is internal: the scheduler calls it for the providers.
import { videos } from "./model/videoGenerations.ts";

export const { generate, cancel, get, list, events, perform } = videos.api({
  auth: async (ctx) => (await ctx.auth.getUserIdentity())?.subject,
});
