// A server over simulated providers, and one job through each of its routes: what is bundled and run in other runtimes than Node.js.
import { createRehost, createVideoRoutes, falProvider, kieProvider, s3Storage } from "../../src/server/index.ts";
import type { VideoRoutesOptions } from "../../src/server/index.ts";
import { createFakeFal, createFakeKie, createProviderFetch, createTestClock } from "../../src/testing/index.ts";
import type { SimulatedProvider } from "../../src/testing/index.ts";

const GOOD = {
  model: "vid-veo-3.1-fast",
  prompt: "a corgi surfing",
  aspectRatio: "16:9",
  duration: 8,
  resolution: "720p",
};
const PNG = btoa(`\x89PNG\r\n\x1a\n${"rest".repeat(1000)}`);
const KEY = "generation-0001";

/** What was answered, in order, and what the providers and the storage have seen. */
export interface ServedJob {
  readonly answers: readonly [string, number, unknown][];
  readonly jobs: number;
  readonly stored: readonly string[];
}

/** Serves a submit with an image, its repeat, questions (held and not), a cancel and an upload. Needs nothing but web standards. */
export async function serveJob(options: Partial<VideoRoutesOptions> = {}): Promise<ServedJob> {
  const clock = createTestClock();
  const pace = { now: clock.now, queueMs: 100, jobMs: 900 };
  const fal = createFakeFal({ ...pace, mp4Url: ({ id }) => `https://videos.fal.media/${id}.mp4` });
  const stored: string[] = [];
  const fetch = createProviderFetch([fal, createFakeKie(pace), createFiles(stored)]);
  const storage = s3Storage({
    ...{ endpoint: "https://s3.example", bucket: "bucket", region: "auto", publicBaseUrl: "https://cdn.example" },
    ...{ accessKeyId: "id", secretAccessKey: "secret" },
  });
  const routes = createVideoRoutes({
    authenticate: () => ({ userId: "u1" }),
    providers: [falProvider({ credentials: "id:secret", fetch }), kieProvider({ apiKey: "secret", fetch })],
    signingSecret: "a signing secret of 32 characters",
    rehost: createRehost({ storage, fetch, allowedHosts: [".fal.media"], clock }),
    uploads: { storage },
    clock,
    ...options,
  });
  const answers: [string, number, unknown][] = [];
  const ask = async (
    name: Exclude<keyof typeof routes, "check">,
    request: Request,
  ): Promise<Record<string, unknown>> => {
    const response = await routes[name](request);
    const body = (await response.json()) as Record<string, unknown>;
    answers.push([name, response.status, body]);
    return body;
  };
  const submit = { ...GOOD, attachmentImageBytes: PNG, idempotencyKey: KEY };
  const { requestId } = await ask("generateVideo", post(submit));
  await ask("generateVideo", post(submit));
  const query = `https://app.example/?requestId=${String(requestId)}`;
  await ask("videoStatus", new Request(query));
  await ask("cancelVideo", post({ requestId: `${String(requestId)}x` }));
  clock.jump(60_000);
  await ask("videoStatus", new Request(`${query}&wait=20`));
  await ask("presignUpload", post({ contentType: "image/png", contentLength: 5 }));
  return { answers, jobs: fal.jobs.length, stored };
}

function post(body: object): Request {
  return new Request("https://app.example/", { method: "POST", body: JSON.stringify(body) });
}

/** The hosts that a finished video is copied from and to. */
function createFiles(stored: string[]): SimulatedProvider {
  return {
    hosts: ["videos.fal.media", "s3.example"],
    handle: async (request) => {
      if (request.method !== "PUT") {
        return new Response("the video", { headers: { "content-type": "video/mp4", "content-length": "9" } });
      }
      stored.push(await request.text());
      return new Response();
    },
  };
}
