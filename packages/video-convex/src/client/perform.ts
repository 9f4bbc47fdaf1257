// The action that calls a provider for the machine, and tells it the answer. At most once: Convex runs no action again.
import { createPerformEffect, type FileUploads, type VideoLedger } from "@video-engine/video-sdk/adapters";
import type { EventPayload, OutsideEffect } from "@video-engine/video-sdk/core";
import { createProviderVideoApi, type VideoProvider } from "@video-engine/video-sdk/server";
import pRetry from "p-retry";
import type { ComponentApi } from "../component/_generated/component.ts";
import type { PerformArguments } from "../component/model/dispatch.ts";
import type { ActionCtx } from "./functions.ts";
import type { VideoGenerationsOptions } from "./options.ts";
import { webhookAddress } from "./webhook.ts";

/** How often an answer is told before its action gives up; the watchdog then says that none came. */
const TOLD_AGAIN = 5;

/** Performs one call. */
export async function perform(
  ctx: ActionCtx,
  { generation, call, userId, effect: given }: PerformArguments,
  { component, options }: { readonly component: ComponentApi; readonly options: VideoGenerationsOptions },
): Promise<null> {
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
