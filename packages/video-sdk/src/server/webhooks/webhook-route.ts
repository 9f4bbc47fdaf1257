// POST webhook?provider&modelId: a provider says that a job has ended. There is no signed-in user: the signature decides. What the
// webhook says about the job is not trusted; the provider is asked instead. Every genuine webhook gets the same answer.
import { isVideoModelId, type VideoModelId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import type { Clock } from "../../platform-ports.ts";
import { askStatus, type AskedJob } from "../ask-provider.ts";
import type { AskStore } from "../ask-store.ts";
import { checkCall } from "../before-work.ts";
import { notSetUp, readThrown, toErrorResponse } from "../error-response.ts";
import type { RouteHandler } from "../protect-route.ts";
import type { VerifiedWebhook, VideoProvider } from "../providers/provider.ts";
import { readBody } from "../read-body.ts";
import { jobTargetsOf, type VideoRouting } from "../routing.ts";
import { tell, type EventSink } from "../server-event.ts";
import { tellAnswer, tellRefusedUrls } from "../tell-answer.ts";
import type { WaitFor } from "../wait-limits.ts";
import { watchedAs, type WatchedJobs } from "../watch-job.ts";
import { withinDeadline } from "../within-deadline.ts";
import type { EndedJob, VideoWebhooks } from "./video-webhooks.ts";
import type { WebhookMemory } from "./webhook-memory.ts";
import { WEBHOOK_WINDOW_MS } from "./webhook-refused.ts";

/** What the route needs. */
export interface WebhookRouteOptions {
  readonly providers: readonly VideoProvider[];
  readonly routing?: VideoRouting | undefined;
  /** Left out: every webhook is refused. */
  readonly webhooks?: VideoWebhooks | undefined;
  readonly clock: Clock;
  readonly waitFor: WaitFor;
  /** Requests that wait for the job are answered. */
  readonly jobs: Pick<WatchedJobs, "hasEnded">;
  readonly memory: WebhookMemory;
  readonly askStore: AskStore;
  readonly onEvent?: EventSink | undefined;
}

const MAX_BODY_BYTES = 1_048_576;
/** Time limit for fetching a provider's keys and checking a signature, milliseconds. */
const VERIFY_MS = 10_000;
/**
 * A webhook that is not handled after so long was taken by a process that was killed, milliseconds. Longer than the limits of `isOurJob`, the question
 * to the provider and `onJobEnded` together.
 */
const HANDLING_MS = 60_000;
/** A webhook dated one window ahead of our clock stays valid for two windows. */
const REMEMBER_MS = 2 * WEBHOOK_WINDOW_MS + 60_000;

/** Builds the handler. Never rejects. */
export function webhookRoute({ webhooks, ...options }: WebhookRouteOptions): RouteHandler {
  return async (request) => {
    try {
      checkCall(request);
      if (request.method !== "POST") throw new VideoError("method-not-allowed", { message: "Use POST here." });
      if (webhooks === undefined) throw notSetUp("webhooks");
      await receive(request, { ...options, webhooks });
      return Response.json({ received: true }, { headers: { "cache-control": "no-store" } });
    } catch (cause) {
      const error = readThrown(cause);
      tell(options.onEvent, { type: "request-failed", route: "webhook", error });
      const response = toErrorResponse(error);
      if (error.code === "method-not-allowed") response.headers.set("allow", "POST");
      return response;
    }
  };
}

interface Receiver extends WebhookRouteOptions {
  readonly webhooks: VideoWebhooks;
}

async function receive(request: Request, options: Receiver): Promise<void> {
  const sender = readSender(request, options);
  const verified = await verifyInTime(request, sender, options);
  const messageId = `${sender.provider.id}\n${verified.messageId}`;
  const { memory, askStore } = options;
  const state = await askStore("webhookMemory", async () => await memory.begin(messageId, HANDLING_MS));
  if (state === "handling") {
    throw new VideoError("already-running", { message: "This webhook is being handled.", retryAfterMs: HANDLING_MS });
  }
  const ignored = { type: "webhook-ignored", provider: sender.provider.id, requestId: verified.requestId } as const;
  if (state === "handled") return tell(options.onEvent, { ...ignored, reason: "repeated" });
  try {
    const isKnown = await endJob(verified, sender, options);
    if (!isKnown) tell(options.onEvent, { ...ignored, reason: "unknown-job" });
  } catch (error) {
    // The provider sends it again, and then it counts as new.
    await askStore("webhookMemory", async () => await memory.forget(messageId)).catch(() => undefined);
    throw error;
  }
  // What was handled stays so: when the memory fails, the log knows, and a repeat is handled twice.
  await askStore("webhookMemory", async () => await memory.end(messageId, REMEMBER_MS)).catch(() => undefined);
}

interface Sender {
  readonly provider: VideoProvider;
  readonly verify: NonNullable<VideoProvider["verifyWebhook"]>;
  readonly modelId: VideoModelId;
  readonly statusEndpoint: string | undefined;
}

// The query is ours but not signed: it may only choose among the known targets.
function readSender({ url }: Request, { providers, routing }: WebhookRouteOptions): Sender {
  const { searchParams } = new URL(url);
  const modelId = searchParams.get("modelId");
  const provider = providers.find(({ id }) => id === searchParams.get("provider"));
  const verify = provider?.verifyWebhook;
  if (provider === undefined || verify === undefined || !isVideoModelId(modelId)) throw noSuchWebhook();
  const target = jobTargetsOf(modelId, routing).find((known) => known.provider === provider.id);
  if (target === undefined) throw noSuchWebhook();
  return { provider, verify, modelId, statusEndpoint: target.statusEndpoint };
}

async function verifyInTime(
  request: Request,
  { provider, verify }: Sender,
  { clock, waitFor }: Receiver,
): Promise<VerifiedWebhook> {
  const { headers } = request;
  const body = await readBody(request, { maxBytes: MAX_BODY_BYTES, waitFor });
  const late = (): Error => new VideoError("provider-unavailable", { details: { provider: provider.id } });
  const check = (signal: AbortSignal) => verify({ headers, body, nowMs: clock.now(), signal });
  return await withinDeadline(check, { clock, ms: VERIFY_MS, late });
}

/** Returns false for a job that is not ours. Throws when that is not known, so that the provider sends the webhook again. */
async function endJob({ requestId }: VerifiedWebhook, sender: Sender, options: Receiver): Promise<boolean> {
  const { provider, modelId, statusEndpoint } = sender;
  const { webhooks, clock, waitFor, jobs } = options;
  const names = { provider: provider.id, modelId, requestId };
  const isOurs = await waitFor("isOurJob", async () => await webhooks.isOurJob?.(names));
  if (isOurs === false) return false;
  const answer = await askEnd({ provider, job: { requestId, endpoint: statusEndpoint } }, clock);
  if (answer === "unknown-job") return false;
  jobs.hasEnded(watchedAs(provider.id, requestId), answer);
  await waitFor("onJobEnded", async () => await webhooks.onJobEnded({ ...names, answer }));
  // The address of a webhook is made before there is a job, and anybody may change it: it names neither user nor key.
  const told = { ...names, userId: undefined, handle: undefined, key: undefined };
  if (answer.kind === "finished") tellRefusedUrls(answer.withheld ?? [], told, options.onEvent);
  tellAnswer(answer, told, options.onEvent);
  return true;
}

async function askEnd(query: AskedJob, clock: Clock): Promise<EndedJob["answer"] | "unknown-job"> {
  const answer = await askStatus(query, clock, new AbortController().signal).catch((error: unknown) => {
    if (readThrown(error).code === "not-found") return "unknown-job" as const;
    throw error;
  });
  if (answer === "unknown-job" || answer.kind !== "pending") return answer;
  throw new VideoError("provider-unavailable", {
    cause: "The webhook says that the job has ended; the provider does not.",
  });
}

function noSuchWebhook(): VideoError {
  return new VideoError("not-found", { message: "There is no such webhook." });
}
