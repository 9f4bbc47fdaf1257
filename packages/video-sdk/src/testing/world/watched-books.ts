// Checks the books after every call, per generation (checks.ts). The generation of a call is read from its key, which every call carries.
import { VIDEO_ERRORS, type Settlement } from "../../errors.ts";
import type { CallResult } from "../../ports.ts";
import type { FakeBooks, FakeRow } from "../fake-books.ts";
import type { FakeLedger } from "../fake-ledger.ts";
import type { FakeJob } from "../fake-video-api.ts";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import { createFindings, type CheckId } from "./checks.ts";
import type { Announcements } from "./announcements.ts";

const COUNTED = ["reserved", "captured", "released", "slots", "rows", "sessions"] as const;
/** Totals. Credits are whole. */
type Picture = Record<(typeof COUNTED)[number], number>;

const NOTHING: Picture = { reserved: 0, captured: 0, released: 0, slots: 0, rows: 0, sessions: 0 };

/** What one generation has done to the books. */
interface Account extends Picture {
  rowId: string | undefined;
}

/** A ledger whose books are checked after every call. */
export interface WatchedBooks {
  readonly ledger: FakeLedger;
  /** To be called when the user is told that a generation has ended. */
  onAnnounced(snapshot: GenerationSnapshot): void;
  /** Everything that was ever wrong. `unresolved`: the generations that are listed as holding credits, or in doubt. */
  violations(announced: Announcements, unresolved: ReadonlySet<string>): readonly string[];
}

/** What must never be true of a generation's account, and whether it is. */
function wrongWith(
  { reserved, captured, released, slots, rows, sessions }: Account,
  row: FakeRow | undefined,
  jobs: number,
): readonly (readonly [CheckId, string, boolean])[] {
  return [
    ["S1", "moved more credits than it had reserved", captured + released > reserved && reserved > 0],
    ["S1", "was charged and released", captured > 0 && released > 0],
    ["S2", "moved credits and had reserved none", captured + released > 0 && reserved === 0],
    ["S4", "was charged without a video in its row", captured > 0 && (row?.videos.length ?? 0) === 0],
    ["S5", "paid for two jobs", jobs > 1],
    ["S9", "reserved its credits twice", row !== undefined && reserved > row.credits],
    ["S9", "took two slots", slots > 1],
    ["S9", "recorded two rows", rows > 1],
    ["S9", "made two sessions", sessions > 1],
    ["S11", "is called refunded and was not", row?.isRefunded === true && released < reserved],
    ["G5", "shows both a video and an error", row !== undefined && isContradiction(row)],
  ];
}

/** Checks a ledger, and the jobs that were paid for. */
export function watchBooks(books: FakeLedger, jobs: readonly FakeJob[]): WatchedBooks {
  const accounts = new Map<string, Account>();
  const findings = createFindings();
  const { books: kept } = books;

  const accountOf = (id: string): Account => {
    const known = accounts.get(id) ?? { ...NOTHING, rowId: undefined };
    accounts.set(id, known);
    return known;
  };

  const look = (id: string): void => {
    const account = accountOf(id);
    const row = kept.rows.find(({ id: rowId }) => rowId === account.rowId);
    const wrong = wrongWith(account, row, jobs.filter(({ key }) => key === id).length);
    for (const [check, what, is] of wrong) if (is) findings.note(check, `${id} ${what}`);
    if (kept.refusedSettlements > 0) findings.note("S2", "credits were settled that were not held");
    if (kept.mismatchedRepeats > 0) findings.note("G9", "a repeat under a key had other arguments than the first call");
  };

  const note = (id: string, before: Picture, after: Picture): void => {
    const account = accountOf(id);
    for (const what of COUNTED) account[what] += after[what] - before[what];
    if (after.rows > before.rows) {
      // A row that the user deleted may be recorded anew, once.
      const isAnew = account.rowId !== undefined && kept.rows.every(({ id: rowId }) => rowId !== account.rowId);
      if (isAnew) account.rows--;
      account.rowId = kept.rows.at(-1)?.id;
    }
    look(id);
  };

  const tell = ({ id, settlement }: GenerationSnapshot): void => {
    const { reserved, captured, released } = accountOf(id);
    if (isTrue(settlement, { reserved, captured, released })) return;
    const sums = `${reserved} reserved, ${captured} captured, ${released} released`;
    findings.note("G15", `${id} was called ${settlement}: ${sums}`);
  };

  const watched =
    <Input extends { readonly key?: string }, T>(method: (input: Input) => Promise<CallResult<T>>) =>
    (input: Input): Promise<CallResult<T>> => {
      const before = pictureOf(kept);
      const answer = method(input);
      // The fake acts at once and answers later, so what has changed by now is the effect of this call.
      if (input.key !== undefined) note(generationOf(input.key), before, pictureOf(kept));
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
    onAnnounced: tell,
    violations(announced, unresolved) {
      for (const id of accounts.keys()) look(id);
      for (const said of announced.values()) {
        const last = said.at(-1);
        // `held` is not final: the process that settled it may have died before it could say so.
        const isOver = last?.settlement !== "held" || unresolved.has(last.id);
        if (last !== undefined && isOver) tell(last);
      }
      for (const [id, { reserved, captured, released, rowId: rowOfIt }] of accounts) {
        if (reserved > captured + released && !unresolved.has(id)) {
          findings.note("L2", `${id} holds credits, and is not listed as unresolved`);
        }
        const row = kept.rows.find(({ id: rowId }) => rowId === rowOfIt);
        const isToSay = books.showsRefunds === true && released > 0 && !unresolved.has(id);
        // A row that goes on loading is one that the engine could not be told of: L3.
        if (isToSay && row?.isLoading === false && row.isRefunded !== true)
          findings.note("L9", `${id} was released, and its row looks charged`);
      }
      return findings.list();
    },
  };
}

function pictureOf({ reserved, captured, released, slots, rows, sessions }: FakeBooks): Picture {
  return {
    reserved: reserved + captured + released,
    captured,
    released,
    slots: slots.length,
    rows: rows.length,
    sessions: sessions.length,
  };
}

/** A row with a video and an error, unless the video came late, after the job had been given up. */
function isContradiction({ videos, error }: Pick<FakeRow, "videos" | "error">): boolean {
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
