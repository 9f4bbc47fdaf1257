// What the user was told of each generation, in all processes together, and whether it was ever taken back. Knows no engine.
import type { GenerationSnapshot } from "../../core/snapshot.ts";

/** Everything said of ended generations, by id, in order. */
export type Announcements = ReadonlyMap<string, readonly GenerationSnapshot[]>;

/** Keeps what was said. */
export interface AnnouncementLog {
  readonly announced: Announcements;
  /**
   * Hears of the generations as one engine lists them, of each as often as anything changes. Something is told when that engine says it
   * anew: what it goes on showing, while another has settled it since, it has not said again.
   */
  listener(): (snapshots: readonly GenerationSnapshot[]) => void;
}

/** Nothing has been said yet. `onAnnounced` hears of each generation that ended, when the user does. */
export function createAnnouncementLog(onAnnounced: (snapshot: GenerationSnapshot) => void): AnnouncementLog {
  const announced = new Map<string, GenerationSnapshot[]>();
  const tell = (snapshot: GenerationSnapshot): void => {
    if (snapshot.status === "running") return;
    const said = announced.get(snapshot.id) ?? [];
    const last = said.at(-1);
    if (last?.status === snapshot.status && last.settlement === snapshot.settlement) return;
    announced.set(snapshot.id, [...said, snapshot]);
    onAnnounced(snapshot);
  };
  return {
    announced,
    listener: () => {
      const shown = new Map<string, GenerationSnapshot>();
      const isNew = (snapshot: GenerationSnapshot): boolean => {
        const before = shown.get(snapshot.id);
        shown.set(snapshot.id, snapshot);
        return before?.status !== snapshot.status || before.settlement !== snapshot.settlement;
      };
      return (snapshots) => {
        for (const snapshot of snapshots) if (isNew(snapshot)) tell(snapshot);
      };
    },
  };
}

/**
 * What was said as final and then changed, as sentences. `held` and `unknown` are no final words on the credits. Whether a generation
 * without a video has failed or was canceled is one on nothing. Neither is `storage-failed`: a storage may have taken the record that it
 * refused, and then refuse to have it removed.
 */
export function takenBack(announced: Announcements): readonly string[] {
  return [...announced].flatMap(([id, said]) =>
    said.slice(1).flatMap((now, index) => {
      const before = said[index];
      if (before === undefined || before.error?.code === "storage-failed") return [];
      const isOpen = before.settlement === "held" || before.settlement === "unknown";
      const isVideoThere = [before, now].map(({ status }) => status === "completed");
      if ((isOpen || before.settlement === now.settlement) && isVideoThere[0] === isVideoThere[1]) return [];
      const words = [before, now].map(({ status, settlement }) => `${status}/${settlement}`);
      return [`${id} was called ${words.join(", then ")}`];
    }),
  );
}
