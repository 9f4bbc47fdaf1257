// Asks the balance about holds that are in doubt, when that can give an answer: nothing runs here, and nothing can still land.
// What the answer means is core/reconcile.ts; what follows from it is the machine's.
import { QUIET_MS, reconcile, type Doubt } from "../core/reconcile.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { Claims, Clock, VideoLedger } from "../ports.ts";

/** What reconciling needs. */
export interface ReconcileOptions {
  readonly ledger: Pick<VideoLedger, "readReserved">;
  readonly clock: Pick<Clock, "now">;
  readonly claims: Claims | undefined;
  list(): readonly GenerationSnapshot[];
  /** Tells a generation what has become of its hold. Resolves when it is settled. */
  tell(id: string, isHeld: boolean): Promise<void>;
}

/** Whether a generation has ended with its credits held, or in doubt. */
export function isUnresolved({ status, settlement }: GenerationSnapshot): boolean {
  return status !== "running" && (settlement === "held" || settlement === "unknown");
}

/** The way to reconcile. Gives back the ids it has resolved; none while it is too early or the sum allows more than one answer. */
export function createReconcile({
  ledger,
  clock,
  claims,
  list,
  tell,
}: ReconcileOptions): () => Promise<readonly string[]> {
  const firstSeen = new Map<string, number>();
  return async () => {
    const snapshots = list();
    const doubts: readonly Doubt[] = snapshots.filter(
      ({ status, settlement }) => status !== "running" && settlement === "unknown",
    );
    for (const { id } of doubts) firstSeen.set(id, firstSeen.get(id) ?? clock.now());
    const isQuiet = doubts.every(({ id }) => clock.now() - (firstSeen.get(id) ?? clock.now()) >= QUIET_MS);
    const isIdle = snapshots.every(({ settlement, status }) => status !== "running" && settlement !== "held");
    if (doubts.length === 0 || !isQuiet || !isIdle || ledger.readReserved === undefined) return [];
    const releases = await claimAll(doubts, claims);
    if (releases === undefined) return [];
    try {
      const reserved = await ledger.readReserved();
      const findings = (reserved.isDone ? reconcile(doubts, reserved.value) : undefined) ?? [];
      await Promise.all(findings.map(({ id, isHeld }) => tell(id, isHeld)));
      return findings.map(({ id }) => id);
    } finally {
      for (const release of releases) release();
    }
  };
}

/** All of them or none: another tab that drives one of them may be moving credits. */
async function claimAll(
  doubts: readonly Doubt[],
  claims: Claims | undefined,
): Promise<readonly (() => void)[] | undefined> {
  const releases: (() => void)[] = [];
  for (const { id } of claims === undefined ? [] : doubts) {
    const release = await claims?.tryClaim(id);
    if (release === undefined) {
      for (const taken of releases) taken();
      return undefined;
    }
    releases.push(release);
  }
  return releases;
}
