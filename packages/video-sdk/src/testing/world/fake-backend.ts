// The fakes as a world's backend. liveness.ts says what is not settled in them, watched-books.ts what must never happen.
import { createFakeLedger, type FakeLedger } from "../fake-ledger.ts";
import { videoErrorData } from "../../errors.ts";
import type { CallResult, CancelAnswer, Guarantee, JobAnswer, JobQuestion } from "../../ports.ts";
import type { Clock } from "../../platform-ports.ts";
import { createFakeVideoApi, type JobScenario } from "../fake-video-api.ts";
import { useOtherDevice, type OtherDeviceUse } from "./other-device.ts";
import { leftIn } from "./liveness.ts";
import { withSessionMemory } from "./session-memory.ts";
import { watchBooks } from "./watched-books.ts";
import type { WorldBackend } from "./world-backend.ts";

/** Options of the fakes. */
export interface FakeBackendOptions {
  /** Default `at-most-once`. */
  readonly guarantee?: Guarantee;
  /**
   * Whether repeats run once by the numbers of their calls, as on a Convex deployment whose functions take no key. With `exactly-once` only.
   * Default false.
   */
  readonly numbersCalls?: boolean | undefined;
  /** Whether repeated submits under a key run once. Default: with `exactly-once`. */
  readonly isSubmitRepeatable?: boolean | undefined;
  /** What the user owns. Default 1,000. */
  readonly credits?: number;
  /** How many generations the user may have at once. Default 3. */
  readonly slots?: number | undefined;
  /** How the first job goes, or how each job goes in order. Default: they finish. */
  readonly scenario?: JobScenario | readonly JobScenario[];
  /** Milliseconds from submit to video. Default 90,000. */
  readonly jobMs?: number;
  /** Milliseconds for which a question about a job is held. Default 0. */
  readonly holdMs?: number | undefined;
  /** The answer to cancels. Default `removed`. */
  readonly cancelAnswer?: CancelAnswer;
  /** Whether rows keep the id of their job. Default true. */
  readonly areJobsKept?: boolean | undefined;
  /** Whether a failed row is deleted instead of marked. Default false. */
  readonly areFailedRowsDeleted?: boolean | undefined;
  /** Whether rows can say that their credits came back. Default false. */
  readonly showsRefunds?: boolean | undefined;
  /** What the same user does on other devices meanwhile. Default: nothing. */
  readonly otherDevice?: readonly OtherDeviceUse[];
}

/** What the row of a canceled generation says. */
const CANCELED = "Canceled.";

/** Creates the backend of one user. */
export function fakeBackend(options: FakeBackendOptions = {}): (clock: Clock) => WorldBackend {
  const {
    guarantee = "at-most-once",
    scenario = "finish",
    jobMs = 90_000,
    cancelAnswer = "removed",
    otherDevice = [],
  } = options;
  const { numbersCalls = false, isSubmitRepeatable = guarantee === "exactly-once" } = options;
  const { credits = 1_000, slots, holdMs, areJobsKept, areFailedRowsDeleted, showsRefunds } = options;
  return (clock) => {
    const api = createFakeVideoApi({ clock, isSubmitRepeatable, jobMs, holdMs });
    const rules = { credits, slots, areJobsKept, areFailedRowsDeleted, showsRefunds };
    const books = createFakeLedger({ ...rules, guarantee: numbersCalls ? "at-most-once" : guarantee });
    const remembering = numbersCalls ? withSessionMemory(books, clock) : books;
    const { ledger, onAnnounced, violations } = watchBooks(wellFormed(withoutBytes(remembering)), api.jobs);
    for (const one of Array.isArray(scenario) ? (scenario as readonly JobScenario[]) : [scenario as JobScenario])
      api.playNext(one);
    api.answerCancelWith(cancelAnswer);
    useOtherDevice(otherDevice, books, clock);
    const asked = new Set<string>();
    const noted = <T>({ job }: JobQuestion, answer: T): T => {
      asked.add(job.requestId);
      return answer;
    };
    let areCanceledRowsGone = false;
    return {
      ledger: {
        ...ledger,
        updateRow(input) {
          const { change } = input;
          const isDeletion = change.kind === "failed" && change.mayDelete === true && areFailedRowsDeleted === true;
          if (isDeletion && change.message === CANCELED) areCanceledRowsGone = true;
          return ledger.updateRow(input);
        },
      },
      onAnnounced,
      violations,
      api: {
        ...api,
        status: async (question, options) => withLastWords(await noted(question, api.status(question, options))),
        cancel: (question) => noted(question, api.cancel(question)),
      },
      shownVideos: () => books.books.rows.flatMap(({ videos }) => videos),
      deleteRow() {
        const row = books.books.rows.findLast(
          ({ isLoading, externalRequestId }) => isLoading && externalRequestId !== undefined,
        );
        if (row !== undefined) books.deleteRow(row.id);
      },
      imbalances: () => leftIn(books.books, { jobs: api.jobs, asked, areCanceledRowsGone }),
    };
  };
}

/** Refuses for good what has half a character, as a Convex deployment does: its texts are well-formed. */
function wellFormed(ledger: FakeLedger): FakeLedger {
  const checked =
    <Input, T>(method: (input: Input) => Promise<CallResult<T>>) =>
    (input: Input): Promise<CallResult<T>> =>
      hasHalfCharacter(input)
        ? Promise.resolve({ ok: false, certainty: "not-done", error: videoErrorData("settlement-failed") })
        : method(input);
  return {
    ...ledger,
    acquireSlot: checked(ledger.acquireSlot),
    closeSlot: checked(ledger.closeSlot),
    createSession: checked(ledger.createSession),
    recordRow: checked(ledger.recordRow),
    updateRow: checked(ledger.updateRow),
  };
}

function hasHalfCharacter(value: unknown): boolean {
  if (typeof value === "string") return /\p{Cs}/u.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasHalfCharacter);
}

/** What a provider says of a job that has failed: wherever it is cut, it may be in the middle of a character; and it ends so. */
const LAST_WORDS = `No.${"\u{1F415}".repeat(1_000)}o${"\u{1F415}".repeat(1_000)}\uD83D`;

function withLastWords(result: CallResult<JobAnswer>): CallResult<JobAnswer> {
  if (!result.ok || result.value.kind !== "failed") return result;
  return { ok: true, value: { ...result.value, error: { ...result.value.error, message: LAST_WORDS } } };
}

/** Drops the image bytes of a row, as the Convex adapter does: a repeat without the bytes is the same call. */
function withoutBytes(ledger: FakeLedger): FakeLedger {
  return {
    ...ledger,
    recordRow(input) {
      const { attachmentImageBytes: _, ...request } = input.request;
      return ledger.recordRow({ ...input, request });
    },
  };
}
