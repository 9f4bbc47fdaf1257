// A provider says that a job has ended. What it says about the job is not trusted: the machine asks the provider at once instead.
import { isVideoError, VIDEO_ERRORS, VideoError } from "@video-engine/video-sdk";
import type { VideoProvider } from "@video-engine/video-sdk/server";
import type { ComponentApi } from "../component/_generated/component.ts";
import { now } from "../component/model/moment.ts";
import type { ActionCtx } from "./functions.ts";

const MAX_BODY_BYTES = 1_048_576;

/** The address for one paid call. The ticket names the call where its answer is lost. */
export function webhookAddress(
  url: string,
  parameters: { readonly provider: string; readonly generation: string; readonly ticket: string },
): string {
  const address = new URL(url);
  if (address.protocol !== "https:") {
    throw new VideoError("not-configured", { message: `webhookUrl must be an absolute https URL, got "${url}".` });
  }
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

/** Handles a webhook. Duplicates and any order are harmless: each one only ends a wait. */
export async function hearWebhook(
  ctx: ActionCtx,
  request: Request,
  { component, providers }: { readonly component: ComponentApi; readonly providers: () => readonly VideoProvider[] },
): Promise<Response> {
  try {
    const { searchParams } = new URL(request.url);
    const provider = providers().find(({ id }) => id === searchParams.get("provider"));
    if (provider?.verifyWebhook === undefined)
      throw new VideoError("not-found", { message: "There is no such webhook." });
    if (Number(request.headers.get("content-length")) > MAX_BODY_BYTES) throw new VideoError("too-large");
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.byteLength > MAX_BODY_BYTES) throw new VideoError("too-large");
    const { signal } = request;
    const { requestId } = await provider.verifyWebhook({ headers: request.headers, body, nowMs: now(), signal });
    const [generation, ticket] = [searchParams.get("generation"), searchParams.get("ticket")];
    await ctx.runMutation(component.generations.hear, {
      ...{ provider: provider.id, jobId: requestId },
      ...(generation !== null && ticket !== null && { generation, ticket }),
    });
    return Response.json({ received: true });
  } catch (thrown) {
    // The provider sends it again after an error.
    // oxlint-disable-next-line no-console -- what is caught here reaches no other log of the deployment
    if (!isVideoError(thrown)) console.error("video-engine: a webhook could not be taken.", thrown);
    const { code, message } = isVideoError(thrown) ? thrown : new VideoError("internal");
    return Response.json({ error: { code, message } }, { status: VIDEO_ERRORS[code].httpStatus });
  }
}
