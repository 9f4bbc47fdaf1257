// The providers of a sandbox, which all take the same time and put their videos in the same place. Knows no HTTP server.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createFakeFal,
  createFakeKie,
  createFakeOpenrouter,
  createFakeWavespeed,
  createProviderFetch,
  type FakeFal,
  type FakeKie,
  type FakeOpenrouter,
  type FakeWavespeed,
} from "@video-engine/video-sdk/testing";
import { SCRIPTS } from "./scenarios.ts";

/** What the providers have seen, and a way to choose the scenario of the next job. */
export interface SandboxProviders {
  readonly fal: FakeFal;
  readonly kie: FakeKie;
  readonly wavespeed: FakeWavespeed;
  readonly openrouter: FakeOpenrouter;
}

/** A job at any of them. */
export interface SandboxJob {
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The provider's endpoint, or its model, by the provider's own name. */
  readonly endpoint?: string;
  readonly model?: string;
}

/** What they need. */
export interface SimulateProvidersOptions {
  readonly jobMs: number;
  readonly mp4Url: (job: SandboxJob) => string;
  /** Public keys of fal's webhooks. */
  readonly falKeys: readonly object[];
}

/** What its vendor has withdrawn: Sora 2. */
const RETIRED = { atFal: { "fal-ai/sora-2": 410 }, atKie: ["sora-2-text-to-video", "sora-2-image-to-video"] } as const;

/** Builds them. Any key is let in. */
export function simulateProviders({ jobMs, mp4Url, falKeys }: SimulateProvidersOptions): SandboxProviders {
  const shared = {
    now: Date.now,
    queueMs: jobMs / 4,
    jobMs: (jobMs * 3) / 4,
    mp4Url,
    // Random: an id of an earlier start must not lead to another prompt's video.
    createId: () => randomUUID(),
  };
  return {
    fal: createFakeFal({
      ...shared,
      retired: RETIRED.atFal,
      script: SCRIPTS.fal,
      webhookKeys: falKeys,
      // Keeps no process alive: a job may never end.
      sleep: async (ms) => await sleep(ms, undefined, { ref: false }),
    }),
    kie: createFakeKie({ ...shared, retired: RETIRED.atKie, script: SCRIPTS.kie }),
    wavespeed: createFakeWavespeed({ ...shared, script: SCRIPTS.wavespeed }),
    openrouter: createFakeOpenrouter({ ...shared, script: SCRIPTS.openrouter }),
  };
}

/** Sends a request to the provider that an address names. A fault of the network rejects. */
export type AskProvider = (address: string, request: Request) => Promise<Response>;

/** Answers for the hosts of these providers; for every other with 501 and its name, and with 404 for an address without one. */
export function answerByHost(all: SandboxProviders): AskProvider {
  const providers = Object.values(all);
  const hosts = providers.flatMap((provider) => provider.hosts);
  const call = createProviderFetch(providers);
  const answers = `It answers for ${hosts.join(", ")}.`;
  const say = (status: number, what: string): Response =>
    Response.json({ detail: `${what} ${answers}`, message: `${what} ${answers}` }, { status });
  return async (address, request) => {
    const hostname = URL.canParse(address) ? new URL(address).hostname : "";
    if (hosts.includes(hostname)) return await call(new Request(address, request));
    if (!hostname.includes("."))
      return say(
        404,
        "This is the sandbox: a path begins with the host of a provider, as /queue.fal.run/fal-ai/veo3.1.",
      );
    return say(501, `The sandbox does not simulate ${hostname}.`);
  };
}
