// What goes wrong in the actions of the apps under test: an action dies before or after one of its calls, or an answer is lost and told again.
import { VideoError } from "@video-engine/video-sdk";
import {
  getFunctionAddress,
  type FunctionReference,
  type GenericActionCtx,
  type GenericDataModel,
} from "convex/server";
import type { VideoProvider, VideoProviderJob } from "@video-engine/video-sdk/server";

/** The calls of an action, in their order. */
export const CALLS = ["begin", "submit", "status", "cancel", "answer"] as const;

/** One fault: at the `nth` time that a call is made, counted over all actions of a world. */
export interface Fault {
  readonly call: (typeof CALLS)[number];
  readonly nth: number;
  /** `dies-before`, `dies-after`: the action does nothing more. `lost`: it was made, and its answer did not come back. */
  readonly how: "dies-before" | "dies-after" | "lost";
}

let faults: readonly Fault[] = [];
let made: Partial<Record<Fault["call"], number>> = {};

/** Chooses them, and begins to count. */
export function chooseFaults(chosen: readonly Fault[]): void {
  faults = chosen;
  retrying.clear();
  submitted.length = 0;
  made = {};
}

/** How often each call was made since then. */
export const callsMade = (): Readonly<typeof made> => made;

/** p-retry does not repeat after a TypeError, so nothing of a dead action goes on. */
class Died extends TypeError {}

type AnyMutation = FunctionReference<"mutation", "internal">;

/** One run of an action. */
interface Run {
  isDead: boolean;
}

const retrying = new Set<Run>();
let onRetry: () => void = () => undefined;

/** Whether an action waits to tell its answer again. */
export const isRetrying = (): boolean => retrying.size > 0;

/** Resolves when all that runs has ended, or an action waits to tell its answer again: then only its timer goes on. */
export async function untilIdle(finish: () => Promise<void>): Promise<void> {
  if (retrying.size === 0) await Promise.race([finish(), new Promise<void>((resolve) => (onRetry = resolve))]);
  // Its timer begins a few turns after the throw.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

let current: Run = { isDead: false };

async function spoiled<T>(call: Fault["call"], run: Run, really: () => Promise<T>): Promise<T> {
  if (run.isDead) throw new Died("The action is dead.");
  if (call === "answer") retrying.delete(run);
  const nth = (made[call] = (made[call] ?? 0) + 1);
  const fault = faults.find((planned) => planned.call === call && planned.nth === nth);
  const die = (): never => {
    run.isDead = true;
    throw new Died("The action dies.");
  };
  if (fault?.how === "dies-before") die();
  const answer = await really();
  if (fault?.how === "dies-after") die();
  if (fault?.how === "lost") {
    if (call === "answer") {
      retrying.add(run);
      onRetry();
    }
    throw new Error("The answer was lost.");
  }
  return answer;
}

/** Runs an action with its faults. */
export async function withFaults<T>(
  ctx: GenericActionCtx<GenericDataModel>,
  act: (ctx: GenericActionCtx<GenericDataModel>) => Promise<T>,
): Promise<T> {
  const run: Run = { isDead: false };
  current = run;
  const really = ctx.runMutation as (reference: AnyMutation, args: object) => Promise<unknown>;
  const runMutation = async (reference: AnyMutation, args: object): Promise<unknown> => {
    const name = getFunctionAddress(reference).reference?.split("/").at(-1) === "begin" ? "begin" : "answer";
    return await spoiled(name, run, async () => await really(reference, args));
  };
  return await act({ ...ctx, runMutation } as unknown as typeof ctx);
}

const submitted: VideoProviderJob[] = [];

/** The jobs that were to be submitted, since the world began. */
export const submittedJobs = (): readonly VideoProviderJob[] => submitted;

/** A provider whose calls have the faults of the action that makes them. */
export function spoil(provider: VideoProvider): VideoProvider {
  return {
    ...provider,
    submit: async (job) => {
      submitted.push(job);
      return await spoiled("submit", current, async () => await provider.submit(job));
    },
    status: async (job, options) => await spoiled("status", current, async () => await provider.status(job, options)),
    // Signatures are the provider's own part, and tested there: here the body says the job.
    verifyWebhook: async ({ body }) => {
      const { requestId } = JSON.parse(new TextDecoder().decode(body)) as { readonly requestId?: string };
      if (requestId === undefined) throw new VideoError("not-signed-in");
      return await Promise.resolve({ requestId, messageId: requestId });
    },
    cancel: async (job) => await spoiled("cancel", current, async () => await provider.cancel(job)),
  };
}
