// fal's queue in this process: the addresses, keys, states and answers of https://queue.fal.run. Time comes in through
// `now`; there is no timer, so a job moves on only when the clock does.
import { playCallFault } from "./call-fault.ts";
import type { SimulatedProvider } from "./create-provider-fetch.ts";
import { FAL_SCENARIOS, type FalScenario, type FalScenarioName } from "./fal-scenarios.ts";
import {
  answerFalCancel,
  answerFalResult,
  answerFalStatus,
  falDetail,
  falJobStateAt,
  falJobUrls,
  startFalJob,
  type FalJob,
  type FalJobRecord,
  type FalJobState,
} from "./fal-job.ts";
import { hasKey, readJsonObject } from "./incoming-request.ts";
import { createFalStorage, FAL_FILE_HOST, type FalUpload } from "./fal-storage.ts";

/** How a simulated fal behaves. Everything but the clock has a default. */
export interface FakeFalOptions {
  /** Milliseconds. */
  readonly now: () => number;
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
  /** The one key that is let in. Default: any key. */
  readonly key?: string;
  /** Ids of jobs. Default: UUIDs that count up; fal's own are UUIDs too. */
  readonly createId?: () => string;
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
}

const QUEUE_HOST = "queue.fal.run";
const REST_HOST = "rest.fal.ai";
const JOB_PATH = /^\/([\w.-]+\/[\w.-]+)\/requests\/([^/]+)(?:\/(status|cancel))?$/;
const ENDPOINT_PATH = /^\/([\w.-]+\/[\w.-]+)((?:\/[\w.-]+)*)$/;

/** Builds a simulated fal. */
export function createFakeFal(options: FakeFalOptions): FakeFal {
  const records: FalJobRecord[] = [];
  const scenarios: FalScenario[] = [];
  const calls: string[] = [];
  const storage = createFalStorage();
  const createId = options.createId ?? countingUuids();

  return {
    hosts: [QUEUE_HOST, REST_HOST, FAL_FILE_HOST],
    calls,
    uploads: storage.uploads,
    get jobs() {
      const now = options.now();
      return records.map((record) => ({
        ...record.job,
        state: falJobStateAt(record, now),
        isCancelled: record.isCancelled,
      }));
    },
    playNext: (scenario) => void scenarios.push(typeof scenario === "string" ? FAL_SCENARIOS[scenario] : scenario),
    handle: async (request) => {
      calls.push(`${request.method} ${request.url}`);
      const url = new URL(request.url);
      if (url.hostname === FAL_FILE_HOST) return await storage.file(request);
      if (!hasKey(request, "Key", options.key))
        return falDetail(401, "Authentication is required to access this application");
      if (url.hostname === REST_HOST) return await storage.initiate(request);
      if (request.method !== "POST") return askFalJob(request, records, options.now());
      const job = await readFalSubmit(request, options, createId);
      if (job instanceof Response) return job;
      const scenario = scenarios.shift() ?? options.script?.(job) ?? {};
      return acceptFalJob(job, scenario, { options, records });
    },
  };
}

async function readFalSubmit(
  request: Request,
  { now, endpoints, retired }: FakeFalOptions,
  createId: () => string,
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

interface FalQueue {
  readonly options: FakeFalOptions;
  readonly records: FalJobRecord[];
}

function acceptFalJob(job: FalJob, scenario: FalScenario, { options, records }: FalQueue): Response {
  const { queueMs = 2000, jobMs = 20_000, mp4Url = ({ id }) => `https://${FAL_FILE_HOST}/files/${id}.mp4` } = options;
  if (scenario.submit?.accepted !== false) {
    records.push(startFalJob(job, { scenario, queueMs, jobMs, videoUrl: mp4Url(job) }));
  }
  if (scenario.submit !== undefined) return playCallFault(scenario.submit.fault);
  return Response.json({ status: "IN_QUEUE", request_id: job.id, queue_position: 0, ...falJobUrls(job) });
}

function askFalJob(request: Request, records: readonly FalJobRecord[], now: number): Response {
  const url = new URL(request.url);
  const [, app, id, action] = JOB_PATH.exec(url.pathname) ?? [];
  // Everything that is not owner/app/requests/id is the address of an app, sub-path and all, and takes POST only.
  const isAllowed = app !== undefined && request.method === (action === "cancel" ? "PUT" : "GET");
  if (!isAllowed) return falDetail(405, "Method Not Allowed");
  const record = records.find(({ job }) => encodeURIComponent(job.id) === id && job.app === app);
  if (record === undefined) return Response.json({ status: "NOT_FOUND", detail: "Request not found" }, { status: 404 });
  if (action === "cancel") return answerFalCancel(record, now);
  if (action === "status") return answerFalStatus(record, now, url.searchParams.get("logs") === "1");
  return answerFalResult(record, now);
}

function countingUuids(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`;
}
