// The books that a fake ledger keeps, and a check of their balance. Pure data.

/** A concurrency slot. */
export interface FakeSlot {
  readonly id: string;
  status: "active" | "completed" | "failed";
}

/** A row of the grid. */
export interface FakeRow {
  readonly id: string;
  readonly sessionId: string;
  readonly slotId: string;
  readonly credits: number;
  readonly model: string;
  readonly prompt: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  isLoading: boolean;
  videos: readonly string[];
  error?: string;
  externalRequestId?: string;
  previewImage?: string;
  /** It says that its credits came back. */
  isRefunded?: boolean;
}

/** Everything the fake backend knows. Credits are whole. */
export interface FakeBooks {
  /** What the user owns, reserved or not. */
  credits: number;
  reserved: number;
  captured: number;
  released: number;
  /** Captures and releases of credits that were not reserved: refused, and each a fault of the caller. */
  refusedSettlements: number;
  /** Repeats under a key with other arguments than the first time: an exactly-once backend refuses them. */
  mismatchedRepeats: number;
  readonly slots: FakeSlot[];
  readonly sessions: { readonly id: string; readonly title: string }[];
  readonly rows: FakeRow[];
}

/** Says what is out of balance, one sentence each. Empty when everything is settled. */
export function imbalancesOf(books: FakeBooks, startCredits: number): readonly string[] {
  const { credits, reserved, captured, slots, rows } = books;
  const active = slots.filter(({ status }) => status === "active");
  const loading = rows.filter(({ isLoading }) => isLoading);
  return [
    ...(reserved === 0 ? [] : [`${reserved} credits are still reserved`]),
    ...(credits + captured === startCredits
      ? []
      : [`${startCredits} credits have become ${credits} and ${captured} captured`]),
    ...active.map(({ id }) => `slot ${id} is still active`),
    ...loading.map(({ id }) => `row ${id} is still loading`),
    ...rows
      .filter((row) => row.videos.length > 0 && row.error !== undefined)
      .map(({ id }) => `row ${id} has videos and an error`),
  ];
}
