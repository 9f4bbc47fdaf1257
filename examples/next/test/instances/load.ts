// What two instances carry: submits, held questions, and a shutdown in the middle. Prints the figures of docs/several-instances.md.
// After `npm run build` and `npm run next:check`: `npm run load -w examples/next -- --submits 4000 --held 1000`.
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { openWorld, type World } from "./open-world.ts";

const { values } = parseArgs({
  options: { submits: { type: "string", default: "4000" }, held: { type: "string", default: "1000" } },
});
const [submits, held] = [Number(values.submits), Number(values.held)];
/** Submits at the same time. */
const CLIENTS = 64;
/** Of one user, below the limit of a minute. */
const SUBMITS_PER_USER = 5;

// Without a backend: what is measured are the routes and their stores.
const world = await openWorld("next", { CONVEX_URL: "" });
try {
  world.balancer.use([world.first.url, world.second.url]);
  await submitAll(world);
  await holdAll(world);
} finally {
  await world.close();
}

async function submitAll({ balancer, sandbox, submit }: World): Promise<void> {
  const times: number[] = [];
  const statuses: number[] = [];
  let next = 0;
  const before = sandbox.fal.jobs.length;
  const startedAt = performance.now();
  const client = async (): Promise<void> => {
    for (let index = next++; index < submits; index = next++) {
      const began = performance.now();
      const answer = await submit(balancer.url, randomUUID(), { user: `user_${Math.floor(index / SUBMITS_PER_USER)}` });
      await answer.arrayBuffer();
      times.push(performance.now() - began);
      statuses.push(answer.status);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  const jobs = sandbox.fal.jobs.length - before;
  print(`${submits} submits by ${CLIENTS} clients`, `${(submits / seconds).toFixed(0)} a second, ${spread(times)}`);
  print("answers by status, and jobs", `${counted(statuses)}, ${jobs} jobs`);
}

async function holdAll({ balancer, second, submit, hold }: World): Promise<void> {
  const users = Array.from({ length: Math.ceil(held / 25) }, (_, index) => `holder_${index}`);
  const jobs = await Promise.all(
    users.map(async (user) => {
      const answer = await submit(balancer.url, randomUUID(), { user, prompt: "a corgi [scenario:never-ends]" });
      return { user, requestId: ((await answer.json()) as { requestId: string }).requestId };
    }),
  );
  const asked = Array.from({ length: held }, (_, index) => jobs[index % jobs.length]).flatMap((job) => job ?? []);
  const questions = asked.map(async ({ user, requestId }) => {
    const answer = await hold(balancer.url, requestId, { user }).catch(() => undefined);
    await answer?.arrayBuffer();
    return answer?.status ?? 0;
  });
  // Long enough for all of them to be held, and shorter than they are.
  await new Promise((resolve) => void setTimeout(resolve, 12_000));
  const startedAt = performance.now();
  await second.end("SIGTERM");
  const seconds = (performance.now() - startedAt) / 1000;
  const what = `${held} held questions, half of them at an instance that is told to end`;
  print(what, `${counted(await Promise.all(questions))}, process ended after ${seconds.toFixed(1)} s`);
}

/** How often each status was answered; 0 is a connection that broke. */
function counted(statuses: readonly number[]): string {
  const known = [...new Set(statuses)];
  return JSON.stringify(
    Object.fromEntries(known.map((one) => [one, statuses.filter((status) => status === one).length])),
  );
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number): string => `${Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0)} ms`;
  return `median ${at(0.5)}, 99 of 100 within ${at(0.99)}, slowest ${at(1)}`;
}

function print(what: string, figures: string): void {
  process.stdout.write(`${what}: ${figures}\n`);
}
