// What is wrong with how a random world ended, without what its backend does not promise. Pure.
import { checkOf } from "./checks.ts";
import { WITH_BYTES, type RandomWorldPlan } from "./plan-random-world.ts";
import { LATE_AND_UNWANTED, type RandomWorldReport } from "./random-worlds.ts";

const MINUTE = 60_000;

/**
 * What is wrong with the end of a world: everything that must never happen, and on an exactly-once backend also what is not settled.
 * What the guarantee does not promise is left out.
 */
export function wrongIn({ plan, violations, imbalances }: RandomWorldReport): readonly string[] {
  const found = plan.guarantee === "exactly-once" ? [...violations, ...imbalances] : violations;
  return found.filter((sentence) => !isNotPromised(plan, sentence));
}

/** Twelve attempts of a submit with the shortest waits between them. */
const SUBMIT_PATIENCE_MS = MINUTE;
/** Reading the balance back works for one writer only: what another writer moves is mistaken for a doubt. */
const MISREAD: ReadonlySet<string> = new Set(["S1", "S2", "G15"]);

function isNotPromised(
  { guarantee, otherDevice, actions, outages, scenarios, faults, aimed, hazards = [] }: RandomWorldPlan,
  sentence: string,
): boolean {
  const isOutFor = (what: string, longestMs: number): boolean =>
    outages.some(({ calls, fromMs, untilMs }) => calls === what && untilMs - fromMs > longestMs);
  // The fake books belong to one user, so another user who signs in on the device is another writer.
  const isOnlyWriter = otherDevice.length === 0 && !actions.some(({ action }) => action === "sign-in");
  if (guarantee === "reconciled" && !isOnlyWriter && MISREAD.has(checkOf(sentence))) return true;
  // The first and the last of EXACTLY_ONCE_WINDOWS. No sleep here is long enough for the second.
  const isUnconfirmed = scenarios.length >= WITH_BYTES || isOutFor("api", SUBMIT_PATIENCE_MS);
  if (guarantee === "exactly-once" && isUnconfirmed && /^L4 .* is orphaned$/.test(sentence)) return true;
  // Without keys a saving of the row that lands late shows the provider's address again (known gap).
  const isLate = [...faults.map(([, fault]) => fault), ...aimed.map(({ fault }) => fault)].includes("lands-late");
  if (guarantee !== "exactly-once" && isLate && /^L8 .* is shown/.test(sentence)) return true;
  // A video that comes after its timeout moves no credits, and is not put into a row that the user has deleted.
  if (hazards.some(({ kind }) => kind === "row-deleted") && LATE_AND_UNWANTED.test(sentence)) return true;
  // The final statement and the row wait a minute for their record to be stored. A restart after that knows less.
  const isSlow = hazards.some(({ kind }) => kind === "storage-slow");
  if (isSlow && /^G15 .*(was called none: |\/none, then )/.test(sentence)) return true;
  const isOut = isOutFor("storage", MINUTE) || isSlow;
  return isOut && /^(G15 .*, then \w+\/unknown|G5 .* both a video and an error$)/.test(sentence);
}
