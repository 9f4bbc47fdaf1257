// The checks of every world, by number. S1-S11 and L1-L9 are the properties of the design; G-numbers are the rules of core/SPEC.md that can
// be checked from outside. Pure data. docs/reliability.md prints the table.

/** Every check. S and G must hold after every call, whatever was lost. L must hold at the end, when no more faults happen. */
export const CHECKS = {
  S1: "of one reservation, captured and released together are never more than was reserved, and never both",
  S2: "nothing is captured or released before its reservation was confirmed, or more than the books hold",
  S3: "no credits are settled before the decision is stored, and a stored decision is never another one later",
  S4: "credits are captured only when the row shows the video",
  S5: "one generation has at most one job; without a repeatable route its submit is sent at most once",
  S6: "only the holder of a generation's lock calls anything for it",
  S7: "nothing is called for, and no record is written of, another user's generation",
  S8: "a prompt is in no event, and in a record only until the provider has the job; attached bytes and secrets are in neither",
  S9: "without keys nothing that adds up is sent again, unless the last time certainly did nothing or the balance was read back since",
  S10: "the app's `saveVideos` is called only for videos that the generation's record has, and not more often than five times",
  S11: "a row says that its credits came back only when they have",
  L1: "every slot is closed",
  L2: "no credits are left reserved; those that are belong to a generation that `unresolved()` lists",
  L3: "no row goes on loading",
  L4: "a video that the provider has made is in its row",
  L5: "no record is left, but of a generation whose credits are held or in doubt, or whose slot may have leaked",
  L6: "every promise is settled, but those of a process that died or a handle that was detached",
  L7: "no job is asked about more often than two days of questions would",
  L8: "a row shows the app's copy of its video, unless `saveVideos` failed five times",
  L9: "the row of a generation whose credits were released says so, where rows can",
  G5: "capture and release are not both asked for, and a row does not show both a video and an error",
  G9: "every amount of a generation is its price, and a repeat under a key has the same arguments",
  G10: "a timeout is said only after two fresh pending answers past the hard limit, half a minute apart",
  G13: "canceling never yields a free video",
  G15: "what is said of the credits is so, and is not taken back",
  G17: "no timer is left at the end",
} as const satisfies Record<string, string>;

/** The number of a check, such as `S1`. */
export type CheckId = keyof typeof CHECKS;

/** The number of the check at the start of a finding. */
export function checkOf(sentence: string): string {
  return sentence.slice(0, sentence.indexOf(" "));
}

/** Broken checks as sentences: each once, in order of first occurrence. */
export interface Findings {
  note(check: CheckId, sentence: string): void;
  list(): readonly string[];
}

/** Creates an empty list of findings. */
export function createFindings(): Findings {
  const found = new Set<string>();
  return {
    note: (check, sentence) => void found.add(`${check} ${sentence}`),
    list: () => [...found],
  };
}
