// OpenRouter's video API in this process: addresses, keys, states. Time comes in through `now`; there is no timer, so a job moves on only when
// the clock does.
import { playCallFault, type CallFault } from "./call-fault.ts";
import type { SimulatedProvider } from "./create-provider-fetch.ts";
import { hasKey, isJsonObject, readJsonObject } from "./incoming-request.ts";
import {
  OPENROUTER_SCENARIOS,
  openrouterError,
  type OpenrouterEnd,
  type OpenrouterScenario,
  type OpenrouterScenarioName,
} from "./openrouter-scenarios.ts";

/** The states OpenRouter knows. */
export type OpenrouterJobState = "pending" | "in_progress" | "completed" | OpenrouterEnd;

/** How a simulated OpenRouter behaves. Everything but the clock has a default. */
export interface FakeOpenrouterOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** Time a job waits, milliseconds. Default 1000. */
  readonly queueMs?: number;
  /** Time a job runs, milliseconds. Default 10 000. */
  readonly jobMs?: number;
  /** Signed address of a job's video. Default `https://storage.openrouter.example/<id>.mp4`. */
  readonly mp4Url?: (job: OpenrouterJob) => string;
  /** Scenario of a job that {@link FakeOpenrouter.playNext} has said nothing about. Default: it goes well. */
  readonly script?: (job: OpenrouterJob) => OpenrouterScenario | undefined;
  /** Slugs it does not have. Default: none; every other slug exists. */
  readonly retired?: readonly string[];
  /** The one key that is let in. Default: any key. */
  readonly key?: string;
  /** Ids of jobs. Default: they count up. */
  readonly createId?: () => string;
}

/** A job as submitted. */
export interface OpenrouterJob {
  readonly id: string;
  /** A slug, such as `google/veo-3.1`. */
  readonly model: string;
  /** The other fields of the body. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Milliseconds, from the clock that was passed in. */
  readonly createdAt: number;
}

/** A job and its state now. */
export interface FakeOpenrouterJob extends OpenrouterJob {
  readonly state: OpenrouterJobState;
}

/** A simulated OpenRouter and what it has seen. */
export interface FakeOpenrouter extends SimulatedProvider {
  /** Jobs that exist, in the order of their submits. */
  readonly jobs: readonly FakeOpenrouterJob[];
  /** Every call, such as `POST https://openrouter.ai/api/v1/videos`, in order. Holds no headers and no bodies. */
  readonly calls: readonly string[];
  /** Decides the scenario of the next job; calls queue up. */
  readonly playNext: (scenario: OpenrouterScenarioName | OpenrouterScenario) => void;
}

interface JobRecord {
  readonly job: OpenrouterJob;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly scenario: OpenrouterScenario;
  readonly url: string;
  readonly faults: CallFault[];
}

interface OpenrouterWorld {
  readonly options: FakeOpenrouterOptions;
  readonly records: JobRecord[];
  readonly scenarios: OpenrouterScenario[];
}

const HOST = "openrouter.ai";
const VIDEOS = "/api/v1/videos";

/** Builds a simulated OpenRouter. */
export function createFakeOpenrouter(options: FakeOpenrouterOptions): FakeOpenrouter {
  const world: OpenrouterWorld = { options, records: [], scenarios: [] };
  const calls: string[] = [];
  return {
    hosts: [HOST],
    calls,
    get jobs() {
      const now = options.now();
      return world.records.map((record) => ({ ...record.job, state: stateAt(record, now) }));
    },
    playNext: (scenario) =>
      void world.scenarios.push(typeof scenario === "string" ? OPENROUTER_SCENARIOS[scenario] : scenario),
    handle: async (request) => {
      calls.push(`${request.method} ${request.url}`);
      if (!hasKey(request, "Bearer", options.key))
        return playCallFault(openrouterError(401, "No auth credentials found"));
      const { pathname } = new URL(request.url);
      if (request.method === "POST" && pathname === VIDEOS) return await submitJob(request, world);
      const id = pathname.startsWith(`${VIDEOS}/`) ? pathname.slice(VIDEOS.length + 1) : "";
      const record = world.records.find(({ job }) => job.id === id);
      return request.method === "GET" && record !== undefined ? answerStatus(record, options.now()) : notFound();
    },
  };
}

async function submitJob(request: Request, { options, records, scenarios }: OpenrouterWorld): Promise<Response> {
  const body = await readJsonObject(request);
  if (!isJsonObject(body)) return playCallFault(openrouterError(400, "Invalid JSON"));
  const { model, ...input } = body;
  if (typeof model !== "string") return playCallFault(openrouterError(400, "model: Required"));
  if (options.retired?.includes(model) === true) return notFound();
  const { queueMs = 1000, jobMs = 10_000 } = options;
  const id = options.createId?.() ?? `job-${String(records.length + 1).padStart(12, "0")}`;
  const job = { id, model, input, createdAt: options.now() };
  const scenario = scenarios.shift() ?? options.script?.(job) ?? {};
  const startsAt = job.createdAt + queueMs;
  const record: JobRecord = {
    job,
    startsAt,
    endsAt: scenario.neverEnds === true ? Number.POSITIVE_INFINITY : startsAt + jobMs,
    scenario,
    url: options.mp4Url?.(job) ?? `https://storage.openrouter.example/${job.id}.mp4`,
    faults: [...(scenario.status ?? [])],
  };
  if (scenario.submit?.accepted !== false) records.push(record);
  return scenario.submit === undefined
    ? Response.json(bodyOf(record, job.createdAt), { status: 202 })
    : playCallFault(scenario.submit.fault);
}

function answerStatus(record: JobRecord, now: number): Response {
  const fault = record.faults.shift();
  return fault === undefined ? Response.json(bodyOf(record, now)) : playCallFault(fault);
}

/** The one shape of a submit's and a status's answer. The unsigned address is OpenRouter's own, and asks for the key. */
function bodyOf({ job, scenario, endsAt, url, ...record }: JobRecord, now: number): object {
  const status = stateAt({ job, scenario, endsAt, url, ...record }, now);
  const common = { id: job.id, polling_url: `${VIDEOS}/${job.id}`, status };
  if (status === "completed") {
    const unsigned_urls = [`https://${HOST}${VIDEOS}/${job.id}/content?index=0`];
    return {
      ...common,
      generation_id: `gen-${job.id}`,
      urls: scenario.urls ?? [url],
      unsigned_urls,
      usage: { cost: 0.5 },
    };
  }
  return now >= endsAt ? { ...common, error: scenario.failure?.error ?? "" } : common;
}

function stateAt({ startsAt, endsAt, scenario }: JobRecord, now: number): OpenrouterJobState {
  if (now >= endsAt) return scenario.failure?.status ?? "completed";
  return now < startsAt ? "pending" : "in_progress";
}

function notFound(): Response {
  return playCallFault(openrouterError(404, "No endpoints found"));
}
