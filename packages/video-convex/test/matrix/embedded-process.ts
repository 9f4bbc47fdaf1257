// The embedded backend of the fault matrix, in a process of its own whose time is simulated. Its parent gives commands over IPC; clients come over
// HTTP and WebSocket.
import { startEmbeddedBackend, type ModuleMap } from "@video-engine/example-convex";
import { falProvider } from "@video-engine/video-sdk/server";
import { createFakeFal, createProviderFetch, type FakeFal } from "@video-engine/video-sdk/testing";
import { chooseFaults, isRetrying, spoil, submittedJobs, untilIdle, type Fault } from "../support/faults-under-test.ts";
import { isQuiet } from "../support/component-tables.ts";
import { chooseProviders } from "../support/providers-under-test.ts";
import { DEARER, deploy } from "../support/deployed-options.ts";
import type { PollingOptions } from "@video-engine/video-sdk/core";
import { simulateTime } from "./simulated-time.ts";

/** What the parent may ask for. */
export interface Commands {
  open(options: { readonly faults: readonly Fault[]; readonly fails: boolean }): void;
  step(): Promise<void>;
  deploy(options: PollingOptions | undefined): void;
  facts(): Promise<{ readonly jobs: number; readonly isQuiet: boolean }>;
  /** The path of the last job's webhook, and what it says. */
  webhook(): { readonly path: string; readonly jobId: string } | null;
}

const MODULES: ModuleMap = {
  "./video.ts": () => import("../own-app/video.ts"),
  "./videoOfApp.ts": () => import("./embedded-app.ts"),
  "./matrixLedger.ts": () => import("./matrix-ledger.ts"),
  "./http.ts": () => import("../own-app/http.ts"),
};

const backend = await startEmbeddedBackend({ withComponents: true, modules: MODULES });
const { convexTest: t } = backend;
const untilNextTimer = simulateTime();
// The faults of an action are in the log of a deployment, and here they are expected.
console.error = () => undefined;
console.warn = () => undefined;

let fal: FakeFal;

const commands: Commands = {
  open({ faults, fails }) {
    chooseFaults(faults);
    deploy({});
    fal = createFakeFal({ now: Date.now, queueMs: 1000, jobMs: 20_000 });
    if (fails) fal.playNext("content-policy-violation");
    chooseProviders([spoil(falProvider({ credentials: "id:secret", fetch: createProviderFetch([fal]) }))]);
  },
  async step() {
    await untilIdle(t.finishInProgressScheduledFunctions);
    await untilNextTimer();
    await untilIdle(t.finishInProgressScheduledFunctions);
  },
  deploy: (polling) => deploy({ polling, pricing: DEARER }),
  // An action that still tells its answer again would be waited for in the next world.
  facts: async () => ({ jobs: fal.jobs.length, isQuiet: !isRetrying() && (await isQuiet(t)) }),
  webhook() {
    const [address, job] = [submittedJobs().at(-1)?.webhookUrl, fal.jobs.at(-1)];
    if (address === undefined || job === undefined) return null;
    const { pathname, search } = new URL(address);
    return { path: pathname + search, jobId: job.id };
  },
};

interface Asked {
  readonly id: number;
  readonly name: keyof Commands;
  readonly given: never;
}

process.on("message", (message) => {
  const { id, name, given } = message as Asked; // as the parent sends it
  void Promise.resolve()
    .then((): unknown => commands[name](given))
    .then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ url: backend.url });
