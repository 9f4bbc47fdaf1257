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
  const [backend, simulated] = await Promise.all([connectBackend(), isReal ? undefined : simulate(jobMs)]);
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

async function simulate(jobMs: number): Promise<NonNullable<ApiParts["simulated"]>> {
  const [sandbox, store] = await Promise.all([startSandbox({ jobMs }), openUploadStore()]);
  return { sandbox, store, jobMs };
}
