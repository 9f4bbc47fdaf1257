// The action that calls a provider for the machine, and tells it the answer. At most once: Convex runs no action again.
import { createPerformEffect, type FileUploads, type VideoLedger } from "@video-engine/video-sdk/adapters";
import type { EventPayload, OutsideEffect } from "@video-engine/video-sdk/core";
import { createProviderVideoApi, type VideoProvider } from "@video-engine/video-sdk/server";
import pRetry from "p-retry";
import type { ComponentApi } from "../component/_generated/component.ts";
import { POSTER_CALL, type PerformArguments } from "../component/model/perform-arguments.ts";
import type { ActionCtx } from "./functions.ts";
import type { VideoGenerationsOptions } from "./options.ts";
import { webhookAddress } from "./webhook.ts";

/** How often an answer is told before its action gives up; the watchdog then says that none came. */
const TOLD_AGAIN = 5;

/** As long as the longest address of a video that is kept. */
const LONGEST_URL = 65_536;

/** Performs one call. */
export async function perform(
  ctx: ActionCtx,
  { generation, call, userId, key, effect: given }: PerformArguments,
  { component, options }: { readonly component: ComponentApi; readonly options: VideoGenerationsOptions },
): Promise<null> {
  if (call === POSTER_CALL)
    return await makePoster(ctx, { generation, userId, id: key, videoUrl: given ?? "" }, { component, options });
  const ticket = crypto.randomUUID();
  const { routing, rehost, onEvent, webhookUrl } = options;
  const webhookUrlOf = ({ id, verifyWebhook }: VideoProvider): string | undefined =>
    webhookUrl === undefined || verifyWebhook === undefined
      ? undefined
      : webhookAddress(webhookUrl, { provider: id, generation, ticket });
  const api = createProviderVideoApi({
    providers: options.providers(),
    userId,
    routing,
    rehost,
    onEvent,
    webhookUrlOf,
  });
  // Settings that throw have thrown by now: a call that has not begun certainly was not sent.
  const text = given ?? (await ctx.runMutation(component.generations.begin, { generation, call, ticket }));
  if (text === null) return null;
  const effect = JSON.parse(text) as OutsideEffect; // written by the component
  const { signal } = new AbortController();
  const answer = await createPerformEffect({ api, ...NOT_HERE })(effect, { signal, onProgress: () => undefined });
  // Its webhook can still say which job it was, until the watchdog ends the call.
  if (isLostSubmit(answer) && webhookUrl !== undefined) return null;
  const told = { generation, call, payload: JSON.stringify(answer), ...pollingOf(options) };
  // Telling it twice is harmless: the machine knows each answer by its attempt.
  await pRetry(async () => await ctx.runMutation(component.generations.answer, told), { retries: TOLD_AGAIN });
  return null;
}

/** Makes a poster, once. */
async function makePoster(
  ctx: ActionCtx,
  {
    generation,
    videoUrl,
    ...of
  }: { readonly generation: string; readonly videoUrl: string; readonly userId: string; readonly id: string },
  { component, options }: { readonly component: ComponentApi; readonly options: VideoGenerationsOptions },
): Promise<null> {
  try {
    const previewImage: unknown = await options.firstFrame?.(videoUrl, of);
    if (typeof previewImage === "string" && isHttps(previewImage))
      await ctx.runMutation(component.generations.showPoster, { generation, previewImage });
  } catch (thrown) {
    // oxlint-disable-next-line no-console -- what is caught here reaches no other log of the deployment
    console.error(`video-engine: the poster of generation "${of.id}" could not be made.`, thrown);
  }
  return null;
}

function isHttps(url: string): boolean {
  return url.length <= LONGEST_URL && /^https:\/\/\S+$/.test(url);
}

function isLostSubmit(answer: EventPayload): boolean {
  return answer.type === "effect-failed" && answer.effect === "submit-job" && answer.certainty === "unknown";
}

function pollingOf({ polling }: VideoGenerationsOptions): { polling?: string } {
  return polling === undefined ? {} : { polling: JSON.stringify(polling) };
}

const notHere = (): never => {
  throw new Error("This is no call of a provider.");
};
/** The books and the files are not an action's. */
const NOT_HERE = {
  ledger: { acquireSlot: notHere } as unknown as VideoLedger, // no effect of a ledger reaches an action
  files: { upload: notHere } satisfies FileUploads,
};
