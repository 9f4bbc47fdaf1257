// The fault matrix on the embedded backend, with the real clients: calls over HTTP, and what the deployment shows over a WebSocket. The backend is a
// process of its own, so that only its time is simulated.
import { fork } from "node:child_process";
import { join } from "node:path";
import { tokenFor } from "@video-engine/example-convex";
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import { quoteVideo } from "@video-engine/video-models";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import type { Commands } from "./embedded-process.ts";
import type { Books, MatrixHost, MatrixWorld, WorldOptions } from "./matrix-host.ts";

const PROGRAM = join(import.meta.dirname, "embedded-process.ts");
const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
/** Ten years: the time of the backend runs ahead. */
const LIFETIME_SECONDS = 10 * 365 * 24 * 60 * 60;
/** Far longer than a WebSocket takes. */
const PATIENCE_MS = 60_000;

type Ask = <Name extends keyof Commands>(
  name: Name,
  ...given: Parameters<Commands[Name]>
) => Promise<Awaited<ReturnType<Commands[Name]>>>;

/** What the process says: its address once, and then the answers to commands. */
interface Answer {
  readonly url?: string;
  readonly id?: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** Starts the backend's process. */
export async function openEmbeddedHost(): Promise<MatrixHost> {
  const child = fork(PROGRAM, { execArgv: ["--conditions=@video-engine/source"] });
  const asked = new Map<number, (answer: Answer) => void>();
  let [count, worlds] = [0, 0];
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => {
      reject(new Error(`The embedded backend has ended with ${code}.`));
      for (const [id, resolve] of asked) resolve({ id, error: `The embedded backend has ended with ${code}.` });
    });
    child.on("message", (message: Answer) => {
      if (message.url !== undefined) resolve(message.url);
      else asked.get(message.id ?? 0)?.(message);
    });
  });
  const ask: Ask = async (name, ...[given]) => {
    const id = ++count;
    const { answer, error } = await new Promise<Answer>((resolve) => {
      asked.set(id, resolve);
      child.send({ id, name, given }, (failed) => failed && resolve({ id, error: String(failed) }));
    });
    asked.delete(id);
    if (error !== undefined) throw new Error(error);
    return answer as never; // what the command of this name answers
  };
  return {
    name: "the embedded backend",
    async open(options) {
      await ask("open", { faults: options.faults, fails: options.job === "fails" });
      return await openWorld({ url, ask, userId: `user-${++worlds}` }, options);
    },
    isAlive: () => child.connected,
    async close() {
      if (!child.connected) return;
      child.disconnect();
      await new Promise((resolve) => void child.once("exit", resolve));
    },
  };
}

interface Deployment {
  readonly url: string;
  readonly ask: Ask;
  readonly userId: string;
}

async function openWorld({ url, ask, userId }: Deployment, { books, credits }: WorldOptions): Promise<MatrixWorld> {
  const token = tokenFor({ subject: userId, lifetimeSeconds: LIFETIME_SECONDS });
  const http = new ConvexHttpClient(url, { auth: token, logger: false });
  const video = functionsOf(books === "app" ? "videoOfApp" : "video");
  if (books === "app") await http.mutation(SEED, { credits, subscriptionPlan: "max" });
  else await http.mutation(GRANT, { amount: credits });
  const watcher = new ConvexClient(url, { logger: false });
  watcher.setAuth(() => Promise.resolve(token));
  return {
    generate: async (id) =>
      await http.mutation(video.generate, { id, request: REQUEST, credits: quoteVideo(REQUEST).credits }),
    cancel: async (id) => void (await http.mutation(video.cancel, { id })),
    get: async (id) => await http.query(video.get, { id }),
    step: async () => await ask("step"),
    async callWebhook() {
      const webhook = await ask("webhook");
      if (webhook === null) return;
      await fetch(url + webhook.path, { method: "POST", body: JSON.stringify({ requestId: webhook.jobId }) });
    },
    deploy: async (polling) => await ask("deploy", polling),
    facts: async () => await ask("facts"),
    books: async () => await (books === "app" ? booksOfApp(http) : booksOfComponent(http)),
    isShown: async (ended) => await isShown(watcher, video.list, ended),
    close: async () => await watcher.close(),
  };
}

/** Whether the list that is followed comes to show it. */
async function isShown(
  watcher: ConvexClient,
  list: ReturnType<typeof functionsOf>["list"],
  ended: GenerationSnapshot,
): Promise<boolean> {
  return await new Promise((resolve) => {
    const patience = setTimeout(() => resolve(false), PATIENCE_MS);
    const leave = watcher.onUpdate(list, {}, (shown) => {
      if (!shown.some((one) => JSON.stringify(one) === JSON.stringify(ended))) return;
      clearTimeout(patience);
      leave();
      resolve(true);
    });
  });
}

async function booksOfComponent(http: ConvexHttpClient): Promise<Books> {
  const { balance, held } = await http.query(READ, {});
  // A slot of the component is a generation that runs, and none does once all is quiet.
  return { total: balance, held, openSlots: 0, loadingRows: 0 };
}

async function booksOfApp(http: ConvexHttpClient): Promise<Books> {
  const { credits, openSlots, rows } = await http.query(BOOKS, {});
  const loadingRows = rows.filter(({ isLoading }) => isLoading).length;
  return { total: credits.total, held: credits.reserved, openSlots, loadingRows };
}

function functionsOf(module: string) {
  return {
    generate: makeFunctionReference<"mutation", Record<string, unknown>, GenerationSnapshot>(`${module}:generate`),
    cancel: makeFunctionReference<"mutation", { id: string }, GenerationSnapshot>(`${module}:cancel`),
    get: makeFunctionReference<"query", { id: string }, GenerationSnapshot | null>(`${module}:get`),
    list: makeFunctionReference<"query", Record<string, never>, readonly GenerationSnapshot[]>(`${module}:list`),
  };
}

const SEED = makeFunctionReference<"mutation">("extras:seedUser");
const GRANT = makeFunctionReference<"mutation">("matrixLedger:grant");
const READ = makeFunctionReference<"query", Record<string, never>, { balance: number; held: number }>(
  "matrixLedger:read",
);
const BOOKS = makeFunctionReference<
  "query",
  Record<string, never>,
  {
    credits: { total: number; reserved: number };
    openSlots: number;
    rows: readonly { readonly isLoading: boolean }[];
  }
>("extras:books");
