// What a ledger must do with the keys of its calls when it says that it is exactly-once.
import { answerOf, expectSame, expectThat, joinChecks, valueOf } from "./contract-case.ts";
import { LEDGER_CALLS, LEDGER_METHODS, prepareAccount, VIDEO } from "./ledger-calls.ts";
import { expectBooks, unchanged, type LedgerBooks, type LedgerChecks } from "./ledger-under-test.ts";

const repeatOf = (method: (typeof LEDGER_METHODS)[number]): LedgerChecks => ({
  [`${method} under a known key does nothing, and gets the first answer`]: async (subject) => {
    const account = await prepareAccount(subject.ledger);
    const run = () => answerOf(method, () => LEDGER_CALLS[method].make(subject.ledger, `repeat-${method}`, account));
    const first = await run();
    const before = await subject.readBooks();
    expectSame(await run(), first, `the answer of a repeated ${method}`);
    await expectBooks(subject, before, { what: `a repeated ${method}`, change: unchanged });
  },
});

/** The second of capture and release, which share a key. */
const settledAlready = (
  first: "captureCredits" | "releaseCredits",
  second: "captureCredits" | "releaseCredits",
): LedgerChecks => ({
  [`${second} does nothing under a key that ${first} had`]: async (subject) => {
    const { ledger } = subject;
    await prepareAccount(ledger);
    const input = { key: `settle-by-${first}`, credits: 10 };
    await valueOf(first, () => ledger[first](input));
    const before = await subject.readBooks();
    await answerOf(second, () => ledger[second](input));
    await expectBooks(subject, before, { what: `${second} after ${first}`, change: unchanged });
  },
});

const BOUND_KEYS: LedgerChecks = {
  "a repeated change of a row does not undo a later one": async (subject) => {
    const { ledger } = subject;
    const { rowId } = await prepareAccount(ledger);
    const attach = () =>
      answerOf("updateRow", () =>
        ledger.updateRow({ key: "attach", rowId, change: { kind: "attached", requestId: "job-1" } }),
      );
    await attach();
    const finished = { kind: "finished", videos: [VIDEO], completedAt: 1_767_225_600_000 } as const;
    await valueOf("updateRow", () => ledger.updateRow({ key: "finish", rowId, change: finished }));
    const before = await subject.readBooks();
    await attach();
    await expectBooks(subject, before, { what: "a repeated updateRow", change: unchanged });
  },
  "other arguments under a known key are refused, and change nothing": async (subject) => {
    const { ledger } = subject;
    await valueOf("reserveCredits", () => ledger.reserveCredits({ key: "bound", credits: 10 }));
    const before = await subject.readBooks();
    const other = await answerOf("reserveCredits", () => ledger.reserveCredits({ key: "bound", credits: 20 }));
    expectThat(!other.ok, "reserveCredits of 20 under the key of a reserveCredits of 10 must be refused, and worked.");
    await expectBooks(subject, before, { what: "a known key with other arguments", change: unchanged });
  },
  "another call under a known key is refused, and changes nothing": async (subject) => {
    const { ledger } = subject;
    await valueOf("reserveCredits", () => ledger.reserveCredits({ key: "taken", credits: 10 }));
    const before = await subject.readBooks();
    const other = await answerOf("createSession", () => ledger.createSession({ key: "taken", title: "Corgis" }));
    expectThat(!other.ok, "createSession under the key of a reserveCredits must be refused, and worked.");
    await expectBooks(subject, before, { what: "a known key in another call", change: unchanged });
  },
  "a reservation that was refused stays refused under its key, even when there are credits by then": async (
    subject,
  ) => {
    const { ledger } = subject;
    const reserve = (key: string) => () => ledger.reserveCredits({ key, credits: 60 });
    await valueOf("reserveCredits", reserve("fits"));
    const refused = await answerOf("reserveCredits", reserve("refused"));
    await valueOf("releaseCredits", () => ledger.releaseCredits({ key: "settle-fits", credits: 60 }));
    expectSame(await answerOf("reserveCredits", reserve("refused")), refused, "the answer of a repeated reservation");
    await valueOf("reserveCredits under a new key", reserve("new"));
  },
  "of 20 repeats at the same time, one runs": async (subject) => {
    const before: LedgerBooks = await subject.readBooks();
    const repeat = () =>
      answerOf("reserveCredits", () => subject.ledger.reserveCredits({ key: "at-once", credits: 4 }));
    await Promise.all(Array.from({ length: 20 }, repeat));
    const change = (books: LedgerBooks): LedgerBooks => ({ ...books, reserved: 4 });
    await expectBooks(subject, before, { what: "20 repeats at the same time", change });
  },
};

/** The rules of keys. */
export const EXACTLY_ONCE: LedgerChecks = joinChecks([
  ...LEDGER_METHODS.map(repeatOf),
  settledAlready("captureCredits", "releaseCredits"),
  settledAlready("releaseCredits", "captureCredits"),
  BOUND_KEYS,
]);

/** The rules of keys that have to do with how many slots there are. */
export const exactlyOnceSlotChecks = (slots: number): LedgerChecks => ({
  "a slot that was refused stays refused under its key, even when one is free by then": async (subject) => {
    const { ledger } = subject;
    const acquire = (key: string) => () => ledger.acquireSlot({ key, prompt: "a corgi surfing" });
    const ids: string[] = [];
    for (let slot = 1; slot <= slots; slot++) ids.push(await valueOf("acquireSlot", acquire(`fits-${slot}`)));
    const refused = await answerOf("acquireSlot", acquire("refused"));
    const result = { status: "failed", error: "It did not work." } as const;
    await valueOf("closeSlot", () => ledger.closeSlot({ key: "close", slotId: ids[0] ?? "", result }));
    expectSame(await answerOf("acquireSlot", acquire("refused")), refused, "the answer of a repeated acquireSlot");
    await valueOf("acquireSlot under a new key", acquire("new"));
  },
});
