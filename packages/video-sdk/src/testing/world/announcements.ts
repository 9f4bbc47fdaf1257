// What the user was told about each generation, over all processes, and whether a statement was changed later. Uses no engine.
import type { GenerationSnapshot } from "../../core/snapshot.ts";

/** The snapshots shown of ended generations, by id, in order. */
export type Announcements = ReadonlyMap<string, readonly GenerationSnapshot[]>;

/** Records what was shown. */
export interface AnnouncementLog {
  readonly announced: Announcements;
  /**
   * Returns a listener for the list of one engine, to be called after each change. Only what an engine shows newly counts as told: it may go
   * on showing an old snapshot of a generation that another engine has settled since.
   */
  listener(): (snapshots: readonly GenerationSnapshot[]) => void;
}

/** Creates an empty log. `onAnnounced` is called when the user is told that a generation has ended. */
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
 * Says which final statements were changed later, one sentence each. A settlement of `held` or `unknown` is not final. Changes between
 * failed and canceled do not count. Nor do changes after `storage-failed`: the storage may have written the record all the same, and then
 * refuse to remove it.
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
