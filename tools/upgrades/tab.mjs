// One tab of an app, in a process of its own, with the version of the packages beside it. It shares a folder as storage with other tabs. Plain
// JavaScript in the words that every version knows. Prints one line of JSON.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createPollingPolicy, createVideoEngine, functionsByName } from "@video-engine/video-sdk";
import { ConvexHttpClient } from "convex/browser";

const [task, phaseOfDeath] = process.argv.slice(2);
const { convexUrl, routesUrl, token, folder, storage, locks, record } = JSON.parse(process.env.TAB);
const { createFileStorage } = await import(storage);
const { createProcessLocks } = await import(locks);
const events = [];

recordJobs();
const policy = createPollingPolicy({ minWaitMs: 50 });
const engine = createVideoEngine({
  convex: new ConvexHttpClient(convexUrl, { auth: token, logger: false }),
  http: { baseUrl: routesUrl, getToken: () => token },
  user: "user_demo",
  platform: { storage: createFileStorage(folder), locks: createProcessLocks(join(folder, "locks")) },
  ...(await keyed(task.endsWith("-by-sessions"))),
  routes: { cancel: "api/mobile/cancel-video", isSubmitRepeatable: true },
  // The sandbox's jobs are shorter than any real one.
  polling: (poll) => policy({ ...poll, expectedMs: { p50: 400, p95: 2_000 } }),
  onEvent: ({ type, reason }) => {
    if (type === "record-unreadable") events.push(`${type}: ${reason}`);
  },
});
const settings = { model: "vid-veo-3.1-fast", aspectRatio: "16:9", duration: 8, resolution: "720p" };
const generations = task.startsWith("resume")
  ? await engine.resume()
  : [engine.generate({ ...settings, prompt: "a corgi surfing" })];
if (phaseOfDeath !== undefined) generations.forEach(dieIn(phaseOfDeath));
const outcomes = await Promise.all(generations.map(({ outcome }) => outcome));
// The last record is removed after the outcome is known.
await new Promise((resolve) => setTimeout(resolve, 200));
engine.dispose();
console.log(
  JSON.stringify({
    ended: outcomes.map(({ status, settlement, error }) =>
      [status, settlement, ...(error ? [error.code, error.message] : [])].join(", "),
    ),
    events,
  }),
);
process.exit();

/** How its calls are told apart: by ids, which every version sends, or by sessions of Convex, which only the newest knows. */
async function keyed(isBySessions) {
  // The first version sends all fields, and knows no such option.
  const backend = { takesOperationIds: true, ...(record > 1 && { fields: "all" }) };
  if (!isBySessions) return { functions: functionsByName("withOperationIds/"), backend };
  const { convexSessions } = await import("@video-engine/video-sdk/convex-sessions");
  return { backend: { exactlyOnce: convexSessions({ url: convexUrl, fetchToken: async () => token }) } };
}

/** A tab that is killed: nothing is told, and nothing is written any more. */
function dieIn(phase) {
  return (generation) => {
    const look = () => generation.getSnapshot().phase === phase && process.kill(process.pid, "SIGKILL");
    generation.subscribe(look);
    look();
  };
}

/** Writes down each job that the routes have made, so that a second one is seen. */
function recordJobs() {
  const send = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await send(input, init);
    if (!String(input.url ?? input).includes("generate-video")) return response;
    const text = await response.text();
    appendFileSync(join(folder, "jobs.txt"), `${JSON.parse(text).requestId}\n`);
    return new Response(text, response);
  };
}
