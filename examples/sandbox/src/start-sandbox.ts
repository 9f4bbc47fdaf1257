// The providers, simulated, behind HTTP: one path prefix per host, and the finished videos as files. Needs no key and no network.
import { forAnyPage } from "./any-page.ts";
import { clipFile, clipFor } from "./clips.ts";
import { fileResponse } from "./file-response.ts";
import { sandboxFetch } from "./sandbox-fetch.ts";
import { startWebhookSender, type WebhookAttempt } from "./send-webhooks.ts";
import { serveHttp } from "./serve-http.ts";
import { createWebhookSigner, type WebhookSecrets } from "./sign-webhooks.ts";
import { answerByHost, simulateProviders, type SandboxJob, type SandboxProviders } from "./simulate-providers.ts";

/** How a sandbox behaves. */
export interface SandboxOptions {
  /** Default: a free port. */
  readonly port?: number;
  /** From submit to video, milliseconds; the first quarter is spent in the queue. Default 8000. */
  readonly jobMs?: number;
  /** Where to listen. Default 127.0.0.1; give the machine's own address to reach it from a phone. */
  readonly host?: string;
  /** Carries webhooks to their addresses. Default: the platform's fetch. */
  readonly sendWebhook?: ((request: Request) => Promise<Response>) | undefined;
  /** The wait after a webhook that got no 2xx, milliseconds; each further one is twice as long, and the tenth attempt is the last. Default 1000. */
  readonly webhookRetryMs?: number;
}

/** A running sandbox, and its providers by name. */
export interface Sandbox extends SandboxProviders {
  /** Such as `http://127.0.0.1:4400`. */
  readonly url: string;
  /** For `falProvider({ fetch })` and its siblings. */
  readonly fetch: ReturnType<typeof sandboxFetch>;
  /** For their `isAllowedVideoUrl`: the sandbox's videos are plain http, which the providers refuse by default. */
  readonly isSandboxUrl: (url: URL) => boolean;
  /** What kie's and WaveSpeedAI's webhooks are signed with. fal's key is on its page of keys. */
  readonly webhookSecrets: WebhookSecrets;
  /** Every attempt to deliver a webhook, in the order of their answers. */
  readonly webhookAttempts: readonly WebhookAttempt[];
  readonly close: () => Promise<void>;
}

const WEBHOOK_SECRETS: WebhookSecrets = { kie: "sandbox-kie-secret", wavespeed: "whsec_sandbox-wavespeed-secret" };

/** Starts a sandbox. Any key is let in. A prompt may name its scenario: `[scenario:content-policy-violation]`. */
export async function startSandbox({
  port = 0,
  jobMs = 8000,
  host = "127.0.0.1",
  sendWebhook: send = async (request) => await fetch(request),
  webhookRetryMs: retryMs = 1000,
}: SandboxOptions = {}): Promise<Sandbox> {
  const clips = new Map<string, string>();
  const mp4Url = (job: SandboxJob) => {
    const { prompt, aspect_ratio: aspectRatio } = job.input;
    const model = job.endpoint ?? job.model ?? "";
    clips.set(job.id, clipFor({ prompt: textOf(prompt), model, aspectRatio: textOf(aspectRatio) }));
    return `${server.url}/files/${job.id}.mp4`;
  };
  const signer = createWebhookSigner(WEBHOOK_SECRETS);
  const providers = simulateProviders({ jobMs, mp4Url, falKeys: signer.falKeys });
  const askProvider = answerByHost(providers);

  const server = await serveHttp(
    forAnyPage(async (request) => {
      const { pathname, search } = new URL(request.url);
      const [, id, ending] = /^\/files\/([\w-]+)\.(mp4|jpg)$/.exec(pathname) ?? [];
      if (id === undefined) return await askProvider(`https:/${pathname}${search}`, request);
      const clip = clips.get(id);
      if (clip === undefined) return new Response("There is no such video.", { status: 404 });
      if (ending === "jpg") return fileResponse(await clipFile(clip, "jpg"), "image/jpeg", null);
      return fileResponse(await clipFile(clip, "mp4"), "video/mp4", request.headers.get("range"));
    }),
    { port, host },
  );
  const sender = startWebhookSender({ sources: providers, signer, send, retryMs });

  const { origin } = new URL(server.url);
  return {
    ...providers,
    url: server.url,
    fetch: sandboxFetch(server.url),
    isSandboxUrl: (url) => url.origin === origin,
    webhookSecrets: WEBHOOK_SECRETS,
    webhookAttempts: sender.attempts,
    close: async () => {
      await sender.stop();
      await server.close();
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
