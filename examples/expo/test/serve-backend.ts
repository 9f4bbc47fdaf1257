// A Convex backend, the app's routes and a provider in another process: `npm run video-engine -- serve`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createPollingPolicy } from "@video-engine/video-sdk";
import type { AppOptions } from "../src/compose.ts";

/** What the app has to know of them. */
export interface ServedBackend extends AppOptions {
  stop(): Promise<void>;
}

const JOB_MS = 500;

/** Starts them; a video takes half a second. They end with this process, whatever becomes of it. */
export async function serveBackend(): Promise<ServedBackend> {
  const main = join(__dirname, "..", "..", "..", "packages", "cli", "src", "main.ts");
  const child = spawn(process.execPath, ["--conditions=@video-engine/source", main, "serve", "--json"], {
    env: { ...process.env, SANDBOX_JOB_MS: String(JOB_MS), SERVE_UNTIL_STDIN_ENDS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  const { CONVEX_URL, ROUTES_URL, CONVEX_TOKEN } = JSON.parse(String(line)) as Record<string, string>; // what serve prints
  if (!CONVEX_URL || !ROUTES_URL || !CONVEX_TOKEN) throw new Error(`serve has printed ${String(line)}`);
  const policy = createPollingPolicy({ minWaitMs: JOB_MS });
  return {
    convexUrl: CONVEX_URL,
    apiUrl: ROUTES_URL,
    user: { id: "user_demo", getToken: () => Promise.resolve(CONVEX_TOKEN) },
    // The sandbox takes as long for every model, so its jobs are not asked about on the real models' schedule.
    polling: (poll) => policy({ ...poll, expectedMs: { p50: JOB_MS, p95: JOB_MS + 2_000 } }),
    async stop() {
      child.stdin.end();
      await once(child, "close");
    },
  };
}
