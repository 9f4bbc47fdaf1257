// The providers, simulated, behind HTTP: one path prefix per host, and the finished videos as files. Needs no key and no network.
import {
  createFakeFal,
  createFakeKie,
  createProviderFetch,
  type FakeFal,
  type FakeKie,
  type FalJob,
  type KieTask,
} from "@video-engine/video-sdk/testing";
import { clipFile, clipFor } from "./clips.ts";
import { falScenarioInPrompt, kieScenarioInPrompt } from "./scenario-in-prompt.ts";
import { fileResponse } from "./file-response.ts";
import { sandboxFetch } from "./sandbox-fetch.ts";
import { serveHttp } from "./serve-http.ts";

/** How a sandbox behaves. */
export interface SandboxOptions {
  /** Default: a free port. */
  readonly port?: number;
  /** From submit to video, milliseconds; the first quarter is spent in the queue. Default 8000. */
  readonly jobMs?: number;
  /** Where to listen. Default 127.0.0.1; give the machine's own address to reach it from a phone. */
  readonly host?: string;
}

/** A running sandbox. */
export interface Sandbox {
  /** Such as `http://127.0.0.1:4400`. */
  readonly url: string;
  /** For `falProvider({ fetch })` and `kieProvider({ fetch })`. */
  readonly fetch: ReturnType<typeof sandboxFetch>;
  /** For their `isAllowedVideoUrl`: the sandbox's videos are plain http, which the providers refuse by default. */
  readonly isSandboxUrl: (url: URL) => boolean;
  /** What the providers have seen, and a way to choose the scenario of the next job. */
  readonly fal: FakeFal;
  readonly kie: FakeKie;
  readonly close: () => Promise<void>;
}

/** What its vendor has withdrawn: Sora 2. */
const RETIRED = { atFal: { "fal-ai/sora-2": 410 }, atKie: ["sora-2-text-to-video", "sora-2-image-to-video"] } as const;

/** Starts a sandbox. Any key is let in. A prompt may name its scenario: `[scenario:content-policy-violation]`. */
export async function startSandbox({
  port = 0,
  jobMs = 8000,
  host = "127.0.0.1",
}: SandboxOptions = {}): Promise<Sandbox> {
  const clips = new Map<string, string>();
  const mp4Url = (job: FalJob | KieTask) => {
    const { prompt, aspect_ratio: aspectRatio } = job.input;
    const model = "endpoint" in job ? job.endpoint : job.model;
    clips.set(job.id, clipFor({ prompt: textOf(prompt), model, aspectRatio: textOf(aspectRatio) }));
    return `${server.url}/files/${job.id}.mp4`;
  };
  const shared = { now: Date.now, queueMs: jobMs / 4, jobMs: (jobMs * 3) / 4, mp4Url };
  const falScript = ({ input }: FalJob) => falScenarioInPrompt(input["prompt"]);
  const kieScript = ({ input }: KieTask) => kieScenarioInPrompt(input["prompt"]);
  const fal = createFakeFal({ ...shared, retired: RETIRED.atFal, script: falScript });
  const kie = createFakeKie({ ...shared, retired: RETIRED.atKie, script: kieScript });
  const providers = createProviderFetch([fal, kie]);

  const server = await serveHttp(
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const [, id, ending] = /^\/files\/([\w-]+)\.(mp4|jpg)$/.exec(pathname) ?? [];
      if (id === undefined) return await providers(new Request(`https:/${pathname}${search}`, request));
      const clip = clips.get(id);
      if (clip === undefined) return new Response("There is no such video.", { status: 404 });
      if (ending === "jpg") return fileResponse(await clipFile(clip, "jpg"), "image/jpeg", null);
      return fileResponse(await clipFile(clip, "mp4"), "video/mp4", request.headers.get("range"));
    },
    { port, host },
  );

  const { origin } = new URL(server.url);
  return { ...server, fetch: sandboxFetch(server.url), isSandboxUrl: (url) => url.origin === origin, fal, kie };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
