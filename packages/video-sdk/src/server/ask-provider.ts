// The questions about a job, each within its time. A question that takes too long says nothing about the job.
import { VideoError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { JobQuery } from "./job-query.ts";
import type { ProviderCancelAnswer, ProviderJobAnswer } from "./providers/provider.ts";
import { withinDeadline, type Deadline } from "./within-deadline.ts";

const DEADLINE_MS = 15_000;

/** How the job is. Throws `provider-unavailable` when nobody says so within 15 s. */
export async function askStatus(
  { provider, job }: JobQuery,
  clock: Clock,
  caller: AbortSignal,
): Promise<ProviderJobAnswer> {
  return await withinDeadline(
    (over) => provider.status(job, { signal: AbortSignal.any([caller, over]) }),
    deadline(clock, provider.id),
  );
}

/** What becomes of a cancel. Throws `provider-unavailable` when nobody says so within 15 s. */
export async function askCancel({ provider, job }: JobQuery, clock: Clock): Promise<ProviderCancelAnswer> {
  return await withinDeadline(() => provider.cancel(job), deadline(clock, provider.id));
}

function deadline(clock: Clock, provider: string): Deadline {
  return { clock, ms: DEADLINE_MS, late: () => new VideoError("provider-unavailable", { details: { provider } }) };
}
