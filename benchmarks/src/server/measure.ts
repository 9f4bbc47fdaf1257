// CPU of one generate on the server: `measure.ts <plain|routes|routes-with-key> <requests>` prints it as JSON.
import { createVideoRoutes, falProvider } from "@video-engine/video-sdk/server";
import { cpuMicros } from "../process.ts";

/** CPU of one request, in microseconds. */
export interface ServerCost {
  readonly cpuMicros: number;
}

type Handler = (request: Request) => Promise<Response>;

const ADDRESS = "https://app.test/api/mobile/generate-video";
/** So many at a time, as a server gets them. */
const BATCH = 20;

/** The provider: it takes every job. */
let jobs = 0;
globalThis.fetch = () => {
  const id = `job-${++jobs}`;
  const queue = `https://queue.fal.run/fal-ai/veo3.1/requests/${id}`;
  const urls = { response_url: queue, status_url: `${queue}/status`, cancel_url: `${queue}/cancel` };
  return Promise.resolve(Response.json({ request_id: id, status: "IN_QUEUE", queue_position: 0, ...urls }));
};

/** What an app writes by hand: the user, the body, the provider's queue, the answer. Checks, limits, prices and signs nothing. */
const plain: Handler = async (request) => {
  const userId = userOf(request);
  if (userId === null) return new Response(null, { status: 401 });
  const { prompt, duration, aspectRatio } = (await request.json()) as Record<string, unknown>; // the benchmark's own
  const answer = await fetch("https://queue.fal.run/fal-ai/veo3.1", {
    method: "POST",
    headers: { authorization: "Key id:secret", "content-type": "application/json" },
    body: JSON.stringify({ prompt, duration: `${String(duration)}s`, aspect_ratio: aspectRatio }),
  });
  const { request_id: requestId } = (await answer.json()) as { request_id: string }; // made above
  return Response.json({ queued: true, requestId, modelId: "vid-veo-3.1", provider: "fal" });
};

const { generateVideo } = createVideoRoutes({
  authenticate: (request) => {
    const userId = userOf(request);
    return userId === null ? null : { userId };
  },
  signingSecret: "a secret of this benchmark, which is 32 characters long at least",
  providers: [falProvider({ credentials: "id:secret" })],
  rateLimits: { submit: false },
});

function userOf(request: Request): string | null {
  return request.headers.get("authorization")?.replace("Bearer ", "") ?? null;
}

function requestOf(index: number, hasKey: boolean): Request {
  const key = hasKey ? { "idempotency-key": `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` } : {};
  return new Request(ADDRESS, {
    method: "POST",
    headers: { authorization: "Bearer user-1", "content-type": "application/json", ...key },
    body: JSON.stringify({ model: "vid-veo-3.1", prompt: `a corgi, take ${index}`, duration: 8, aspectRatio: "16:9" }),
  });
}

async function send(handler: Handler, from: number, { count, hasKey }: { count: number; hasKey: boolean }) {
  for (let index = from; index < from + count; index += BATCH) {
    const answers = await Promise.all(Array.from({ length: BATCH }, (_, at) => handler(requestOf(index + at, hasKey))));
    for (const answer of answers) {
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    }
  }
}

const [what, count] = [process.argv[2], Number(process.argv[3])];
const handler = what === "plain" ? plain : generateVideo;
const hasKey = what === "routes-with-key";
await send(handler, 0, { count: Math.max(1_000, count / 2), hasKey });
const start = cpuMicros();
await send(handler, 1_000_000, { count, hasKey });
process.stdout.write(`${JSON.stringify({ cpuMicros: (cpuMicros() - start) / count })}\n`);
process.exit(0);
