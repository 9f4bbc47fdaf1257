// The files of the draft: each begins to upload when it is picked, and is canceled when it is taken away.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useCallback, useContext, useMemo, useState } from "react";
import { UploadsContext } from "../earlier/remembered-uploads.ts";
import { pickMedia } from "./pick-media.ts";
import { filesOf, kindAt, type Picked, type Place } from "./picked.ts";

/** The picked files, and the ways to change them. */
export interface PickedFiles {
  readonly picked: readonly Picked[];
  /** Of those the fields that the chosen model takes. */
  readonly files: AttachedFiles;
  /** Opens the device's picker for a place. */
  pick(place: Place): Promise<void>;
  /** Takes a file that is there already, by its URL. */
  pickUrl(place: Place, url: string): void;
  /** The video of this URL as the clip to edit, in place of another. */
  pickClip(url: string): void;
  remove(picked: Picked): void;
}

/** Nothing at first. */
export function usePickedFiles(): PickedFiles {
  const { attach } = useVideoEngine();
  const { model, settings } = useVideoSettings();
  const { choicesFor, getVideoModel } = useVideoModels();
  const { add } = useContext(UploadsContext);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const pick = useCallback(
    async (place: Place) => {
      const kind = kindAt(place);
      const asset = await pickMedia(kind);
      if (asset === undefined) return;
      const attachment = attach(asset);
      setPicked((before) => [...before, { place, uri: asset.uri, attachment }]);
      const { url } = await attachment.uploaded;
      if (url !== undefined) add({ url, name: asset.fileName ?? "Without a name", kind });
    },
    [attach, add],
  );
  const pickUrl = useCallback(
    (place: Place, url: string) => {
      const one = { place, uri: url, attachment: attach(url) };
      setPicked((before) => [...before, one]);
    },
    [attach],
  );
  const pickClip = useCallback(
    (url: string) => {
      setPicked((before) => before.filter(({ place }) => place !== "clip"));
      pickUrl("clip", url);
    },
    [pickUrl],
  );
  const remove = useCallback((one: Picked) => {
    one.attachment.cancel();
    setPicked((before) => before.filter((other) => other !== one));
  }, []);
  const { duration = getVideoModel(model).nominalSeconds } = settings;
  const files = useMemo(
    () => filesOf(picked, choicesFor(model).attachments, Number(duration)),
    [picked, choicesFor, model, duration],
  );
  return useMemo(
    () => ({ picked, files, pick, pickUrl, pickClip, remove }),
    [picked, files, pick, pickUrl, pickClip, remove],
  );
}
