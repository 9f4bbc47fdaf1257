// A network in this process: every request made in one turn of the event loop is answered in the next, and a job ends at its last poll. Speaks
// the wire of the app's routes, of fal and of replicate, so that each engine is measured with its own client.

/** The part of `fetch` that every client here uses. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The calls to the app's backend, by name. */
export type Backend = (name: string, args: Record<string, unknown>) => Promise<unknown>;

/** A network, and how much it was used. */
export interface Transport {
  readonly fetch: Fetch;
  readonly backend: Backend;
  /** Requests and calls so far. */
  readonly count: () => number;
  /** Calls that wait for the next turn. */
  readonly waiting: () => number;
}

/** A network whose jobs end at their `polls`-th question. */
export function createTransport(polls: number): Transport {
  const [asked, turn] = [new Map<string, number>(), createTurn()];
  let [calls, ids] = [0, 0];
  const isDone = (id: string): boolean => {
    const count = (asked.get(id) ?? 0) + 1;
    asked.set(id, count);
    return count >= polls;
  };
  return {
    async fetch(input, init) {
      calls += 1;
      await turn.next();
      const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
      const isPost = (init?.method ?? "GET").toUpperCase() === "POST";
      const { status = 200, body } = isPost ? accepted(url, `r${++ids}`) : answer(url, isDone);
      return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
    },
    async backend(name) {
      calls += 1;
      await turn.next();
      return backendAnswer(name, ++ids);
    },
    count: () => calls,
    waiting: turn.waiting,
  };
}

/** The next turn of the event loop, shared by all that wait for it. */
function createTurn(): { next(): Promise<void>; waiting(): number } {
  let queue: (() => void)[] = [];
  const flush = (): void => {
    const due = queue;
    queue = [];
    for (const resolve of due) resolve();
  };
  return {
    next: () =>
      new Promise((resolve) => {
        if (queue.length === 0) setImmediate(flush);
        queue.push(resolve);
      }),
    waiting: () => queue.length,
  };
}

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

const videoUrl = (id: string): string => `https://v3.fal.media/files/${id}.mp4`;

function accepted(url: string, id: string): Answer {
  if (url.includes("fal.run")) {
    const queue = `https://queue.fal.run/a/b/requests/${id}`;
    const urls = { response_url: queue, status_url: `${queue}/status`, cancel_url: `${queue}/cancel` };
    return { body: { request_id: id, status: "IN_QUEUE", queue_position: 0, ...urls } };
  }
  if (url.includes("replicate")) return { status: 201, body: { id, status: "starting", urls: {} } };
  return { body: { queued: true, requestId: id } };
}

function answer(url: string, isDone: (id: string) => boolean): Answer {
  const found = /\/(?:requests|predictions)\/(r\d+)|requestId=(r\d+)/.exec(url);
  const id = found?.[1] ?? found?.[2] ?? "unknown";
  if (url.includes("replicate")) {
    return { body: isDone(id) ? { id, status: "succeeded", output: videoUrl(id) } : { id, status: "processing" } };
  }
  if (url.includes("fal.run")) {
    if (url.includes("/status")) {
      return { body: { status: isDone(id) ? "COMPLETED" : "IN_PROGRESS", request_id: id, logs: null } };
    }
    // The AI SDK polls the result itself; subscribe() fetches it once the status says that it is there.
    return isDone(id)
      ? { body: { video: { url: videoUrl(id), content_type: "video/mp4" } } }
      : { status: 400, body: { detail: "Request is still in progress" } };
  }
  return { body: isDone(id) ? { success: true, videos: [videoUrl(id)] } : { queued: true, status: "IN_PROGRESS" } };
}

/** What the app's functions answer when nothing is wrong. */
export function backendAnswer(name: string, id: number): unknown {
  switch (name) {
    case "generations:acquireGenerationSlot":
      return { ok: true, generationId: `slot-${id}` };
    case "sessions:createSession":
      return `session-${id}`;
    case "sessions:addGenerationToSession":
      return `row-${id}`;
    case "sessions:updateGeneration":
    case "generations:updateGenerationStatus":
      return null;
    default:
      return { success: true };
  }
}
