// WaveSpeedAI's task API in this process: addresses, keys, states, uploads. Time comes in through `now`; there is no timer, so
// a task moves on only when the clock does.
import { playCallFault } from "./call-fault.ts";
import type { SimulatedProvider } from "./create-provider-fetch.ts";
import { takeDueWebhooks, type DueWebhook } from "./due-webhooks.ts";
import { hasKey, isJsonObject, readJsonObject } from "./incoming-request.ts";
import {
  answerWavespeedResult,
  startWavespeedTask,
  wavespeedAnswer,
  wavespeedTaskStateAt,
  wavespeedWebhookSource,
  type WavespeedTask,
  type WavespeedTaskRecord,
  type WavespeedTaskState,
} from "./wavespeed-task.ts";
import {
  WAVESPEED_SCENARIOS,
  wavespeedError,
  type WavespeedScenario,
  type WavespeedScenarioName,
} from "./wavespeed-scenarios.ts";

/** How a simulated WaveSpeedAI behaves. Everything but the clock has a default. */
export interface FakeWavespeedOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** Time a task waits, milliseconds. Default 1000. */
  readonly queueMs?: number;
  /** Time a task runs, milliseconds. Default 10 000. */
  readonly jobMs?: number;
  /** Address of a task's video. Default `https://videos.wavespeed.example/<id>.mp4`. */
  readonly mp4Url?: (task: WavespeedTask) => string;
  /** Scenario of a task that {@link FakeWavespeed.playNext} has said nothing about. Default: it goes well. */
  readonly script?: (task: WavespeedTask) => WavespeedScenario | undefined;
  /** Models it does not have. Default: none; every other path exists. */
  readonly retired?: readonly string[];
  /** The one key that is let in. Default: any key. */
  readonly key?: string;
  /** Ids of tasks and files. Default: they count up, tasks as 32 hex digits. */
  readonly createId?: () => string;
}

/** A task and its state now. */
export interface FakeWavespeedTask extends WavespeedTask {
  readonly state: WavespeedTaskState;
}

/** A simulated WaveSpeedAI and what it has seen. */
export interface FakeWavespeed extends SimulatedProvider {
  /** Tasks that exist, in the order of their submits. */
  readonly tasks: readonly FakeWavespeedTask[];
  /** Every call, such as `POST https://api.wavespeed.ai/api/v3/vendor/model`, in order. Holds no headers and no bodies. */
  readonly calls: readonly string[];
  /** Files that were put, by the URL they can be read at. */
  readonly uploads: ReadonlyMap<string, Blob>;
  /** Decides the scenario of the next task; calls queue up. */
  readonly playNext: (scenario: WavespeedScenarioName | WavespeedScenario) => void;
  /** The webhooks that are due now and that no call before has returned. They are not signed: their sender does that. */
  readonly takeWebhooks: () => readonly DueWebhook[];
}

const API = "/api/v3/";
const UPLOAD_HOST = "uploads.wavespeed.example";
/** Both are documented. */
const RESULT_PATH = /^predictions\/([^/]+)(?:\/result)?$/;

interface WavespeedWorld {
  readonly options: FakeWavespeedOptions;
  readonly records: WavespeedTaskRecord[];
  readonly scenarios: WavespeedScenario[];
  readonly uploads: Map<string, Blob>;
}

/** Builds a simulated WaveSpeedAI. */
export function createFakeWavespeed(options: FakeWavespeedOptions): FakeWavespeed {
  const world: WavespeedWorld = { options, records: [], scenarios: [], uploads: new Map() };
  const calls: string[] = [];
  const taken = new Set<string>();

  return {
    hosts: ["api.wavespeed.ai", UPLOAD_HOST],
    calls,
    uploads: world.uploads,
    get tasks() {
      const now = options.now();
      return world.records.map((record) => ({ ...record.task, state: wavespeedTaskStateAt(record, now) }));
    },
    playNext: (scenario) =>
      void world.scenarios.push(typeof scenario === "string" ? WAVESPEED_SCENARIOS[scenario] : scenario),
    takeWebhooks: () => takeDueWebhooks(world.records.map(wavespeedWebhookSource), taken, options.now()),
    handle: async (request) => {
      calls.push(`${request.method} ${request.url}`);
      const { hostname, pathname } = new URL(request.url);
      if (hostname === UPLOAD_HOST) return await putFile(request, world);
      if (!hasKey(request, "Bearer", options.key)) return playCallFault(wavespeedError(401, "Unauthorized"));
      const path = pathname.startsWith(API) ? pathname.slice(API.length) : "";
      const [, id] = RESULT_PATH.exec(path) ?? [];
      if (request.method === "GET" && id !== undefined) return answerResult(id, world);
      if (request.method !== "POST" || path === "") return notFound();
      if (path === "media/uploads") return announceFile(world);
      return await (path === "media/upload/binary" ? takeFile : submitTask)(request, world, path);
    },
  };
}

async function submitTask(
  request: Request,
  { options, records, scenarios }: WavespeedWorld,
  model: string,
): Promise<Response> {
  if (options.retired?.includes(model) === true) return notFound();
  const input = await readJsonObject(request);
  if (!isJsonObject(input)) return playCallFault(wavespeedError(400, "invalid request body"));
  // Its answer comes when the task has ended, for which there is no timer here.
  if (input["enable_sync_mode"] === true) return playCallFault(wavespeedError(501, "sync mode is not simulated"));
  const webhookUrl = new URL(request.url).searchParams.get("webhook");
  const task: WavespeedTask = {
    id: options.createId?.() ?? (records.length + 1).toString(16).padStart(32, "0"),
    model,
    input,
    createdAt: options.now(),
    webhookUrl: webhookUrl ?? undefined,
  };
  const { queueMs = 1000, jobMs = 10_000 } = options;
  const videoUrl = options.mp4Url?.(task) ?? `https://videos.wavespeed.example/${task.id}.mp4`;
  const scenario = scenarios.shift() ?? options.script?.(task) ?? {};
  const record = startWavespeedTask(task, { scenario, queueMs, jobMs, videoUrl });
  if (scenario.submit?.accepted !== false) records.push(record);
  return scenario.submit === undefined ? wavespeedAnswer(record, task.createdAt) : playCallFault(scenario.submit.fault);
}

function answerResult(id: string, { options, records }: WavespeedWorld): Response {
  const record = records.find(({ task }) => task.id === id);
  return record === undefined ? notFound() : answerWavespeedResult(record, options.now());
}

// The file is there once it was put; until then its URL leads nowhere.
function announceFile({ uploads, options }: WavespeedWorld): Response {
  const url = uploadUrl(uploads, options);
  const upload = { url: `${url}?signature=sandbox`, method: "PUT", headers: { "x-upload": "sandbox" } };
  return Response.json({ code: 200, message: "success", data: { download_url: url, upload } });
}

/** How its client before 0.3 uploads: the file in a form, in one request. */
async function takeFile(request: Request, { uploads, options }: WavespeedWorld): Promise<Response> {
  // Not `FormData`, which has no members in an app's types where Node's and the browser's meet.
  const form: unknown = await request.formData().catch(() => new Map());
  const file = (form as ReadonlyMap<string, unknown>).get("file"); // both have it
  if (!(file instanceof Blob)) return playCallFault(wavespeedError(400, "file is required"));
  const url = uploadUrl(uploads, options);
  uploads.set(url, file);
  return Response.json({ code: 200, message: "success", data: { download_url: url } });
}

async function putFile(request: Request, { uploads }: WavespeedWorld): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const file = uploads.get(origin + pathname);
  if (request.method === "GET") return file === undefined ? notFound() : new Response(file);
  if (request.method !== "PUT" || request.headers.get("x-upload") !== "sandbox")
    return new Response(null, { status: 403 });
  uploads.set(origin + pathname, await request.blob());
  return new Response(null, { status: 200 });
}

function uploadUrl({ size }: ReadonlyMap<string, Blob>, { createId }: FakeWavespeedOptions): string {
  return `https://${UPLOAD_HOST}/${createId?.() ?? size + 1}`;
}

function notFound(): Response {
  return playCallFault(wavespeedError(404, "not found"));
}
