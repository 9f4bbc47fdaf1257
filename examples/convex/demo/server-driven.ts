// A generation that needs no client, to see: one process starts it and dies; another one comes later and finds the video and the books.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { startSandbox } from "@video-engine/example-sandbox";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { spawnEmbeddedBackend } from "../server/index.ts";

const OUTPUT = join("out", "server-driven.mp4");
const CREDITS = 1_000;
const JOB_MS = 3_000;
const LOOK_MS = 500;
/** Far longer than it takes. */
const PATIENCE_MS = 120_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs the demo. Rejects where the video or the books are not as they should be. */
export async function runServerDrivenDemo(): Promise<void> {
  const sandbox = await startSandbox({ jobMs: JOB_MS });
  const backend = await spawnEmbeddedBackend({ withComponents: true, env: { FAL_SANDBOX_URL: sandbox.url } });
  try {
    const token = backend.tokenFor({ subject: "demo" });
    const http = new ConvexHttpClient(backend.url, { auth: token, logger: false });
    await http.mutation(api.extras.seedUser, { credits: CREDITS, subscriptionPlan: "pro" });
    say(`credits before        ${CREDITS} available`);
    const { id, phase } = await startAndDie(backend.url, token);
    say(`the client            started ${id}, and was killed while it was ${phase}`);
    say("the deployment        goes on by itself ...");
    const ended = await untilEnded(http, id);
    const { credits, rows, openSlots } = await http.query(api.extras.books, {});
    const [row] = rows;
    const url = row?.videos?.[0];
    say(`another process finds ${ended.status}: ${ended.settlement}, the row ${row?.isLoading ? "loading" : "saved"}`);
    say(`credits after         ${credits.available} available, ${credits.reserved} held; ${openSlots} open slots`);
    const isRight =
      ended.settlement === "captured" && credits.reserved === 0 && credits.available === CREDITS - ended.credits;
    if (url === undefined || !isRight || openSlots > 0)
      throw new Error("The video or the books are not as they should be.");
    await mkdir(dirname(OUTPUT), { recursive: true });
    await writeFile(OUTPUT, Buffer.from(await (await fetch(url)).arrayBuffer()));
    say(`saved                 ${OUTPUT}`);
  } finally {
    await Promise.all([backend.stop(), sandbox.close()]);
  }
}

/** Runs the client's process to its death. */
async function startAndDie(url: string, token: string): Promise<{ readonly id: string; readonly phase: string }> {
  const args = ["--conditions=@video-engine/source", join(import.meta.dirname, "start-and-die.ts"), url, token];
  const said = await new Promise<string>(
    (resolve) => void execFile(process.execPath, args, (_, stdout) => resolve(stdout)),
  );
  return JSON.parse(said) as { id: string; phase: string }; // as it writes it
}

async function untilEnded(http: ConvexHttpClient, id: string) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline;) {
    const snapshot = await http.query(api.video.get, { id });
    if (snapshot !== null && snapshot.status !== "running") return snapshot;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`${id} has not ended within ${PATIENCE_MS} ms.`);
}
