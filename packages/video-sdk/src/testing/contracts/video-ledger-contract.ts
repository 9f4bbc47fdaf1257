// What every ledger must do, as plain cases that any test runner can run. Imports no test runner.
import type { Guarantee } from "../../ports.ts";
import {
  answerOf,
  casesOf,
  expectSame,
  expectThat,
  joinChecks,
  type ContractCase,
  type LostCall,
} from "./contract-case.ts";
import { EXACTLY_ONCE, exactlyOnceSlotChecks } from "./exactly-once-checks.ts";
import { LEDGER_CALLS, LEDGER_METHODS, prepareAccount } from "./ledger-calls.ts";
import {
  EVERY_LEDGER,
  KEEPS_JOBS,
  READ_JOBLESS_ROWS,
  READ_LOADING_ROWS,
  READ_RESERVED,
  slotChecks,
} from "./ledger-checks.ts";
import { expectBooks, unchanged, type LedgerChecks, type LedgerUnderTest } from "./ledger-under-test.ts";

const READING_METHODS = ["readReserved", "readLoadingRows", "readJoblessRows"] as const;
type ReadingMethod = (typeof READING_METHODS)[number];

/** How to reach a ledger, and what it promises. */
export interface VideoLedgerContractOptions {
  /** A ledger over an account that has 100 credits and no slots, sessions or rows. Called once for each case. */
  readonly open: () => LedgerUnderTest | Promise<LedgerUnderTest>;
  /** What the ledger promises. The rules of keys are checked for `exactly-once`. */
  readonly guarantee: Guarantee;
  /** Slots that the account can take at a time, at least 3. Default 3. */
  readonly slots?: number | undefined;
  /** The optional methods that the ledger has. Default: none. */
  readonly reads?: readonly ReadingMethod[] | undefined;
  /** Whether a row keeps the id of its job. Default true; without it no other device can adopt one. */
  readonly areJobsKept?: boolean | undefined;
  /** The ways in which `failNext` can lose a call. Default: none, and lost calls are not checked. */
  readonly faults?: readonly LostCall[] | undefined;
}

const LOST_CALLS: Readonly<Record<LostCall, LedgerChecks>> = {
  "request-lost": {
    "a call that never arrived fails, and is not sent again": (subject) => loseEach(subject, "request-lost"),
  },
  "answer-lost": {
    "a call whose answer is lost is unknown, and is not sent again": (subject) => loseEach(subject, "answer-lost"),
  },
};

/** Loses one call of each method. */
async function loseEach(subject: LedgerUnderTest, fault: LostCall): Promise<void> {
  const { ledger, failNext } = subject;
  expectThat(
    failNext !== undefined,
    `open() gave no failNext: it is needed to lose a call. Leave ${fault} out of faults.`,
  );
  const account = await prepareAccount(ledger);
  for (const method of LEDGER_METHODS) {
    const { make, change } = LEDGER_CALLS[method];
    const before = await subject.readBooks();
    failNext(method, fault);
    const result = await answerOf(method, () => make(ledger, `${fault}-${method}`, account));
    expectThat(!result.ok, `${method}: the call was lost, and must fail.`);
    const hadEffect = fault === "answer-lost";
    if (hadEffect) expectSame(result.certainty, "unknown", `${method}: the certainty of a call that had its effect`);
    const what = `a lost call of ${method}`;
    await expectBooks(subject, before, { what, change: hadEffect ? (books) => change(books, account) : unchanged });
  }
}

/** The rules of a VideoLedger: with vitest `test.each(cases)("$name", ({ run }) => run())`. */
export function videoLedgerContract(options: VideoLedgerContractOptions): readonly ContractCase[] {
  const { open, guarantee, slots = 3, reads = [], areJobsKept = true, faults = [] } = options;
  const promises: LedgerChecks = {
    "it has the guarantee and the optional methods that were named, and no others": async ({ ledger }) => {
      expectSame(ledger.guarantee, guarantee, "the guarantee");
      for (const method of READING_METHODS)
        expectSame(ledger[method] !== undefined, reads.includes(method), `whether there is a method ${method}`);
    },
  };
  const checks = [promises, EVERY_LEDGER, slotChecks(slots), ...faults.map((fault) => LOST_CALLS[fault])];
  if (reads.includes("readReserved")) checks.push(READ_RESERVED);
  if (areJobsKept) checks.push(KEEPS_JOBS);
  if (areJobsKept && reads.includes("readLoadingRows")) checks.push(READ_LOADING_ROWS);
  if (reads.includes("readJoblessRows")) checks.push(READ_JOBLESS_ROWS);
  if (guarantee === "exactly-once") checks.push(EXACTLY_ONCE, exactlyOnceSlotChecks(slots));
  return casesOf(joinChecks(checks), open);
}
