// fal in this process: the addresses, keys, states and answers of https://queue.fal.run, of https://fal.run, of its storage and its tokens. Time
// comes in through `now` and `sleep`; there is no timer, so a job moves on only when the clock does.
import { playCallFault } from "./call-fault.ts";
import type { SimulatedProvider } from "./create-provider-fetch.ts";
import { takeDueWebhooks, type DueWebhook } from "./due-webhooks.ts";
import { FAL_SCENARIOS, type FalScenario, type FalScenarioName } from "./fal-scenarios.ts";
import {
  answerFalCancel,
  answerFalResult,
  answerFalStatus,
  falDetail,
  falJobStateAt,
  falJobUrls,
  falWebhookSource,
  startFalJob,
  type FalJob,
  type FalJobRecord,
  type FalJobState,
} from "./fal-job.ts";
import { answerFalOpenapi, type FalInputFields } from "./fal-openapi.ts";
import { hasKey, readJsonObject } from "./incoming-request.ts";
import { answerFalStatusStream, untilFalJobEnds } from "./fal-status-stream.ts";
import { createFalStorage, FAL_FILE_HOST, type FalUpload } from "./fal-storage.ts";
import { createFalTokens } from "./fal-tokens.ts";

/** How a simulated fal behaves. Everything but the clock has a default. */
export interface FakeFalOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /**
   * Waits by the same clock as `now`. What fal answers only when time has passed needs it: the stream of a status, and a call to `fal.run`. Both
   * answer 501 without it.
   */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
  /** Time a job waits in the queue, milliseconds. Default 2000. */
  readonly queueMs?: number;
  /** Time a job runs, milliseconds. Default 20 000. */
  readonly jobMs?: number;
  /** Address of a job's video. Default `https://v3.fal.media/files/<id>.mp4`. */
  readonly mp4Url?: (job: FalJob) => string;
  /** Scenario of a job that {@link FakeFal.playNext} has said nothing about. Default: it goes well. */
  readonly script?: (job: FalJob) => FalScenario | undefined;
  /** Endpoints that exist, in full. Default: every well-formed one. */
  readonly endpoints?: readonly string[];
  /** Endpoints, or owner/app, that have been withdrawn, with the status they answer a submit with. */
  readonly retired?: Readonly<Record<string, 404 | 410>>;
  /** What the public description of an endpoint says of its input. Default: nothing, and that the endpoint exists. */
  readonly inputs?: Readonly<Record<string, FalInputFields>>;
  /** The one key that is let in. Default: any key. */
  readonly key?: string;
  /** Ids of jobs, files and tokens. Default: they count up, jobs as UUIDs; fal's own are UUIDs too. */
  readonly createId?: () => string;
  /** Public keys that its page of keys shows, as JWKs. Default: none. */
  readonly webhookKeys?: readonly object[];
}

/** A job and its state now. */
export interface FakeFalJob extends FalJob {
  readonly state: FalJobState;
  readonly isCancelled: boolean;
}

/** A simulated fal and what it has seen. */
export interface FakeFal extends SimulatedProvider {
  /** Jobs that exist, in the order of their submits. */
  readonly jobs: readonly FakeFalJob[];
  /** Every call, such as `POST https://queue.fal.run/fal-ai/veo3.1`, in order. Holds no headers and no bodies. */
  readonly calls: readonly string[];
  /** Files that were uploaded. */
  readonly uploads: readonly FalUpload[];
  /** Decides the scenario of the next submit; calls queue up. */
  readonly playNext: (scenario: FalScenarioName | FalScenario) => void;
  /** The webhooks that are due now and that no call before has returned. They are not signed: their sender does that. */
  readonly takeWebhooks: () => readonly DueWebhook[];
}

const QUEUE_HOST = "queue.fal.run";
const RUN_HOST = "fal.run";
const REST_HOST = "rest.fal.ai";
/** Where fal's client before 1.10 uploads files and gets tokens. */
const EARLIER_REST_HOST = "rest.alpha.fal.ai";
const SITE_HOST = "fal.ai";
const KEYS_PATH = "/.well-known/jwks.json";
const JOB_PATH =
  /^\/((?:(?:workflows|comfy)\/)?[\w.-]+\/[\w.-]+)\/requests\/([^/]+)(?:\/(status|status\/stream|cancel))?$/;
const ENDPOINT_PATH = /^\/((?:(?:workflows|comfy)\/)?[\w.-]+\/[\w.-]+)((?:\/[\w.-]+)*)$/;

/** A simulated fal's state. */
interface FalWorld {
  readonly options: FakeFalOptions;
  readonly records: FalJobRecord[];
  readonly scenarios: FalScenario[];
  readonly createId: () => string;
}

/** Builds a simulated fal. */
export function createFakeFal(options: FakeFalOptions): FakeFal {
  const world: FalWorld = { options, records: [], scenarios: [], createId: options.createId ?? countingUuids() };
  const { records, scenarios } = world;
  const calls: string[] = [];
  const storage = createFalStorage(options.createId);
  const tokens = createFalTokens(options.now, options.createId ?? countingUuids());
  const taken = new Set<string>();

  return {
    hosts: [QUEUE_HOST, RUN_HOST, REST_HOST, EARLIER_REST_HOST, SITE_HOST, FAL_FILE_HOST],
    calls,
    uploads: storage.uploads,
    get jobs() {
      const now = options.now();
      return records.map((record) => ({
        ...record.job,
        state: falJobStateAt(record, now),
        isCancelled: record.cancelledAt !== undefined,
      }));
    },
    playNext: (scenario) => void scenarios.push(typeof scenario === "string" ? FAL_SCENARIOS[scenario] : scenario),
    takeWebhooks: () => takeDueWebhooks(records.map(falWebhookSource), taken, options.now()),
    handle: async (request) => {
      calls.push(`${request.method} ${request.url}`);
      const { hostname, pathname } = new URL(request.url);
      if (hostname === FAL_FILE_HOST) return await storage.file(request);
      const isRest = hostname === REST_HOST || hostname === EARLIER_REST_HOST;
      if (isRest && pathname === KEYS_PATH) return Response.json({ keys: options.webhookKeys ?? [] });
      if (hostname === SITE_HOST) return answerFalOpenapi(request, (endpoint) => describeEndpoint(endpoint, options));
      if (!hasKey(request, "Key", options.key) && !tokens.hasToken(request))
        return falDetail(401, "Authentication is required to access this application");
      if (isRest) return await (pathname === "/tokens/" ? tokens.create : storage.initiate)(request);
      if (hostname === RUN_HOST) return await runFalJob(request, world);
      if (request.method !== "POST") return askFalJob(request, world);
      return (await submitFalJob(request, world)).response;
    },
  };
}

function describeEndpoint(endpoint: string, { endpoints, retired, inputs }: FakeFalOptions) {
  const [app] = ENDPOINT_PATH.exec(`/${endpoint}`)?.slice(1) ?? [];
  const isGone = app === undefined || (retired?.[endpoint] ?? retired?.[app]) !== undefined;
  return { exists: !isGone && endpoints?.includes(endpoint) !== false, input: inputs?.[endpoint] };
}

/** Takes a submit. Without a record there is no job. */
async function submitFalJob(
  request: Request,
  world: FalWorld,
): Promise<{ readonly record?: FalJobRecord; readonly response: Response }> {
  const job = await readFalSubmit(request, world);
  if (job instanceof Response) return { response: job };
  return acceptFalJob(job, world.scenarios.shift() ?? world.options.script?.(job) ?? {}, world);
}

/** Answers a POST to fal.run, which runs the job while its caller waits. */
async function runFalJob(request: Request, world: FalWorld): Promise<Response> {
  const { now, sleep } = world.options;
  if (request.method !== "POST") return falDetail(405, "Method Not Allowed");
  if (sleep === undefined) return cannotWait();
  const { record, response } = await submitFalJob(request, world);
  if (record === undefined || !response.ok) return response;
  await untilFalJobEnds(record, { now, sleep });
  return answerFalResult(record, now());
}

async function readFalSubmit(
  request: Request,
  { options: { now, endpoints, retired }, createId }: FalWorld,
): Promise<FalJob | Response> {
  const url = new URL(request.url);
  const [, app, path = ""] = ENDPOINT_PATH.exec(url.pathname) ?? [];
  if (app === undefined) return falDetail(404, "Path not found");
  const endpoint = app + path;
  const gone = retired?.[endpoint] ?? retired?.[app];
  if (gone !== undefined) return falDetail(gone, `Application '${endpoint}' is no longer available`);
  if (endpoints?.includes(endpoint) === false) return falDetail(404, `Application '${endpoint}' not found`);
  const input = await readJsonObject(request);
  if (input === undefined) return falDetail(422, [{ loc: ["body"], msg: "Not an object", type: "dict_type" }]);
  const webhookUrl = url.searchParams.get("fal_webhook");
  return {
    id: createId(),
    endpoint,
    app,
    input,
    submittedAt: now(),
    webhookUrl: webhookUrl ?? undefined,
  };
}

function acceptFalJob(job: FalJob, scenario: FalScenario, { options, records }: FalWorld) {
  const { queueMs = 2000, jobMs = 20_000, mp4Url = ({ id }) => `https://${FAL_FILE_HOST}/files/${id}.mp4` } = options;
  const record = startFalJob(job, { scenario, queueMs, jobMs, videoUrl: mp4Url(job) });
  if (scenario.submit?.accepted !== false) records.push(record);
  if (scenario.submit !== undefined) return { response: playCallFault(scenario.submit.fault) };
  const body = { status: "IN_QUEUE", request_id: job.id, queue_position: 0, ...falJobUrls(job) };
  return { record, response: Response.json(body) };
}

function askFalJob(request: Request, { records, options: { now, sleep } }: FalWorld): Response {
  const url = new URL(request.url);
  const [, app, id, action] = JOB_PATH.exec(url.pathname) ?? [];
  // Everything that is not owner/app/requests/id is the address of an app, sub-path and all, and takes POST only.
  const isAllowed = app !== undefined && request.method === (action === "cancel" ? "PUT" : "GET");
  if (!isAllowed) return falDetail(405, "Method Not Allowed");
  const record = records.find(({ job }) => encodeURIComponent(job.id) === id && job.app === app);
  if (record === undefined) return Response.json({ status: "NOT_FOUND", detail: "Request not found" }, { status: 404 });
  const withLogs = url.searchParams.get("logs") === "1";
  if (action === "cancel") return answerFalCancel(record, now());
  if (action === "status") return answerFalStatus(record, now(), withLogs);
  if (action === undefined) return answerFalResult(record, now());
  return sleep === undefined ? cannotWait() : answerFalStatusStream(record, { now, sleep }, withLogs);
}

function cannotWait(): Response {
  return falDetail(501, "This simulated fal was built without `sleep`, so it cannot wait for a job.");
}

function countingUuids(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;
}
