// The calls of a ledger that change something, and what each of them changes in the books of a prepared account.
import { resolveVideoRequest } from "@video-engine/video-models";
import type { CallResult, LoadingRow, VideoLedger } from "../../ports.ts";
import type { LedgerMethod } from "../fake-ledger.ts";
import { valueOf } from "./contract-case.ts";
import { NEW, type LedgerBooks, type LedgerBooksRow } from "./ledger-under-test.ts";

/** Credits that a new account has. */
export const START_CREDITS = 100;
/** Credits that a prepared account holds. */
export const HELD_CREDITS = 40;
/** Credits that each call here moves. */
export const MOVED_CREDITS = 10;
export const VIDEO = "https://videos.test/corgi.mp4";

const PROMPT = "a corgi surfing";
const { request } = resolveVideoRequest({ model: "vid-veo-3.1-fast", prompt: PROMPT, duration: 8 });

/** An account with two slots, a session with two loading rows, and credits held. */
export interface PreparedAccount {
  readonly slotId: string;
  readonly sessionId: string;
  readonly rowId: string;
  readonly otherRowId: string;
}

/** Prepares a new account. */
export async function prepareAccount(ledger: VideoLedger): Promise<PreparedAccount> {
  const acquire = (key: string): Promise<string> =>
    valueOf("acquireSlot", () => ledger.acquireSlot({ key, prompt: PROMPT }));
  const slotId = await acquire("prepare-slot");
  const otherSlotId = await acquire("prepare-other-slot");
  await valueOf("reserveCredits", () => ledger.reserveCredits({ key: "prepare-credits", credits: HELD_CREDITS }));
  const session = { key: "prepare-session", title: "Corgis" };
  const sessionId = await valueOf("createSession", () => ledger.createSession(session));
  const record = (key: string, ofSlot: string): Promise<string> =>
    valueOf("recordRow", () => ledger.recordRow({ key, ...loadingRow(sessionId, ofSlot) }));
  const rowId = await record("prepare-row", slotId);
  return { slotId, sessionId, rowId, otherRowId: await record("prepare-other-row", otherSlotId) };
}

/** A call, and its effect. */
export interface LedgerCall {
  make(ledger: VideoLedger, key: string, account: PreparedAccount): Promise<CallResult<unknown>>;
  change(books: LedgerBooks, account: PreparedAccount): LedgerBooks;
}

/** One call of each method. All of them can be made on one prepared account, in this order. */
export const LEDGER_CALLS: Readonly<Record<LedgerMethod, LedgerCall>> = {
  acquireSlot: {
    make: (ledger, key) => ledger.acquireSlot({ key, prompt: PROMPT }),
    change: (books) => ({ ...books, activeSlots: [...books.activeSlots, NEW] }),
  },
  closeSlot: {
    make: (ledger, key, { slotId }) =>
      ledger.closeSlot({ key, slotId, result: { status: "completed", videoUrl: VIDEO } }),
    change: (books, { slotId }) => ({ ...books, activeSlots: books.activeSlots.filter((id) => id !== slotId) }),
  },
  reserveCredits: {
    make: (ledger, key) => ledger.reserveCredits({ key, credits: MOVED_CREDITS }),
    change: (books) => ({ ...books, reserved: books.reserved + MOVED_CREDITS }),
  },
  captureCredits: {
    make: (ledger, key) => ledger.captureCredits({ key, credits: MOVED_CREDITS }),
    change: (books) => ({
      ...books,
      credits: books.credits - MOVED_CREDITS,
      reserved: books.reserved - MOVED_CREDITS,
    }),
  },
  releaseCredits: {
    make: (ledger, key) => ledger.releaseCredits({ key, credits: MOVED_CREDITS }),
    change: (books) => ({ ...books, reserved: books.reserved - MOVED_CREDITS }),
  },
  createSession: {
    make: (ledger, key) => ledger.createSession({ key, title: "More corgis" }),
    change: (books) => ({ ...books, sessions: books.sessions + 1 }),
  },
  recordRow: {
    make: (ledger, key, { sessionId, slotId }) => ledger.recordRow({ key, ...loadingRow(sessionId, slotId) }),
    change: (books) => ({ ...books, rows: [...books.rows, { id: NEW, isLoading: true, videos: [] }] }),
  },
  updateRow: {
    make: (ledger, key, { rowId }) =>
      ledger.updateRow({ key, rowId, change: { kind: "finished", videos: [VIDEO], completedAt: 1_767_225_600_000 } }),
    change: (books, { rowId }) => changeRow(books, rowId, { isLoading: false, videos: [VIDEO] }),
  },
};

/** The methods, in an order in which their calls can be made. */
export const LEDGER_METHODS = Object.keys(LEDGER_CALLS) as readonly LedgerMethod[]; // the keys of that very record

/** The books with one row changed. */
export function changeRow(books: LedgerBooks, rowId: string, change: Partial<LedgerBooksRow>): LedgerBooks {
  return { ...books, rows: books.rows.map((row) => (row.id === rowId ? { ...row, ...change } : row)) };
}

function loadingRow(sessionId: string, slotId: string): LoadingRow {
  return { sessionId, slotId, request, credits: HELD_CREDITS, modelLabel: "Veo 3.1 Fast", aspectRatio: "16:9" };
}
