// The files of the draft: each begins to upload when it is picked, and is canceled when it is taken away.
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useCallback, useContext, useMemo, useState } from "react";
import { UploadsContext } from "../earlier/remembered-uploads.ts";
import { WORDS } from "../words.ts";
import { pickMedia } from "./pick-media.ts";
import type { PlacedUrl } from "./picked-from.ts";
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
  /** The file of this URL in a place, in the place of what is there. */
  putIn(place: Place, url: string): void;
  /** These files in the place of all. */
  replaceAll(files: readonly PlacedUrl[]): void;
  remove(picked: Picked): void;
}

/** Nothing at first. */
export function usePickedFiles(): PickedFiles {
  const { attach } = useVideoEngine();
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
      if (url !== undefined) add({ url, name: asset.fileName ?? WORDS.files.nameless, kind });
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
  const putIn = useCallback(
    (place: Place, url: string) => {
      setPicked((before) => before.filter((one) => one.place !== place));
      pickUrl(place, url);
    },
    [pickUrl],
  );
  const replaceAll = useCallback(
    (urls: readonly PlacedUrl[]) =>
      setPicked(urls.map(({ place, url }) => ({ place, uri: url, attachment: attach(url) }))),
    [attach],
  );
  const remove = useCallback((one: Picked) => {
    one.attachment.cancel();
    setPicked((before) => before.filter((other) => other !== one));
  }, []);
  const files = useFieldsOf(picked);
  return useMemo(
    () => ({ picked, files, pick, pickUrl, putIn, replaceAll, remove }),
    [picked, files, pick, pickUrl, putIn, replaceAll, remove],
  );
}

/** The fields of the chosen model that they fill. */
function useFieldsOf(picked: readonly Picked[]): AttachedFiles {
  const { model, settings } = useVideoSettings();
  const { choicesFor, getVideoModel } = useVideoModels();
  const { duration = getVideoModel(model).nominalSeconds } = settings;
  return useMemo(
    () => filesOf(picked, choicesFor(model).attachments, Number(duration)),
    [picked, choicesFor, model, duration],
  );
}
