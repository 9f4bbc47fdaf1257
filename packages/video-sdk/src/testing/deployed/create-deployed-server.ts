// The deployed server as its shipped clients know it: a pair of routes for each family of models, and nothing else. What those clients do not
// send is refused and complained of, so a test that ends without a complaint has sent nothing else. Knows no engine.
import { familyOf, webPathOf } from "./families.ts";
import { wrongInBody } from "./wrong-in-body.ts";

/** Where the server is. */
export const DEPLOYED_URL = "https://deployed.test";

const TOKEN_LIFE_MS = 60_000;

type Body = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string>>;

/** A job that was submitted. */
export interface DeployedJob {
  readonly id: string;
  readonly path: string;
  readonly body: Body;
  readonly startedAt: number;
}

/** An answer: its body, and its status where it is not 200. */
export interface DeployedAnswer {
  readonly body: unknown;
  readonly status?: number;
}

/** How the server answers. What is left out is as each family does it. */
export interface DeployedServerOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds that a job takes. Default two minutes. */
  readonly jobMs?: number;
  /** Members that each submit of the web app has beside its fields. Without them the server is that of the mobile client. */
  readonly webFields?: readonly string[];
  /** Answers a submit. */
  readonly submit?: (job: DeployedJob) => DeployedAnswer;
  /** Answers a question. */
  readonly status?: (job: DeployedJob) => DeployedAnswer;
  /** The endpoint in the answer to a submit, which every question must bring back. Default: one for jobs of fal. */
  readonly endpointOf?: (job: DeployedJob) => string | undefined;
}

interface Seen {
  readonly jobs: DeployedJob[];
  readonly questions: { readonly path: string; readonly query: Query }[];
  readonly presigned: { readonly path: string; readonly body: Body }[];
  readonly put: { readonly url: string; readonly contentType: string | null; readonly bytes: number }[];
  readonly complaints: string[];
}

/** The server, and what it has seen. */
export interface DeployedServer {
  /** Answers a request to {@link DEPLOYED_URL}. */
  answer(request: Request): Promise<Response>;
  /** A token that is good for a minute, as Clerk's are. */
  signToken(): string;
  readonly jobs: readonly DeployedJob[];
  readonly questions: Readonly<Seen["questions"]>;
  /** The requests for an address to put a file or a video to. */
  readonly presigned: Readonly<Seen["presigned"]>;
  /** What was put there. */
  readonly put: Readonly<Seen["put"]>;
  /** What came that the shipped client does not send, as sentences. */
  readonly complaints: readonly string[];
}

/** A server without jobs. */
export function createDeployedServer(options: DeployedServerOptions): DeployedServer {
  const seen: Seen = { jobs: [], questions: [], presigned: [], put: [], complaints: [] };
  let tokens = 0;
  return {
    ...seen,
    signToken: () => `token-${++tokens}@${options.now()}`,
    async answer(request) {
      const { body, status = 200 } = await answerTo(request, seen, options);
      return new Response(JSON.stringify(body), { status });
    },
  };
}

type Answering<Given> = (given: Given, seen: Seen, options: DeployedServerOptions) => DeployedAnswer;

async function answerTo(request: Request, seen: Seen, options: DeployedServerOptions): Promise<DeployedAnswer> {
  const { path, query } = partsOf(request.url);
  const { method, headers } = request;
  if (method === "PUT" && path.startsWith("/put/")) {
    const { byteLength: bytes } = await request.arrayBuffer();
    seen.put.push({ url: request.url, contentType: headers.get("content-type"), bytes });
    return { body: {} };
  }
  const signedAt = Number(headers.get("authorization")?.split("@")[1]);
  if (!(options.now() - signedAt < TOKEN_LIFE_MS)) return { status: 401, body: { error: "Unauthorized" } };
  if (headers.has("idempotency-key")) return refused(seen, `${method} ${path}: this server knows no keys.`);
  if (method === "GET") return status({ path, query }, seen, options);
  const body = (await request.json()) as Body; // what is not an object has no member that is needed
  if (path === "/api/mobile/extract-first-frame") return { body: { success: true, url: `${DEPLOYED_URL}/frame.jpg` } };
  return presign({ path, body }, seen) ?? submit({ path, body }, seen, options);
}

const status: Answering<{ readonly path: string; readonly query: Query }> = ({ path, query }, seen, options) => {
  seen.questions.push({ path, query });
  const asked = query["taskId"] ?? query["requestId"];
  const job = seen.jobs.find((known) => asked === known.id || asked === endpointOf(known, options));
  if (job === undefined) return refused(seen, `GET ${path}: there is no such job in ${JSON.stringify(query)}.`);
  const { idName, status: own } = familyOf(job.body["model"]);
  const endpoint = endpointOf(job, options);
  const names = { [idName]: asked, modelId: job.body["model"], ...(endpoint !== undefined && { endpoint }) };
  if (path === own && isSame(query, names)) return options.status?.(job) ?? { body: progressOf(job, options) };
  return refused(seen, `GET ${path}: ${JSON.stringify(query)}, not ${own} with ${JSON.stringify(names)}.`);
};

function presign(
  { path, body }: { readonly path: string; readonly body: Body },
  { presigned }: Seen,
): DeployedAnswer | undefined {
  const [name, answer] = ADDRESSES[path] ?? [];
  if (name === undefined || answer === undefined) return undefined;
  presigned.push({ path, body });
  const file = `${name}-${presigned.length}`;
  return { body: { uploadUrl: `${DEPLOYED_URL}/put/${file}`, key: file, ...answer(`https://cdn.test/${file}`) } };
}

const ADDRESSES: Readonly<Record<string, readonly [string, (url: string) => Body]>> = {
  "/api/mobile/r2-presign": ["file", (publicUrl) => ({ publicUrl })],
  "/api/mobile/upload-video-presign": ["video", (url) => ({ success: true, url: `${url}.mp4` })],
};

const submit: Answering<{ readonly path: string; readonly body: Body }> = ({ path, body }, seen, options) => {
  const { webFields } = options;
  const mobilePath = familyOf(body["model"]).submit;
  const own = webFields === undefined ? mobilePath : webPathOf(mobilePath);
  const misplaced = path === own ? [] : [`${String(body["model"])} is submitted at ${own}.`];
  const wrong = [...misplaced, ...wrongInBody(body, webFields)];
  if (wrong.length > 0) return refused(seen, `POST ${path}: ${wrong.join(" ")}`);
  const job = { id: `job-${seen.jobs.length + 1}`, path, body, startedAt: options.now() };
  seen.jobs.push(job);
  return options.submit?.(job) ?? { body: queuedAs(job, options) };
};

function refused({ complaints }: Seen, complaint: string): DeployedAnswer {
  complaints.push(complaint);
  return { status: 400, body: { error: complaint } };
}

function endpointOf(job: DeployedJob, options: DeployedServerOptions): string | undefined {
  if (options.endpointOf !== undefined) return options.endpointOf(job);
  return isOfKie(job) ? undefined : "fal-ai/some/model";
}

function isOfKie({ body }: DeployedJob): boolean {
  return familyOf(body["model"]).idName === "taskId";
}

/** The name of a job, as its family gives it. */
function queuedAs(job: DeployedJob, options: DeployedServerOptions): Body {
  if (isOfKie(job)) return { success: true, processing: true, taskId: job.id };
  const { model: modelId } = job.body;
  return { queued: true, requestId: job.id, modelId, provider: "fal", endpoint: endpointOf(job, options) };
}

/** kie's videos are at a host that forgets them. */
function progressOf(job: DeployedJob, { now, jobMs = 120_000 }: DeployedServerOptions): Body {
  const isRunning = now() - job.startedAt < jobMs;
  if (isOfKie(job)) {
    return isRunning
      ? { processing: true }
      : { success: true, videoUrl: `https://tempfile.aiquickdraw.com/${job.id}.mp4` };
  }
  return isRunning
    ? { queued: true, status: "IN_PROGRESS" }
    : { success: true, videos: [{ url: `https://videos.test/${job.id}.mp4` }] };
}

function partsOf(url: string): { readonly path: string; readonly query: Query } {
  const [path = "", query = ""] = url.slice(DEPLOYED_URL.length).split("?");
  const pairs = query.split("&").flatMap((pair) => (pair === "" ? [] : [pair.split("=").map(decodeURIComponent)]));
  return { path, query: Object.fromEntries(pairs) };
}

function isSame(one: Body, other: Body): boolean {
  const names = Object.keys({ ...one, ...other });
  return names.every((name) => one[name] === other[name]);
}
