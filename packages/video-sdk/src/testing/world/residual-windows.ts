// Where a lost answer can leave something behind. Nothing else is ever left, and each of these really can be: crash-matrix.test.ts and
// residual-windows.test.ts check both. The README prints the first list.

/** What can be left behind. An orphaned job runs and is paid for, but no user gets its video. */
export type Residual = "slot stays taken" | "credits stay held" | "row goes on loading" | "job is orphaned";

/** A window: from storing that a call will be made to storing its outcome. */
export interface ResidualWindow {
  readonly call: string;
  readonly residual: Residual;
  /** How the doubt is decided, and why. */
  readonly bias: string;
}

/** Every window of a backend without operation ids. */
export const AT_MOST_ONCE_WINDOWS: readonly ResidualWindow[] = [
  {
    call: "ledger.acquireSlot",
    residual: "slot stays taken",
    bias: "Not asked again: a second slot would be taken beside the first.",
  },
  {
    call: "ledger.reserveCredits",
    residual: "credits stay held",
    bias: "Not released: the release could take another generation's hold.",
  },
  {
    call: "ledger.recordRow",
    residual: "row goes on loading",
    bias: "Not written again: the grid would show two. The credits are released.",
  },
  {
    call: "api.submit",
    residual: "job is orphaned",
    bias: "Not sent again: it would be paid for twice. The credits are released.",
  },
  {
    call: "ledger.captureCredits",
    residual: "credits stay held",
    bias: "Not captured again: the user could be charged twice. The video is delivered.",
  },
  {
    call: "ledger.releaseCredits",
    residual: "credits stay held",
    bias: "Not released again: the second could take another generation's hold.",
  },
];

/** When an unconfirmed submit is not sent again although the route would run it once. It involves no credits. */
export interface ExactlyOnceWindow extends ResidualWindow {
  readonly when: string;
}

/** Every window of a backend and routes that honour their keys. */
export const EXACTLY_ONCE_WINDOWS: readonly ExactlyOnceWindow[] = [
  {
    call: "api.submit",
    residual: "job is orphaned",
    when: "the app died during the submit of a request whose image was given as bytes",
    bias: "Not sent again: the bytes were never stored. The credits are released.",
  },
  {
    call: "api.submit",
    residual: "job is orphaned",
    when: "the app died during the submit and is opened again after more than half a day",
    bias: "Not sent again: the route may have forgotten the key by then, and would start another job. The credits are released.",
  },
  {
    call: "api.submit",
    residual: "job is orphaned",
    when: "the submit got no answer twelve times, over a minute or more",
    bias: "Not sent again: the user has been told that there is no video, and it might start one. The credits are released.",
  },
];
