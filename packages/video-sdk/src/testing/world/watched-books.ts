// Looks at the books after every call and says what must never be, generation by generation, also on books that know no generations.
// Which generation moved what is read from the key that every call carries, honoured or not.
import { VIDEO_ERRORS, type Settlement } from "../../errors.ts";
import type { Attempt } from "../../ports.ts";
import type { FakeRow } from "../fake-books.ts";
import type { FakeLedger } from "../fake-ledger.ts";
import type { FakeJob } from "../fake-video-api.ts";
import type { Told } from "./told.ts";

const COUNTED = ["reserved", "captured", "released", "slots", "rows", "sessions"] as const;
/** Totals so far. Credits are whole. */
type Picture = Record<(typeof COUNTED)[number], number>;

/** What one generation has done to the books. */
interface Account extends Picture {
  rowId: string | undefined;
}

/** Books that are watched. */
export interface WatchedBooks {
  readonly ledger: FakeLedger;
  /** Everything that has ever been wrong. */
  violations(told: Told): readonly string[];
}

/** Watches a ledger, and the jobs that were paid for beside it. */
export function watchBooks(books: FakeLedger, jobs: readonly FakeJob[]): WatchedBooks {
  const accounts = new Map<string, Account>();
  const seen = new Set<string>();
  const { books: kept } = books;

  const accountOf = (id: string): Account => {
    const known = accounts.get(id) ?? {
      reserved: 0,
      captured: 0,
      released: 0,
      slots: 0,
      rows: 0,
      sessions: 0,
      rowId: undefined,
    };
    accounts.set(id, known);
    return known;
  };

  const picture = (): Picture => ({
    reserved: kept.reserved + kept.captured + kept.released,
    ...{ captured: kept.captured, released: kept.released },
    ...{ slots: kept.slots.length, rows: kept.rows.length, sessions: kept.sessions.length },
  });

  const look = (id: string): void => {
    const { reserved, captured, released, slots, rows, sessions, rowId } = accountOf(id);
    const row = kept.rows.find((one) => one.id === rowId);
    const wrong: Record<string, boolean> = {
      "moved more credits than it had reserved": captured + released > reserved,
      "reserved its credits twice": row !== undefined && reserved > row.credits,
      "was charged and given back": captured > 0 && released > 0,
      "was charged without a video in its row": captured > 0 && (row?.videos.length ?? 0) === 0,
      "took two slots": slots > 1,
      "recorded two rows": rows > 1,
      "made two sessions": sessions > 1,
      "paid for two jobs": jobs.filter(({ key }) => key === id).length > 1,
      "shows both a video and an error": row !== undefined && isContradiction(row),
    };
    for (const [what, is] of Object.entries(wrong)) if (is) seen.add(`${id} ${what}`);
    if (kept.refusedSettlements > 0) seen.add("credits were settled that were not held");
    if (kept.mismatchedRepeats > 0) seen.add("a repeat under a key had other arguments than the first call");
  };

  const note = (id: string, before: Picture, after: Picture): void => {
    const account = accountOf(id);
    for (const what of COUNTED) account[what] += after[what] - before[what];
    if (after.rows > before.rows) account.rowId = kept.rows.at(-1)?.id;
    look(id);
  };

  const watched =
    <Input extends { readonly key?: string }, T>(method: (input: Input) => Promise<Attempt<T>>) =>
    (input: Input): Promise<Attempt<T>> => {
      const before = picture();
      const answer = method(input);
      // The fake acts at once and answers later: what has changed by now is this call's doing, and no other's.
      if (input.key !== undefined) note(generationOf(input.key), before, picture());
      return answer;
    };

  return {
    ledger: {
      ...books,
      acquireSlot: watched(books.acquireSlot),
      closeSlot: watched(books.closeSlot),
      reserveCredits: watched(books.reserveCredits),
      captureCredits: watched(books.captureCredits),
      releaseCredits: watched(books.releaseCredits),
      createSession: watched(books.createSession),
      recordRow: watched(books.recordRow),
      updateRow: watched(books.updateRow),
    },
    violations(told) {
      for (const id of accounts.keys()) look(id);
      const lies = [...told].flatMap(([id, said]) => {
        const settlement = said.at(-1)?.settlement;
        const { reserved, captured, released } = accountOf(id);
        return settlement === undefined || isTrue(settlement, { reserved, captured, released })
          ? []
          : [`${id} was called ${settlement}: ${reserved} reserved, ${captured} captured, ${released} released`];
      });
      return [...seen, ...lies];
    },
  };
}

/** A row with a video and an error, unless the video came late, after the job had been given up. */
export function isContradiction({ videos, error }: Pick<FakeRow, "videos" | "error">): boolean {
  return videos.length > 0 && error !== undefined && error !== VIDEO_ERRORS["timed-out"].message;
}

/** Keys are `generation:operation`. */
function generationOf(key: string): string {
  return key.slice(0, key.lastIndexOf(":"));
}

function isTrue(
  settlement: Settlement,
  { reserved, captured, released }: Pick<Account, "reserved" | "captured" | "released">,
): boolean {
  switch (settlement) {
    case "none":
      return reserved === 0;
    case "held":
      return reserved > captured + released;
    case "captured":
      return captured === reserved && reserved > 0;
    case "released":
      return released === reserved && reserved > 0;
    case "unknown":
      return true;
  }
}
