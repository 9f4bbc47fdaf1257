// Everything behind the page: a Convex backend, the providers' sandbox, a bucket, and the routes. Knows no page.
import { connectBackend } from "@video-engine/example-convex";
import { openUploadStore, serveHttp, startSandbox, type Sandbox } from "@video-engine/example-sandbox";
import { createApi, type ApiParts } from "./create-api.ts";
import { createDemoUsers, type StartingBooks } from "./demo-users.ts";

/** How to start. */
export interface ServicesOptions extends StartingBooks {
  /** How long the sandbox takes for a job, milliseconds. */
  readonly jobMs: number;
}

/** What runs. */
export interface Services {
  /** Where /api and /demo are answered. */
  readonly apiUrl: string;
  readonly convexUrl: string;
  /** The simulated providers; undefined where they are real. */
  readonly sandbox: Sandbox | undefined;
  close(): Promise<void>;
}

/** Starts it all. With CONVEX_URL and CONVEX_TOKEN the backend is that deployment; with FAL_KEY or KIE_API_KEY the providers are real. */
export async function startServices({ jobMs, ...books }: ServicesOptions): Promise<Services> {
  const isReal = Boolean(process.env["FAL_KEY"] || process.env["KIE_API_KEY"]);
  const atBackend = (path: string): URL => new URL(path, backend.url);
  const simulated = isReal ? undefined : await simulate(jobMs, atBackend);
  // The deployment calls the providers by itself where it drives generations.
  const env = simulated && { FAL_SANDBOX_URL: simulated.sandbox.url, VIDEO_WEBHOOK_URL: WEBHOOK_URL };
  const backend = await connectBackend({ withComponents: true, env });
  const isOwn = Boolean(process.env["CONVEX_URL"]);
  const users = createDemoUsers(backend, { ...books, isOwn });
  const handler = createApi({ convexUrl: backend.url, users, simulated });
  const api = await serveHttp(handler, { port: 0, host: "127.0.0.1" });
  return {
    apiUrl: api.url,
    convexUrl: backend.url,
    sandbox: simulated?.sandbox,
    async close() {
      await Promise.all([api.close(), simulated?.sandbox.close(), simulated?.store.close(), backend.stop()]);
    },
  };
}

/** A deployment's address is https; on this machine its path counts. */
const WEBHOOK_URL = "https://deployment.example/video-webhook";

async function simulate(jobMs: number, atBackend: (path: string) => URL): Promise<NonNullable<ApiParts["simulated"]>> {
  const sendWebhook = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    return await fetch(new Request(atBackend(`${pathname}${search}`), request));
  };
  const [sandbox, store] = await Promise.all([startSandbox({ jobMs, sendWebhook }), openUploadStore()]);
  return { sandbox, store, jobMs };
}
