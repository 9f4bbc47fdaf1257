// What is not settled in the fakes at the end (L1 to L4).
import type { FakeBooks, FakeRow } from "../fake-books.ts";
import type { FakeJob } from "../fake-video-api.ts";

/** The jobs at the end. */
export interface JobsAtTheEnd {
  readonly jobs: readonly FakeJob[];
  /** Ids of the jobs that an engine has asked about or canceled. */
  readonly asked: ReadonlySet<string>;
  /** Whether the row of a canceled generation was deleted: then a job without a row may have been that one's. */
  readonly areCanceledRowsGone: boolean;
}

/** Says what is not settled, in sentences that begin with the number of the check. */
export function leftIn({ slots, reserved, rows }: FakeBooks, ofJobs: JobsAtTheEnd): readonly string[] {
  return [
    ...slots.flatMap(({ id, status }) => (status === "active" ? [`L1 ${id} is still active`] : [])),
    ...(reserved === 0 ? [] : [`L2 ${reserved} credits are still reserved`]),
    ...rows.flatMap(({ id, isLoading }) => (isLoading ? [`L3 ${id} is still loading`] : [])),
    ...ofJobs.jobs.flatMap((job) => lossOf(job, rows, ofJobs)),
  ];
}

/** Says what went wrong with a job's video, if anything. */
function lossOf(job: FakeJob, rows: readonly FakeRow[], ofJobs: JobsAtTheEnd): readonly string[] {
  const { asked, areCanceledRowsGone } = ofJobs;
  const { requestId, isCanceled, scenario } = job;
  const isShown = rows.some(({ videos }) => videos.some((url) => url.includes(requestId)));
  if (isCanceled || isShown) return [];
  if (!asked.has(requestId)) return [`L4 ${requestId} is orphaned`];
  // Some backends keep no job in a row: then any canceled row may be that of this job.
  const own = rows.filter(({ externalRequestId = requestId }) => externalRequestId === requestId);
  const isMade = scenario === "finish" || scenario === "immediate";
  if (areCanceledRowsGone && !own.some(({ externalRequestId }) => externalRequestId === requestId)) return [];
  return isMade && own.every(({ error }) => error !== "Canceled.")
    ? [`L4 ${requestId} has a video that its row does not show`]
    : [];
}
