// A ledger and the books behind it, as the ledger contract sees them.
import type { VideoLedger } from "../../ports.ts";
import type { LedgerMethod } from "../fake-ledger.ts";
import { expectSame, type Checks, type LostCall } from "./contract-case.ts";

/** A row of the grid. */
export interface LedgerBooksRow {
  readonly id: string;
  readonly isLoading: boolean;
  readonly videos: readonly string[];
  /** Undefined or empty: none. */
  readonly error?: string | undefined;
  /** The provider's id of the job, once the row knows it. */
  readonly requestId?: string | undefined;
  readonly previewImage?: string | undefined;
}

/** An account as the backend has it. */
export interface LedgerBooks {
  /** What the user owns, reserved or not. */
  readonly credits: number;
  readonly reserved: number;
  /** Ids of the slots that are taken. */
  readonly activeSlots: readonly string[];
  /** How many there are. */
  readonly sessions: number;
  readonly rows: readonly LedgerBooksRow[];
}

/** A ledger over a new account, and a way to see the account without it. */
export interface LedgerUnderTest {
  readonly ledger: VideoLedger;
  readonly readBooks: () => LedgerBooks | Promise<LedgerBooks>;
  /** Lets the next call of this method be lost. Needed where the options name `faults`. */
  readonly failNext?: ((method: LedgerMethod, fault: LostCall) => void) | undefined;
}

/** Checks of a ledger. */
export type LedgerChecks = Checks<LedgerUnderTest>;

/** Stands for the id of a slot or row that a call has made. */
export const NEW = "new";

/** Throws unless the books have become what `change` makes of those before. */
export async function expectBooks(
  subject: LedgerUnderTest,
  before: LedgerBooks,
  { what, change }: { readonly what: string; readonly change: (before: LedgerBooks) => LedgerBooks },
): Promise<void> {
  const known = new Set([...before.activeSlots, ...before.rows.map(({ id }) => id)]);
  const naming = (id: string): string => (known.has(id) ? id : NEW);
  const after = await subject.readBooks();
  expectSame(
    plain(after, naming),
    plain(change(before), (id) => id),
    `the books after ${what}`,
  );
}

/** For a call that must change nothing. */
export const unchanged = (books: LedgerBooks): LedgerBooks => books;

function plain(books: LedgerBooks, nameOf: (id: string) => string): unknown {
  const { credits, reserved, activeSlots, sessions, rows } = books;
  const plainRows = rows.map(({ id, isLoading, videos, error, requestId, previewImage }) => {
    const text = error === "" ? undefined : error;
    return { id: nameOf(id), isLoading, videos, error: text, requestId, previewImage };
  });
  return { credits, reserved, activeSlots: activeSlots.map(nameOf).sort(), sessions, rows: plainRows };
}
