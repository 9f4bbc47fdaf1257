// What is not settled in the fakes at the end (L1 to L4). What must never be is watched-books.ts.
import type { FakeBooks, FakeRow } from "../fake-books.ts";
import type { FakeJob } from "../fake-video-api.ts";

/** What is known of the jobs. */
export interface JobsAtTheEnd {
  readonly jobs: readonly FakeJob[];
  /** Ids that somebody has asked about, or asked to cancel. */
  readonly asked: ReadonlySet<string>;
}

/** Everything that is left, as sentences that begin with the number of the check. */
export function leftIn({ slots, reserved, rows }: FakeBooks, ofJobs: JobsAtTheEnd): readonly string[] {
  return [
    ...slots.flatMap(({ id, status }) => (status === "active" ? [`L1 ${id} is still active`] : [])),
    ...(reserved === 0 ? [] : [`L2 ${reserved} credits are still reserved`]),
    ...rows.flatMap(({ id, isLoading }) => (isLoading ? [`L3 ${id} is still loading`] : [])),
    ...ofJobs.jobs.flatMap((job) => lossOf(job, rows, ofJobs)),
  ];
}

/** What has become of a job's video, if that is not what it was made for. */
function lossOf(job: FakeJob, rows: readonly FakeRow[], { asked }: JobsAtTheEnd): readonly string[] {
  const { requestId, isCanceled, scenario } = job;
  const isShown = rows.some(({ videos }) => videos.some((url) => url.includes(requestId)));
  if (isCanceled || isShown) return [];
  if (!asked.has(requestId)) return [`L4 ${requestId} runs for nobody`];
  const row = rows.find(({ externalRequestId }) => externalRequestId === requestId);
  const isMade = scenario === "finish" || scenario === "immediate";
  return isMade && row?.error !== "Canceled." ? [`L4 ${requestId} has a video that its row does not show`] : [];
}
