// The files of the draft: each begins to upload when it is picked, and is canceled when it is taken away.
import { choicesFor } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoSettings } from "@video-engine/video-sdk/react";
import { useCallback, useMemo, useState } from "react";
import { pickMedia } from "./pick-media.ts";
import { filesOf, type Picked, type Place } from "./picked.ts";

/** The picked files, and the ways to change them. */
export interface PickedFiles {
  readonly picked: readonly Picked[];
  /** Of those the fields that the chosen model takes. */
  readonly files: AttachedFiles;
  /** Opens the device's picker for a place. */
  pick(place: Place): Promise<void>;
  /** The video of this URL as the clip to edit, in place of another. */
  pickClip(url: string): void;
  remove(picked: Picked): void;
}

/** Nothing at first. */
export function usePickedFiles(): PickedFiles {
  const { attach } = useVideoEngine();
  const { model } = useVideoSettings();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const pick = useCallback(
    async (place: Place) => {
      const asset = await pickMedia(place === "clip" ? "videos" : "images");
      if (asset === undefined) return;
      const one = { place, uri: asset.uri, attachment: attach(asset) };
      setPicked((before) => [...before, one]);
    },
    [attach],
  );
  const pickClip = useCallback(
    (uri: string) => {
      const one = { place: "clip", uri, attachment: attach(uri) } as const;
      setPicked((before) => [...before.filter(({ place }) => place !== "clip"), one]);
    },
    [attach],
  );
  const remove = useCallback((one: Picked) => {
    one.attachment.cancel();
    setPicked((before) => before.filter((other) => other !== one));
  }, []);
  const files = useMemo(() => filesOf(picked, choicesFor(model).attachments), [picked, model]);
  return useMemo(() => ({ picked, files, pick, pickClip, remove }), [picked, files, pick, pickClip, remove]);
}
