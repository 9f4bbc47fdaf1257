// The app's side: functions to export, made from a few choices. What happens then is the component's part.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import {
  httpActionGeneric,
  internalActionGeneric,
  mutationGeneric,
  queryGeneric,
  type GenericDataModel,
  type PublicHttpAction,
} from "convex/server";
import { v } from "convex/values";
import type { ComponentApi } from "../component/_generated/component.ts";
import { refusal } from "../component/model/refusal.ts";
import type { Auth, EventsAnswer, MutationCtx, QueryCtx, SignedInUser, VideoFunctionsOf } from "./functions.ts";
import type { VideoGenerationsOptions } from "./options.ts";
import { perform } from "./perform.ts";
import { checkId, signedIn } from "./check-caller.ts";
import { startArguments, startKey } from "./start-arguments.ts";
import { hearWebhook } from "./webhook.ts";

/** What {@link videoGenerations} gives. */
export interface VideoGenerations {
  /**
   * The functions to export, by these names, from one module. `auth` says who calls.
   *
   * @example
   * export const { generate, cancel, get, list, perform } = videos.api({
   *   auth: async (ctx) => (await ctx.auth.getUserIdentity())?.subject,
   * });
   */
  api<DataModel extends GenericDataModel>(options: { readonly auth: Auth<DataModel> }): VideoFunctionsOf;
  /** The HTTP action for the providers' webhooks: mount it with `POST` at the path of `webhookUrl`. */
  readonly webhook: PublicHttpAction;
}

const ENDED = 50;
const MOST_ENDED = 200;
const id = v.string();

/**
 * Generations that need no client, for an app's `convex/` folder. `component` is `components.videoEngine`.
 *
 * @example
 * const videos = videoGenerations(components.videoEngine, {
 *   providers: () => [falProvider({ credentials: process.env.FAL_KEY })],
 * });
 */
export function videoGenerations(component: ComponentApi, options: VideoGenerationsOptions): VideoGenerations {
  return {
    api: ({ auth }) => {
      const userOf = async (ctx: QueryCtx | MutationCtx): Promise<SignedInUser> => {
        return signedIn(await auth(ctx as unknown as Parameters<typeof auth>[0])); // of the app's own data model
      };
      return {
        ...changing(component, options, userOf),
        ...reading(component, userOf),
        perform: internalActionGeneric({
          args: {
            ...{ generation: v.string(), call: v.string(), userId: v.string(), key: v.string() },
            effect: v.optional(v.string()),
          },
          handler: async (ctx, args) => await perform(ctx, args, { component, options }),
        }),
      };
    },
    webhook: httpActionGeneric(
      async (ctx, request) => await hearWebhook(ctx, request, { component, providers: options.providers }),
    ),
  };
}

type UserOf = (ctx: QueryCtx | MutationCtx) => Promise<SignedInUser>;

function changing(
  component: ComponentApi,
  options: VideoGenerationsOptions,
  userOf: UserOf,
): Pick<VideoFunctionsOf, "generate" | "cancel"> {
  return {
    generate: mutationGeneric({
      args: { id, request: v.any(), sessionId: v.optional(v.string()), credits: v.optional(v.number()) },
      handler: async (ctx, asked): Promise<GenerationSnapshot> => {
        const user = await userOf(ctx);
        const key = startKey(user, asked);
        // First, and before anything is refused: what has begun goes on, whatever a deploy has made of models and prices.
        const earlier = await ctx.runQuery(component.generations.started, key);
        if (earlier !== null) return earlier as GenerationSnapshot; // made by the component's machine
        const args = await startArguments(ctx, user, { asked, options });
        return await ctx.runMutation(component.generations.start, { ...key, ...args });
      },
    }),
    cancel: mutationGeneric({
      args: { id },
      handler: async (ctx, { id: key }): Promise<GenerationSnapshot> => {
        const { userId } = await userOf(ctx);
        checkId(key);
        return await ctx.runMutation(component.generations.cancel, { userId, key });
      },
    }),
  };
}

function reading(component: ComponentApi, userOf: UserOf): Pick<VideoFunctionsOf, "get" | "list" | "events"> {
  return {
    get: queryGeneric({
      args: { id },
      handler: async (ctx, { id: key }): Promise<GenerationSnapshot | null> => {
        const { userId } = await userOf(ctx);
        return await ctx.runQuery(component.generations.get, { userId, key });
      },
    }),
    events: queryGeneric({
      args: { after: v.optional(v.number()) },
      handler: async (ctx, { after }): Promise<EventsAnswer> => {
        const { userId } = await userOf(ctx);
        return await ctx.runQuery(component.generations.events, after === undefined ? { userId } : { userId, after });
      },
    }),
    list: queryGeneric({
      args: { limit: v.optional(v.number()) },
      handler: async (ctx, { limit = ENDED }): Promise<readonly GenerationSnapshot[]> => {
        const { userId } = await userOf(ctx);
        if (!(limit >= 0)) throw refusal("invalid-request", `limit must be a number from 0, got ${limit}.`);
        const most = Math.min(Math.trunc(limit), MOST_ENDED);
        return await ctx.runQuery(component.generations.list, { userId, limit: most });
      },
    }),
  };
}
