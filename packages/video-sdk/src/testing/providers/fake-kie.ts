// kie.ai's task API in this process: keys, codes inside HTTP 200, states, the limit on creates. Time comes in through
// `now`; there is no timer, so a task moves on only when the clock does.
import { playCallFault } from "./call-fault.ts";
import type { SimulatedProvider } from "./create-provider-fetch.ts";
import { takeDueWebhooks, type DueWebhook } from "./due-webhooks.ts";
import { hasKey, isJsonObject, readJsonObject } from "./incoming-request.ts";
import { KIE_SCENARIOS, type KieScenario, type KieScenarioName } from "./kie-scenarios.ts";
import {
  answerKieRecord,
  kieAnswer,
  kieTaskStateAt,
  kieWebhookSource,
  startKieTask,
  type KieTask,
  type KieTaskRecord,
  type KieTaskState,
} from "./kie-task.ts";

/** How a simulated kie.ai behaves. Everything but the clock has a default. */
export interface FakeKieOptions {
  /** Milliseconds. */
  readonly now: () => number;
  /** What is left of the account at kie.ai. Default 1,000. */
  readonly credits?: number;
  /** How long a new task is unknown to recordInfo, milliseconds. Default 0. */
  readonly graceMs?: number;
  /** Time a task waits, milliseconds. Default 2000. */
  readonly queueMs?: number;
  /** Time a task runs, milliseconds. Default 20 000. */
  readonly jobMs?: number;
  /** Address of a task's video. Default `https://tempfile.aiquickdraw.com/<id>.mp4`. */
  readonly mp4Url?: (task: KieTask) => string;
  /** Scenario of a task that {@link FakeKie.playNext} has said nothing about. Default: it goes well. */
  readonly script?: (task: KieTask) => KieScenario | undefined;
  /** Models it does not have any more. Default: none; every other name exists. */
  readonly retired?: readonly string[];
  /** The one key that is let in. Default: any key. */
  readonly key?: string;
  /** Ids of tasks. Default: 32 hex digits that count up. */
  readonly createId?: () => string;
}

/** A task and its state now. */
export interface FakeKieTask extends KieTask {
  readonly state: KieTaskState;
}

/** A simulated kie.ai and what it has seen. */
export interface FakeKie extends SimulatedProvider {
  /** Tasks that exist, in the order of their creation. */
  readonly tasks: readonly FakeKieTask[];
  /** Every call, such as `POST https://api.kie.ai/api/v1/jobs/createTask`, in order. Holds no headers and no bodies. */
  readonly calls: readonly string[];
  /** Decides the scenario of the next task; calls queue up. */
  readonly playNext: (scenario: KieScenarioName | KieScenario) => void;
  /** The callbacks that are due now and that no call before has returned. They are not signed: their sender does that. */
  readonly takeWebhooks: () => readonly DueWebhook[];
}

const CREATES = { max: 20, windowMs: 10_000 };

/** Builds a simulated kie.ai. */
export function createFakeKie(options: FakeKieOptions): FakeKie {
  const records: KieTaskRecord[] = [];
  const scenarios: KieScenario[] = [];
  const calls: string[] = [];
  const createTimes: number[] = [];
  const createId = options.createId ?? countingHexIds();
  const taken = new Set<string>();

  return {
    hosts: ["api.kie.ai"],
    calls,
    get tasks() {
      const now = options.now();
      return records.map((record) => ({ ...record.task, state: kieTaskStateAt(record, now) }));
    },
    playNext: (scenario) => void scenarios.push(typeof scenario === "string" ? KIE_SCENARIOS[scenario] : scenario),
    takeWebhooks: () => takeDueWebhooks(records.map(kieWebhookSource), taken, options.now()),
    handle: async (request) => {
      calls.push(`${request.method} ${request.url}`);
      const now = options.now();
      if (!hasKey(request, "Bearer", options.key)) return kieAnswer(401, "You do not have access permissions");
      const { pathname, searchParams } = new URL(request.url);
      if (request.method === "GET" && pathname === "/api/v1/jobs/recordInfo") {
        const record = records.find(({ task }) => task.id === searchParams.get("taskId"));
        return record === undefined ? kieAnswer(422, "recordInfo is null") : answerKieRecord(record, now);
      }
      if (request.method === "GET" && pathname === "/api/v1/chat/credit")
        return kieAnswer(200, "success", options.credits ?? 1_000);
      if (request.method !== "POST" || pathname !== "/api/v1/jobs/createTask") return kieAnswer(404, "Not found");
      if (!takeCreate(createTimes, now)) return Response.json({ code: 429, msg: "Too many requests" }, { status: 429 });
      const task = await readKieCreate(request, options, createId);
      if (task instanceof Response) return task;
      const scenario = scenarios.shift() ?? options.script?.(task) ?? {};
      return acceptKieTask(task, scenario, { options, records });
    },
  };
}

async function readKieCreate(
  request: Request,
  { now, retired }: FakeKieOptions,
  createId: () => string,
): Promise<KieTask | Response> {
  const { model, input, callBackUrl } = (await readJsonObject(request)) ?? {};
  if (typeof model !== "string" || retired?.includes(model) === true) {
    return kieAnswer(422, "This model is not supported");
  }
  if (!isJsonObject(input)) return kieAnswer(400, "input cannot be empty");
  return {
    id: createId(),
    model,
    input,
    createdAt: now(),
    callBackUrl: typeof callBackUrl === "string" ? callBackUrl : undefined,
  };
}

interface KieTasks {
  readonly options: FakeKieOptions;
  readonly records: KieTaskRecord[];
}

function acceptKieTask(task: KieTask, scenario: KieScenario, { options, records }: KieTasks): Response {
  const { graceMs = 0, queueMs = 2000, jobMs = 20_000 } = options;
  const videoUrl = options.mp4Url?.(task) ?? `https://tempfile.aiquickdraw.com/${task.id}.mp4`;
  if (scenario.create?.accepted !== false) {
    records.push(startKieTask(task, { scenario, graceMs, queueMs, jobMs, videoUrl }));
  }
  if (scenario.create !== undefined) return playCallFault(scenario.create.fault);
  return kieAnswer(200, "success", { taskId: task.id });
}

// Counts a create against the limit. What is refused does not count.
function takeCreate(times: number[], now: number): boolean {
  while (times[0] !== undefined && times[0] <= now - CREATES.windowMs) times.shift();
  if (times.length >= CREATES.max) return false;
  times.push(now);
  return true;
}

function countingHexIds(): () => string {
  let count = 0;
  return () => (++count).toString(16).padStart(32, "0");
}
