// Whether a file of the draft could not be uploaded.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { sourcesIn } from "./sources-in.ts";

/** True while one of them has failed. */
export function useHasFailed(files: AttachedFiles): boolean {
  // `files` is made anew with each render; its files are not.
  const sources = sourcesIn(files).flatMap((one) => (typeof one === "object" && "getSnapshot" in one ? [one] : []));
  const ids = sources.map(({ id }) => id).join(" ");
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the ids stand for the files
  const uploads = useMemo(() => sources, [ids]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = uploads.map((upload) => upload.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [uploads],
  );
  const read = (): boolean => uploads.some((upload) => upload.getSnapshot().status === "failed");
  return useSyncExternalStore(subscribe, read, () => false);
}
