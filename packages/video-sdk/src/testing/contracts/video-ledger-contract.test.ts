// The contract passes the fake ledger in all its guarantees, and finds each fault by the one rule that names it.
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../../errors.ts";
import type { CallResult, Guarantee, VideoLedger } from "../../ports.ts";
import { createFakeLedger, type FakeLedger, type LedgerMethod } from "../fake-ledger.ts";
import { failedCases } from "./__fixtures__/failed-cases.ts";
import { LEDGER_METHODS } from "./ledger-calls.ts";
import type { LedgerUnderTest } from "./ledger-under-test.ts";
import { videoLedgerContract, type VideoLedgerContractOptions } from "./video-ledger-contract.ts";

type Change = (good: FakeLedger) => Partial<VideoLedger>;

function open(guarantee: Guarantee, change: Change = () => ({})): LedgerUnderTest {
  const good = createFakeLedger({ credits: 100, slots: 3, guarantee });
  return {
    ledger: { ...good, ...change(good) },
    readBooks: () => ({
      credits: good.books.credits,
      reserved: good.books.reserved,
      activeSlots: good.books.slots.filter(({ status }) => status === "active").map(({ id }) => id),
      sessions: good.books.sessions.length,
      rows: good.books.rows.map(({ externalRequestId, ...row }) => ({ ...row, requestId: externalRequestId })),
    }),
    failNext: good.failNext,
  };
}

function optionsFor(guarantee: Guarantee, change?: Change): VideoLedgerContractOptions {
  return {
    open: () => open(guarantee, change),
    guarantee,
    reads: guarantee === "reconciled" ? ["readReserved", ...READS] : READS,
    faults: ["request-lost", "answer-lost"],
  };
}

describe.each(["exactly-once", "reconciled", "at-most-once"] as const)("the fake ledger, %s", (guarantee) => {
  test.each(videoLedgerContract(optionsFor(guarantee)))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

type Method = (input: { readonly key?: string; readonly credits?: number }) => Promise<CallResult<unknown>>;
/** What a faulty ledger does in place of a call. `run` is what a good one does; `times` counts the calls that met the fault before. */
type Fault = (call: {
  run: Method;
  input: Parameters<Method>[0];
  times: number;
  good: FakeLedger;
}) => ReturnType<Method>;

/** The fault happens to the calls of a method whose key begins like this: each rule has keys of its own. */
function at(method: LedgerMethod, key: string, fault: Fault): Change {
  return (good) => {
    const run = good[method] as Method; // each takes more than a key, and is given what the contract gave
    let times = 0;
    const faulty: Method = (input) =>
      input.key?.startsWith(key) === true ? fault({ run, input, times: times++, good }) : run(input);
    return { [method]: faulty };
  };
}

const READS = ["readLoadingRows", "readJoblessRows"] as const;
const done = async (value?: unknown): Promise<CallResult<unknown>> => ({ ok: true, value });
const refuse: Fault = async () => ({ ok: false, certainty: "not-done", error: videoErrorData("key-reused") });
let fresh = 0;
/** Runs as if the key had never been seen. */
const runAnew: Fault = ({ run, input }) => run({ ...input, key: `fresh-${fresh++}` });
const pretend: Fault = () => done("pretended");
const onceThen =
  (next: Fault): Fault =>
  (call) =>
    call.times === 0 ? call.run(call.input) : next(call);
const sendAgain: Fault = async ({ run, input }) => {
  const result = await run(input);
  return result.ok ? result : run(input);
};
const sureOfFailure: Fault = async ({ run, input }) => {
  const result = await run(input);
  return result.ok ? result : { ...result, certainty: "not-done" };
};
const unsure: Fault = async ({ run, input }) => {
  const result = await run(input);
  return result.ok ? result : { ...result, certainty: "unknown" };
};
const rejects: Fault = () => Promise.reject(new Error("Not found."));

const brokenRules = (guarantee: Guarantee, change: Change): Promise<readonly string[]> =>
  failedCases(videoLedgerContract(optionsFor(guarantee, change)));
const only = (rule: string): unknown => [expect.stringContaining(rule)];

/** A row that is changed once more than was asked for, behind the call. */
const alsoChange =
  (change: Partial<FakeLedger["books"]["rows"][number]>): Fault =>
  async ({ run, input, good }) => {
    const result = await run(input);
    const [row] = good.books.rows;
    if (row !== undefined) Object.assign(row, change);
    return result;
  };

describe("of a ledger with a fault, one rule is broken:", () => {
  test.each(LEDGER_METHODS)("%s does nothing, and says that it has", async (method) => {
    expect(await brokenRules("at-most-once", at(method, "effect-", pretend))).toEqual(only(`${method} has its effect`));
  });

  test("the guarantee is another one than was named", async () => {
    expect(await brokenRules("exactly-once", () => ({ guarantee: "at-most-once" }))).toEqual(
      only("it has the guarantee"),
    );
  });

  test("a new account is not empty", async () => {
    const change: Change = (good) => {
      void good.createSession({ key: "before", title: "Corgis" });
      return {};
    };
    expect(await brokenRules("at-most-once", change)).toEqual(only("a new account"));
  });

  test.each<[string, Change, string]>([
    ["stops loading when it is told its job", at("updateRow", "row-0", endsLoading), "a row that was told its job"],
    ["does not show why it failed", at("updateRow", "row-0", saysNothing), "a row that failed"],
    ["keeps its error beside a late video", forgetsLateness, "a late video"],
    ["loses its video to its picture", at("updateRow", "row-1", losesVideo), "a picture is added"],
  ])("a row %s", async (_, change, rule) => {
    expect(await brokenRules("at-most-once", change)).toEqual(only(rule));
  });

  test.each<[string, Change, string]>([
    ["grants too many credits", at("reserveCredits", "too-much", pretend), "reserveCredits refuses"],
    ["holds credits that it refuses", at("reserveCredits", "too-much", holdsAndRefuses), "reserveCredits refuses"],
    ["is not sure whether it has refused credits", at("reserveCredits", "too-much", unsure), "reserveCredits refuses"],
    ["gives credits to two at a time", at("reserveCredits", "race-", pretend), "of two reservations"],
    ["gives one slot too many", at("acquireSlot", "slot-too-many", pretend), "acquireSlot refuses"],
    ["is not sure whether it has refused a slot", at("acquireSlot", "slot-too-many", unsure), "acquireSlot refuses"],
    ["gives no slot again", at("acquireSlot", "slot-again", refuse), "acquireSlot refuses"],
    ["throws at a slot that is not there", at("closeSlot", "no-slot", rejects), "a slot or row that is not there"],
    ["throws at a row that is not there", at("updateRow", "no-row", rejects), "a slot or row that is not there"],
  ])("it %s", async (_, change, rule) => {
    expect(await brokenRules("at-most-once", change)).toEqual(only(rule));
  });

  test.each<[string, Change, string]>([
    ["reads what is left in place of what is held", readsTheRest, "readReserved()"],
    ["lists rows that are done", listsDone, "readLoadingRows()"],
    ["lists rows that know no job", listsJobless, "readLoadingRows()"],
  ])("it %s", async (_, change, rule) => {
    expect(await brokenRules("reconciled", change)).toEqual(only(rule));
  });

  test.each(LEDGER_METHODS)("%s refuses a repeat", async (method) => {
    const change = at(method, "repeat-", onceThen(refuse));
    expect(await brokenRules("exactly-once", change)).toEqual(only(`${method} under a known key`));
  });

  // To close a slot or to finish a row twice comes to the same.
  test.each(LEDGER_METHODS.filter((method) => method !== "closeSlot" && method !== "updateRow"))(
    "%s runs again when it is repeated",
    async (method) => {
      const change = at(method, "repeat-", onceThen(runAnew));
      expect(await brokenRules("exactly-once", change)).toEqual(only(`${method} under a known key`));
    },
  );

  test.each<[string, Change, string]>([
    [
      "releases what it has captured",
      at("releaseCredits", "settle-by-capture", runAnew),
      "releaseCredits does nothing",
    ],
    [
      "captures what it has released",
      at("captureCredits", "settle-by-release", runAnew),
      "captureCredits does nothing",
    ],
    [
      "changes a row back",
      at("updateRow", "attach", onceThen(alsoChange({ isLoading: true }))),
      "a repeated change of a row",
    ],
    [
      "answers other arguments as it did the first",
      at("reserveCredits", "bound", onceThen(pretend)),
      "other arguments",
    ],
    ["runs other arguments", at("reserveCredits", "bound", onceThen(runAnew)), "other arguments"],
    ["keeps keys for each call by itself", at("createSession", "taken", runAnew), "another call"],
    ["forgets that it has refused credits", at("reserveCredits", "refused", onceThen(runAnew)), "a reservation that"],
    ["forgets that it has refused a slot", at("acquireSlot", "refused", onceThen(runAnew)), "a slot that was refused"],
    ["runs repeats that come at the same time", at("reserveCredits", "at-once", runAnew), "of 20 repeats"],
  ])("it %s", async (_, change, rule) => {
    expect(await brokenRules("exactly-once", change)).toEqual(only(rule));
  });

  test.each(LEDGER_METHODS)("%s is sent again when it has not arrived", async (method) => {
    expect(await brokenRules("at-most-once", at(method, "request-lost", sendAgain))).toEqual(
      only("a call that never arrived"),
    );
  });

  test.each(LEDGER_METHODS)("%s throws when it has not arrived", async (method) => {
    expect(await brokenRules("at-most-once", at(method, "request-lost", rejects))).toEqual(
      only("a call that never arrived"),
    );
  });

  test.each(LEDGER_METHODS)("%s is sent again when its answer was lost", async (method) => {
    expect(await brokenRules("at-most-once", at(method, "answer-lost", sendAgain))).toEqual(
      only("a call whose answer is lost"),
    );
  });

  test.each(LEDGER_METHODS)("%s is taken for not done when its answer was lost", async (method) => {
    expect(await brokenRules("at-most-once", at(method, "answer-lost", sureOfFailure))).toEqual(
      only("a call whose answer is lost"),
    );
  });

  test("a suite that is to lose calls says when it cannot", async () => {
    const { open: openGood, ...options } = optionsFor("at-most-once");
    const without = async () => ({ ...(await openGood()), failNext: undefined });
    const cases = videoLedgerContract({ ...options, open: without });
    const [lost] = cases.filter(({ name }) => name.startsWith("a call that never arrived"));
    await expect(lost?.run()).rejects.toThrow("open() gave no failNext");
  });
});

function endsLoading(call: Parameters<Fault>[0]): ReturnType<Fault> {
  const { change } = call.input as Parameters<VideoLedger["updateRow"]>[0]; // only updateRow is given this fault
  return change.kind === "attached" ? alsoChange({ isLoading: false })(call) : call.run(call.input);
}

function saysNothing(call: Parameters<Fault>[0]): ReturnType<Fault> {
  const { change } = call.input as Parameters<VideoLedger["updateRow"]>[0]; // only updateRow is given this fault
  return change.kind === "failed" ? alsoChange({ error: "" })(call) : call.run(call.input);
}

function losesVideo(call: Parameters<Fault>[0]): ReturnType<Fault> {
  const { change } = call.input as Parameters<VideoLedger["updateRow"]>[0]; // only updateRow is given this fault
  return change.kind === "previewed" ? alsoChange({ videos: [] })(call) : call.run(call.input);
}

function forgetsLateness(good: FakeLedger): Partial<VideoLedger> {
  return {
    updateRow: ({ change, ...input }) =>
      good.updateRow({ ...input, change: change.kind === "finished" ? { ...change, isLate: false } : change }),
  };
}

async function holdsAndRefuses({ run, input, good }: Parameters<Fault>[0]): Promise<CallResult<unknown>> {
  good.books.reserved += 41;
  return run(input);
}

function readsTheRest({ books }: FakeLedger): Partial<VideoLedger> {
  return { readReserved: async () => ({ ok: true, value: books.credits - books.reserved }) };
}

function listsDone({ books, readLoadingRows }: FakeLedger): Partial<VideoLedger> {
  return {
    async readLoadingRows() {
      const loading = books.rows.map(({ isLoading }) => isLoading);
      for (const row of books.rows) row.isLoading = true;
      const result = (await readLoadingRows?.()) ?? { ok: true, value: [] };
      books.rows.forEach((row, index) => (row.isLoading = loading[index] ?? false));
      return result;
    },
  };
}

function listsJobless({ books }: FakeLedger): Partial<VideoLedger> {
  return {
    readLoadingRows: async () => ({
      ok: true,
      value: books.rows
        .filter(({ isLoading }) => isLoading)
        .map((row) => ({ ...row, rowId: row.id, requestId: row.externalRequestId ?? "", aspectRatio: "16:9" })),
    }),
  };
}
