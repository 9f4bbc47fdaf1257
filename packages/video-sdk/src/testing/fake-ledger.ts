// A ledger in memory with the rules of the real functions: a slot limit, no negative credits, and repeats that run once where asked for.
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { CallResult, FoundRow, Guarantee, JoblessRow, LoadingRow, RowChange, VideoLedger } from "../ports.ts";
import { imbalancesOf, type FakeBooks } from "./fake-books.ts";
import { createFaultQueue, type Fault } from "./fault.ts";

/** A method of the ledger. */
export type LedgerMethod = Exclude<
  keyof VideoLedger,
  | "guarantee"
  | "showsRefunds"
  | "sentFields"
  | "numbersCalls"
  | "readReserved"
  | "readLoadingRows"
  | "readJoblessRows"
  | "close"
>;

/** A VideoLedger for tests. */
export interface FakeLedger extends VideoLedger {
  readonly books: FakeBooks;
  /** Every call in order, including those that met a fault. */
  readonly calls: readonly LedgerMethod[];
  failNext(method: LedgerMethod, fault: Fault): void;
  /** Removes a row, as a user does who deletes its tile. False: there is none. */
  deleteRow(rowId: string): boolean;
  /** Throws a list of what is out of balance: credits, active slots, loading rows, rows with both a video and an error. */
  assertBalanced(): void;
}

/** Options of the fake. */
export interface FakeLedgerOptions {
  /** Default 1,000. */
  readonly credits?: number | undefined;
  /** Slots at a time. Default 3. */
  readonly slots?: number | undefined;
  /** Whether repeats under a key run once. Default `at-most-once`: every call runs. */
  readonly guarantee?: Guarantee | undefined;
  /** Whether rows keep the id of their job. Default true. */
  readonly areJobsKept?: boolean | undefined;
  /** Whether a failed row is deleted where it may be. Default false: it is marked. */
  readonly areFailedRowsDeleted?: boolean | undefined;
  /** Whether rows can say that their credits came back. Default false. */
  readonly showsRefunds?: boolean | undefined;
  /** The time of new rows, in epoch milliseconds. Default: 1 January 2026, UTC. */
  readonly now?: (() => number) | undefined;
}

/** Creates a ledger over the books of one user. */
export function createFakeLedger({
  credits = 1_000,
  slots = 3,
  guarantee = "at-most-once",
  areJobsKept = true,
  areFailedRowsDeleted = false,
  showsRefunds = false,
  now = () => 1_767_225_600_000,
}: FakeLedgerOptions = {}): FakeLedger {
  const books: FakeBooks = {
    credits,
    reserved: 0,
    captured: 0,
    released: 0,
    refusedSettlements: 0,
    mismatchedRepeats: 0,
    slots: [],
    sessions: [],
    rows: [],
  };
  const calls: LedgerMethod[] = [];
  const faults = createFaultQueue<LedgerMethod>();
  let rowsMade = 0;
  const results = new Map<string, { readonly said: string; readonly result: CallResult<unknown> }>();

  const call = <T>(method: LedgerMethod, input: { key?: string }, run: () => CallResult<T>): Promise<CallResult<T>> => {
    calls.push(method);
    return faults.meet(method, () => {
      const { key, ...args } = input;
      if (guarantee !== "exactly-once" || key === undefined) return run();
      const said = JSON.stringify([method, args]);
      const known = results.get(key);
      if (known !== undefined && known.said !== said && !isSettlement(method)) {
        books.mismatchedRepeats++;
        return refused("internal", { key });
      }
      const result = (known?.result as CallResult<T> | undefined) ?? run(); // one key belongs to one operation, so to one type
      // Refusals are kept too. Otherwise a call that lands late would do what the user was told had been refused.
      results.set(key, { said, result });
      return result;
    });
  };

  return {
    guarantee,
    showsRefunds,
    readReserved: guarantee === "reconciled" ? () => Promise.resolve(done(books.reserved)) : undefined,
    readLoadingRows: () => Promise.resolve(done(books.rows.flatMap((row) => loadingRowOf(row) ?? []))),
    readJoblessRows: () => Promise.resolve(done(joblessRowsOf(books))),
    books,
    calls,
    failNext: faults.failNext,
    deleteRow: (rowId) => deleteRow(books, rowId),
    assertBalanced() {
      const imbalances = imbalancesOf(books, credits);
      if (imbalances.length > 0) throw new Error(`The books do not balance: ${imbalances.join("; ")}.`);
    },
    acquireSlot: (input) => call("acquireSlot", input, () => acquireSlot(books, slots)),
    closeSlot: (input) =>
      call("closeSlot", input, () => change(books.slots, input.slotId, (slot) => (slot.status = input.result.status))),
    reserveCredits: (input) => call("reserveCredits", input, () => reserve(books, input.credits)),
    captureCredits: (input) => call("captureCredits", input, () => settle(books, input.credits, "captured")),
    releaseCredits: (input) => call("releaseCredits", input, () => settle(books, input.credits, "released")),
    createSession: (input) =>
      call("createSession", input, () => add(books.sessions, "session", { title: input.title })),
    recordRow: (input) =>
      call("recordRow", input, () => {
        const id = `row-${++rowsMade}`;
        books.rows.push({ id, ...fieldsOf(input), createdAt: now(), isLoading: true, videos: [] });
        return done(id);
      }),
    updateRow: (input) =>
      call("updateRow", input, () => {
        const { rowId, change: wanted } = input;
        if (wanted.kind === "attached" && !areJobsKept) return done(undefined);
        const isDeletion = wanted.kind === "failed" && wanted.mayDelete === true && areFailedRowsDeleted;
        if (isDeletion) return deleteRow(books, rowId) ? done(undefined) : refused("not-found", { id: rowId });
        return change(books.rows, rowId, (row) => applyTo(row, wanted));
      }),
  };
}

function fieldsOf({ sessionId, slotId, credits, request: { model, prompt } }: LoadingRow) {
  return { sessionId, slotId, credits, model, prompt };
}

/** Capture and release share a key: the second of the two gets the answer of the first, and is not refused. */
function isSettlement(method: LedgerMethod): boolean {
  return method === "captureCredits" || method === "releaseCredits";
}

function acquireSlot(books: FakeBooks, limit: number): CallResult<string> {
  const active = books.slots.filter(({ status }) => status === "active").length;
  if (active >= limit) return refused("slot-limit-reached", { limit, active });
  return add(books.slots, "slot", { status: "active" });
}

function reserve(books: FakeBooks, amount: number): CallResult<void> {
  const available = books.credits - books.reserved;
  if (amount > available) return refused("insufficient-credits", { needed: amount, available });
  books.reserved += amount;
  return done(undefined);
}

function settle(books: FakeBooks, amount: number, as: "captured" | "released"): CallResult<void> {
  if (amount > books.reserved) {
    books.refusedSettlements++;
    return refused("settlement-failed", { amount, reserved: books.reserved });
  }
  books.reserved -= amount;
  books[as] += amount;
  if (as === "captured") books.credits -= amount;
  return done(undefined);
}

function loadingRowOf(row: FakeBooks["rows"][number]): FoundRow | undefined {
  const { id, isLoading, externalRequestId } = row;
  if (!isLoading || externalRequestId === undefined) return undefined;
  return { ...row, rowId: id, requestId: externalRequestId, aspectRatio: "16:9" };
}

function deleteRow({ rows }: FakeBooks, rowId: string): boolean {
  const at = rows.findIndex(({ id }) => id === rowId);
  if (at >= 0) rows.splice(at, 1);
  return at >= 0;
}

function joblessRowsOf({ rows }: FakeBooks): readonly JoblessRow[] {
  const newestTime = Math.max(...rows.map(({ createdAt }) => createdAt));
  return rows
    .filter(({ isLoading, externalRequestId }) => isLoading && externalRequestId === undefined)
    .map((row) => ({ ...row, rowId: row.id, leastAgeMs: newestTime - row.createdAt }));
}

function applyTo(row: FakeBooks["rows"][number], wanted: RowChange): void {
  if (wanted.kind === "attached") {
    row.externalRequestId = wanted.requestId;
    return;
  }
  row.isLoading = false;
  if (wanted.kind === "refunded") row.isRefunded = true;
  if (wanted.kind === "finished") {
    row.videos = wanted.videos;
    if (wanted.isLate === true) delete row.error;
  }
  if (wanted.kind === "failed") row.error = wanted.message;
  if (wanted.kind === "previewed") row.previewImage = wanted.previewImage;
}

function add<T extends { readonly id: string }>(list: T[], kind: string, fields: Omit<T, "id">): CallResult<string> {
  const id = `${kind}-${list.length + 1}`;
  list.push({ ...fields, id } as T); // T is exactly its fields and an id
  return done(id);
}

function change<T extends { readonly id: string }>(
  list: readonly T[],
  id: string,
  apply: (item: T) => void,
): CallResult<void> {
  const item = list.find((candidate) => candidate.id === id);
  if (item === undefined) return refused("not-found", { id });
  apply(item);
  return done(undefined);
}

function done<T>(value: T): CallResult<T> {
  return { ok: true, value };
}

function refused(code: VideoErrorCode, details: Record<string, unknown>): CallResult<never> {
  return { ok: false, certainty: "not-done", error: videoErrorData(code, { details }) };
}
