// What every ledger must do, whatever its guarantee.
import type { RowChange } from "../../ports.ts";
import { answerOf, expectRefusal, expectSame, expectThat, joinChecks, valueOf } from "./contract-case.ts";
import {
  changeRow,
  HELD_CREDITS,
  LEDGER_CALLS,
  LEDGER_METHODS,
  MOVED_CREDITS,
  prepareAccount,
  START_CREDITS,
  VIDEO,
} from "./ledger-calls.ts";
import { expectBooks, unchanged, type LedgerBooksRow, type LedgerChecks } from "./ledger-under-test.ts";

const completedAt = 1_767_225_600_000;
const FINISHED = { kind: "finished", videos: [VIDEO], completedAt } as const;
const FAILED: RowChange = { kind: "failed", message: "It did not work.", completedAt };
const PREVIEW = "https://videos.test/corgi.jpg";

const effectOf = (method: (typeof LEDGER_METHODS)[number]): LedgerChecks => ({
  [`${method} has its effect, and no other`]: async (subject) => {
    const account = await prepareAccount(subject.ledger);
    const before = await subject.readBooks();
    const { make, change } = LEDGER_CALLS[method];
    await valueOf(method, () => make(subject.ledger, `effect-${method}`, account));
    await expectBooks(subject, before, { what: method, change: (books) => change(books, account) });
  },
});

const rowAfter = (name: string, changes: readonly RowChange[], row: Partial<LedgerBooksRow>): LedgerChecks => ({
  [name]: async (subject) => {
    const { rowId } = await prepareAccount(subject.ledger);
    const before = await subject.readBooks();
    for (const [index, change] of changes.entries()) {
      const input = { rowId, change, key: `row-${index}` };
      await valueOf(`updateRow (${change.kind})`, () => subject.ledger.updateRow(input));
    }
    await expectBooks(subject, before, { what: "updateRow", change: (books) => changeRow(books, rowId, row) });
  },
});

const REFUSALS: LedgerChecks = {
  "reserveCredits refuses what is not there or is held already, and holds none of it": async (subject) => {
    const { ledger } = subject;
    await valueOf("reserveCredits", () => ledger.reserveCredits({ key: "first", credits: 60 }));
    const before = await subject.readBooks();
    const tooMuch = await answerOf("reserveCredits", () => ledger.reserveCredits({ key: "too-much", credits: 41 }));
    expectRefusal("a reservation of 41 credits where 40 are left", tooMuch, "insufficient-credits");
    await expectBooks(subject, before, { what: "a refused reservation", change: unchanged });
    await valueOf("a reservation of the last 40", () => ledger.reserveCredits({ key: "last", credits: 40 }));
  },
  "a slot or row that is not there is answered, and changes nothing": async (subject) => {
    const { ledger } = subject;
    await prepareAccount(ledger);
    const before = await subject.readBooks();
    const result = { status: "failed", error: "It did not work." } as const;
    await answerOf("closeSlot", () => ledger.closeSlot({ key: "no-slot", slotId: "no-such-slot", result }));
    await answerOf("updateRow", () => ledger.updateRow({ key: "no-row", rowId: "no-such-row", change: FAILED }));
    await expectBooks(subject, before, { what: "a call about nothing", change: unchanged });
  },
  "of two reservations at the same time that do not both fit, one is made": async (subject) => {
    const reserve = (key: string) =>
      answerOf("reserveCredits", () => subject.ledger.reserveCredits({ key, credits: 60 }));
    const before = await subject.readBooks();
    const answers = await Promise.all([reserve("race-one"), reserve("race-other")]);
    expectSame(answers.filter(({ ok }) => ok).length, 1, "the number of reservations that were made");
    const change = (books: typeof before) => ({ ...books, reserved: 60 });
    await expectBooks(subject, before, { what: "two reservations at the same time", change });
  },
};

/** What has to do with how many slots there are. */
export const slotChecks = (slots: number): LedgerChecks => ({
  "acquireSlot refuses when no slot is free, and works when one is free again": async (subject) => {
    const { ledger } = subject;
    const acquire = (key: string) => ledger.acquireSlot({ key, prompt: "a corgi surfing" });
    const ids: string[] = [];
    for (let slot = 1; slot <= slots; slot++) ids.push(await valueOf("acquireSlot", () => acquire(`slot-${slot}`)));
    const before = await subject.readBooks();
    const tooMany = await answerOf("acquireSlot", () => acquire("slot-too-many"));
    expectRefusal(`a slot beside ${slots} others`, tooMany, "slot-limit-reached");
    await expectBooks(subject, before, { what: "a refused slot", change: unchanged });
    const result = { status: "failed", error: "It did not work." } as const;
    await valueOf("closeSlot", () => ledger.closeSlot({ key: "close", slotId: ids[0] ?? "", result }));
    await valueOf("acquireSlot after closeSlot", () => acquire("slot-again"));
  },
});

/** The rules of `readReserved()`. */
export const READ_RESERVED: LedgerChecks = {
  "readReserved() says how many credits are held": async ({ ledger }) => {
    await prepareAccount(ledger);
    const read = () => valueOf("readReserved", async () => (await ledger.readReserved?.()) ?? Promise.reject(MISSING));
    expectSame(await read(), HELD_CREDITS, "readReserved()");
    await valueOf("captureCredits", () => ledger.captureCredits({ key: "capture", credits: MOVED_CREDITS }));
    expectSame(await read(), HELD_CREDITS - MOVED_CREDITS, "readReserved() after a capture");
  },
};

/** The rules of `readLoadingRows()`. */
export const READ_LOADING_ROWS: LedgerChecks = {
  "readLoadingRows() lists the rows that are loading and know their job, and no others": async ({ ledger }) => {
    const { rowId, otherRowId, sessionId } = await prepareAccount(ledger);
    const change = (id: string, wanted: RowChange, key: string) =>
      valueOf("updateRow", () => ledger.updateRow({ rowId: id, change: wanted, key }));
    const read = async () => {
      const rows = await valueOf(
        "readLoadingRows",
        async () => (await ledger.readLoadingRows?.()) ?? Promise.reject(MISSING),
      );
      return rows.map((row) => ({ rowId: row.rowId, requestId: row.requestId, sessionId: row.sessionId }));
    };
    expectSame(await read(), [], "readLoadingRows() while no row knows its job");
    await change(rowId, { kind: "attached", requestId: "job-1" }, "attached");
    expectSame(await read(), [{ rowId, requestId: "job-1", sessionId }], "readLoadingRows() with one such row");
    await change(otherRowId, { kind: "attached", requestId: "job-2" }, "other-attached");
    await change(rowId, FINISHED, "finished");
    expectSame(
      await read(),
      [{ rowId: otherRowId, requestId: "job-2", sessionId }],
      "readLoadingRows() once one is done",
    );
  },
};

/** The rules of `readJoblessRows()`. */
export const READ_JOBLESS_ROWS: LedgerChecks = {
  "readJoblessRows() lists the rows that are loading and name no job, as old as is certain": async ({ ledger }) => {
    const { rowId, otherRowId, sessionId } = await prepareAccount(ledger);
    const read = () =>
      valueOf("readJoblessRows", async () => (await ledger.readJoblessRows?.()) ?? Promise.reject(MISSING));
    const rows = await read();
    expectSame(
      rows.map((row) => row.rowId).sort(),
      [rowId, otherRowId].sort(),
      "readJoblessRows() of two loading rows",
    );
    expectSame(
      rows.map((row) => row.sessionId),
      [sessionId, sessionId],
      "the sessions of the rows",
    );
    expectThat(
      rows.every(({ leastAgeMs }) => leastAgeMs >= 0 && leastAgeMs < 60_000),
      "a new row is not old",
    );
    await valueOf("updateRow", () => ledger.updateRow({ rowId, change: FINISHED, key: "finished" }));
    expectSame(
      (await read()).map((row) => row.rowId),
      [otherRowId],
      "readJoblessRows() once one is done",
    );
  },
};

const MISSING = new Error("There is no such method.");

const START: LedgerChecks = {
  "a new account has 100 credits, none of them held, and nothing else": async (subject) => {
    const empty = { credits: START_CREDITS, reserved: 0, activeSlots: [], sessions: 0, rows: [] };
    await expectBooks(subject, empty, { what: "opening an account", change: unchanged });
  },
};

/** The rules of a ledger whose rows keep the id of their job. */
export const KEEPS_JOBS: LedgerChecks = rowAfter(
  "a row that was told its job goes on loading",
  [{ kind: "attached", requestId: "job-1" }],
  { requestId: "job-1" },
);

const ROWS: readonly LedgerChecks[] = [
  rowAfter("a row that failed shows why", [FAILED], { isLoading: false, error: "It did not work." }),
  rowAfter("a late video takes the place of the error", [FAILED, { ...FINISHED, isLate: true }], {
    isLoading: false,
    videos: [VIDEO],
  }),
  rowAfter("a picture is added to a row that has its video", [FINISHED, { kind: "previewed", previewImage: PREVIEW }], {
    isLoading: false,
    videos: [VIDEO],
    previewImage: PREVIEW,
  }),
];

/** The rules of every ledger. */
export const EVERY_LEDGER: LedgerChecks = joinChecks([START, ...LEDGER_METHODS.map(effectOf), ...ROWS, REFUSALS]);
