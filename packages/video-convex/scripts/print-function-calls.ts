// Counts the functions that a deployment runs for one generation, on the embedded backend with the books of the component, and prints them as in
// docs/server-driven.md. Its time is simulated.
//   node --conditions=@video-engine/source packages/video-convex/scripts/print-function-calls.ts [--jobs 40] [--model vid-veo-3.1-fast]
import { parseArgs } from "node:util";
import { startEmbeddedBackend, type ModuleMap } from "@video-engine/example-convex";
import { findVideoModel } from "@video-engine/video-models";
import type { PollingOptions } from "@video-engine/video-sdk/core";
import { falProvider } from "@video-engine/video-sdk/server";
import { createFakeFal, createProviderFetch, createSeededRandom } from "@video-engine/video-sdk/testing";
import { makeFunctionReference } from "convex/server";
import { simulateTime } from "../test/matrix/simulated-time.ts";
import { inComponent, isQuiet } from "../test/support/component-tables.ts";
import { deploy } from "../test/support/deployed-options.ts";
import { callsMade, chooseFaults, spoil, submittedJobs, untilIdle } from "../test/support/faults-under-test.ts";
import { chooseProviders } from "../test/support/providers-under-test.ts";

const { values } = parseArgs({
  options: { jobs: { type: "string", default: "40" }, model: { type: "string", default: "vid-veo-3.1-fast" } },
});
const { jobs: count, model } = { ...values, jobs: Number(values.jobs) };
const usual = findVideoModel(model)?.expectedMs;
if (usual === undefined) throw new Error(`There is no model "${model}".`);

const MODULES: ModuleMap = {
  "./video.ts": () => import("../test/own-app/video.ts"),
  "./matrixLedger.ts": () => import("../test/matrix/matrix-ledger.ts"),
  "./http.ts": () => import("../test/own-app/http.ts"),
};
const generate = makeFunctionReference<"mutation">("video:generate");
const grant = makeFunctionReference<"mutation">("matrixLedger:grant");

const untilNextTimer = simulateTime();
const { convexTest: t, close } = await startEmbeddedBackend({ withComponents: true, modules: MODULES });

/** What ran so far. A function that was scheduled and then not needed did not run. */
async function ran(): Promise<{ readonly waits: number; readonly calls: number }> {
  const names = await inComponent(t, async ({ db }) => {
    const scheduled = await db.system.query("_scheduled_functions").collect();
    return scheduled.filter(({ state }) => state.kind === "success").map(({ name }) => name);
  });
  const { begin = 0, answer = 0 } = callsMade();
  return { waits: names.filter((name) => name === "scheduled:elapsed").length, calls: names.length + begin + answer };
}

/** One generation after another, whose jobs take from half of the usual time to as long as the slowest of twenty. Returns what they took in all. */
async function play(
  user: string,
  hasWebhooks: boolean,
): Promise<{ readonly questions: number; readonly calls: number }> {
  const random = createSeededRandom(7);
  const alice = t.withIdentity({ subject: user });
  chooseFaults([]);
  const before = await ran();
  const { p50, p95 } = usual ?? { p50: 0, p95: 0 };
  let questions = 0;
  for (let job = 0; job < count; job++) {
    const jobMs = Math.round(p50 / 2 + random() * (p95 - p50 / 2));
    const fal = createFakeFal({ now: Date.now, queueMs: 1_000, jobMs });
    const provider = spoil(falProvider({ credentials: "id:secret", fetch: createProviderFetch([fal]) }));
    chooseProviders([provider]);
    await alice.mutation(grant, { amount: 10_000 });
    await alice.mutation(generate, {
      id: `${user}-${job}`,
      request: { model, prompt: "a corgi surfing", duration: 8 },
    });
    let isTold = !hasWebhooks;
    while (!(await isQuiet(t))) {
      await untilIdle(t.finishInProgressScheduledFunctions);
      if (!isTold && fal.jobs.length > 0) {
        isTold = true;
        const address = new URL(submittedJobs().at(-1)?.webhookUrl ?? "");
        const body = JSON.stringify({ requestId: fal.jobs.at(-1)?.id });
        setTimeout(() => void t.fetch(address.pathname + address.search, { method: "POST", body }), jobMs + 1_500);
      }
      await untilNextTimer();
      await untilIdle(t.finishInProgressScheduledFunctions);
    }
    questions += fal.calls.filter((call) => call.includes("/status")).length;
  }
  const after = await ran();
  // `generate` is counted by no table; a webhook is an HTTP action and a mutation.
  return { questions, calls: after.calls - before.calls + count * (hasWebhooks ? 3 : 1) };
}

const ROWS: readonly (readonly [string, PollingOptions | undefined, boolean])[] = [
  ["the default polling, from a deployment's first job on", undefined, false],
  ["the default polling, with the last jobs known", undefined, false],
  ["with webhooks", undefined, true],
  [
    "with webhooks, `polling: { minWaitMs: 30_000, maxWaitMs: 60_000 }`",
    { minWaitMs: 30_000, maxWaitMs: 60_000 },
    true,
  ],
];
process.stdout.write(
  `${count} generations of ${model} each, whose jobs take ${usual.p50 / 2000} to ${usual.p95 / 1000} s.\n\n`,
);
process.stdout.write(
  "| polling | questions | function calls | a million a day: calls a second |\n| --- | ---: | ---: | ---: |\n",
);
for (const [index, [name, polling, hasWebhooks]] of ROWS.entries()) {
  deploy({ polling });
  const { questions, calls } = await play(`user-${index}`, hasWebhooks);
  const [each, asked] = [calls / count, questions / count];
  process.stdout.write(
    `| ${name} | ${asked.toFixed(1)} | ${each.toFixed(1)} | ${Math.round((each * 1e6) / 86_400)} |\n`,
  );
}
await close();
