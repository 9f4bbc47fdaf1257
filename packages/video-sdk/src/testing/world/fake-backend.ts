// The fakes as a world's backend, and what is not settled in them. What must never be is watched-books.ts.
import type { CancelAnswer } from "../../core/event.ts";
import type { Guarantee } from "../../core/state.ts";
import { imbalancesOf, type FakeRow } from "../fake-books.ts";
import { createFakeLedger } from "../fake-ledger.ts";
import { createFakeVideoApi, type FakeJob, type JobFate } from "../fake-video-api.ts";
import type { TestClock } from "../test-clock.ts";
import type { WorldBackend } from "./create-world.ts";
import { isContradiction, watchBooks } from "./watched-books.ts";

/** What the fakes are like. */
export interface FakeBackendOptions {
  /** Default `blind`. A keyed one also honours the key of a submit. */
  readonly guarantee?: Guarantee;
  /** How the jobs go: one for all, or one for each in order. Default: they finish. */
  readonly fate?: JobFate | readonly JobFate[];
  /** Milliseconds from submit to video. Default 90,000. */
  readonly jobMs?: number;
  /** What cancels are answered with. Default `removed`. */
  readonly cancelAnswer?: CancelAnswer;
}

const START_CREDITS = 1_000;

/** Fakes of one user with 1,000 credits. */
export function fakeBackend(options: FakeBackendOptions = {}): (clock: TestClock) => WorldBackend {
  const { guarantee = "blind", fate = "finish", jobMs, cancelAnswer = "removed" } = options;
  return (clock) => {
    const isSubmitRepeatable = guarantee === "keyed";
    const api = createFakeVideoApi({ clock, isSubmitRepeatable, ...(jobMs === undefined ? {} : { jobMs }) });
    const { ledger, violations } = watchBooks(createFakeLedger({ credits: START_CREDITS, guarantee }), api.jobs);
    for (const one of Array.isArray(fate) ? (fate as readonly JobFate[]) : [fate as JobFate]) api.fateNext(one);
    api.answerCancelWith(cancelAnswer);
    const { books } = ledger;
    return {
      ledger,
      api,
      imbalances: () => [
        ...imbalancesOf(
          { ...books, rows: books.rows.filter((row) => row.isLoading || isContradiction(row)) },
          START_CREDITS,
        ),
        ...api.jobs.flatMap((job) => lossOf(job, books.rows, clock.now() - job.submittedAt >= (jobMs ?? 90_000))),
      ],
      violations,
    };
  };
}

/** What has become of a job's video, if that is not what it was made for. */
function lossOf(job: FakeJob, rows: readonly FakeRow[], isOver: boolean): readonly string[] {
  const { requestId, isCanceled, fate } = job;
  if (isCanceled) return [];
  const isShown = rows.some(({ videos }) => videos.some((url) => url.includes(requestId)));
  const row = rows.find(({ externalRequestId }) => externalRequestId === requestId);
  if (row === undefined) return isShown ? [] : [`job ${requestId} runs for nobody`];
  const isMade = isOver && (fate === "finish" || fate === "immediate");
  return isMade && !isShown && row.error !== "Canceled."
    ? [`job ${requestId} has a video that its row does not show`]
    : [];
}
