// Asks a provider about a job, within a time limit. A call that takes too long is not a verdict on the job.
import { VideoError } from "../errors.ts";
import type { Clock } from "../platform-ports.ts";
import { withLinked } from "./link-signals.ts";
import type { JobQuery } from "./job-query.ts";
import type { ProviderCancelAnswer, ProviderJobAnswer } from "./providers/provider.ts";
import { retryRead } from "./retry-read.ts";
import { withinDeadline, type Deadline } from "./within-deadline.ts";

/** A job, and the provider to ask about it. */
export type AskedJob = Pick<JobQuery, "provider" | "job">;

const DEADLINE_MS = 15_000;

/**
 * The status of a job. A call that fails for a passing reason is repeated within the same 15 s. Throws `provider-unavailable` when
 * they are over, else the error of the last call.
 */
export async function askStatus(query: AskedJob, clock: Clock, caller: AbortSignal): Promise<ProviderJobAnswer> {
  return await withinDeadline(
    async (over) =>
      await withLinked([caller, over], async (signal) => {
        const read = async (): Promise<ProviderJobAnswer> => await query.provider.status(query.job, { signal });
        return await retryRead(read, { clock, withinMs: DEADLINE_MS, signal });
      }),
    deadline(clock, query),
  );
}

/** The status of a job, by one call, for callers that ask again themselves. Throws `provider-unavailable` after 15 s. */
export async function askStatusOnce(query: AskedJob, clock: Clock, caller: AbortSignal): Promise<ProviderJobAnswer> {
  return await withinDeadline(
    async (over) =>
      await withLinked([caller, over], async (signal) => await query.provider.status(query.job, { signal })),
    deadline(clock, query),
  );
}

/** Cancels a job, by one call. Throws `provider-unavailable` after 15 s. */
export async function askCancel(query: AskedJob, clock: Clock): Promise<ProviderCancelAnswer> {
  return await withinDeadline(() => query.provider.cancel(query.job), deadline(clock, query));
}

function deadline(clock: Clock, { provider }: AskedJob): Deadline {
  const late = (): Error => new VideoError("provider-unavailable", { details: { provider: provider.id } });
  return { clock, ms: DEADLINE_MS, late };
}
