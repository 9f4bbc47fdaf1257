// The files of the draft: each begins to upload when it is picked, and is canceled when it is taken away.
import type { AttachedFiles, VideoEngine } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useCallback, useContext, useMemo, useState, type Dispatch, type SetStateAction } from "react";
import { UploadsContext } from "@video-engine/example-web-grid/remembered-uploads";
import { WORDS } from "../words.ts";
import { pickMedia } from "./pick-media.ts";
import type { PlacedUrl } from "./picked-from.ts";
import { filesOf, kindAt, type Picked, type Place } from "./picked.ts";

/** A file to be uploaded. */
export interface NewFile {
  /** Where the device shows it from. */
  readonly uri: string;
  readonly name: string;
  /** As the device's picker, or a browser, hands it out. */
  readonly source: Parameters<VideoEngine["attach"]>[0];
}

/** The picked files, and the ways to change them. */
export interface PickedFiles {
  readonly picked: readonly Picked[];
  /** Of those the fields that the chosen model takes. */
  readonly files: AttachedFiles;
  /** Opens the device's picker for a place. */
  pick(place: Place): Promise<void>;
  /** Takes a file for a place. */
  add(place: Place, file: NewFile): void;
  /** Takes a file that is there already, by its URL. */
  pickUrl(place: Place, url: string): void;
  /** The file of this URL in a place, in the place of what is there. */
  putIn(place: Place, url: string): void;
  /** These files, unless there are some already. */
  restore(files: readonly PlacedUrl[]): void;
  /** These files in the place of all. */
  replaceAll(files: readonly PlacedUrl[]): void;
  remove(picked: Picked): void;
}

/** Nothing at first. */
export function usePickedFiles(): PickedFiles {
  const { attach } = useVideoEngine();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const { add, pick } = useNewFiles(setPicked);
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
  const attached = useCallback(
    (files: readonly PlacedUrl[]) => files.map(({ place, url }) => ({ place, uri: url, attachment: attach(url) })),
    [attach],
  );
  const replaceAll = useCallback((files: readonly PlacedUrl[]) => setPicked(attached(files)), [attached]);
  const restore = useCallback(
    (files: readonly PlacedUrl[]) => {
      const restored = attached(files);
      setPicked((before) => (before.length > 0 || restored.length === 0 ? before : restored));
    },
    [attached],
  );
  const remove = useCallback((one: Picked) => {
    one.attachment.cancel();
    if (one.uri.startsWith("blob:")) URL.revokeObjectURL(one.uri);
    setPicked((before) => before.filter((other) => other !== one));
  }, []);
  const files = useFieldsOf(picked);
  return useMemo(
    () => ({ picked, files, add, pick, pickUrl, putIn, restore, replaceAll, remove }),
    [picked, files, add, pick, pickUrl, putIn, restore, replaceAll, remove],
  );
}

/** What begins an upload. */
function useNewFiles(setPicked: Dispatch<SetStateAction<readonly Picked[]>>): Pick<PickedFiles, "add" | "pick"> {
  const { attach } = useVideoEngine();
  const { add: remember } = useContext(UploadsContext);
  const add = useCallback(
    (place: Place, { uri, name, source }: NewFile) => {
      const attachment = attach(source);
      setPicked((before) => [...before, { place, uri, attachment }]);
      void attachment.uploaded.then(({ url }) => url && remember({ url, name, kind: kindAt(place) }));
    },
    [attach, remember, setPicked],
  );
  const pick = useCallback(
    async (place: Place) => {
      const asset = await pickMedia(kindAt(place));
      if (asset !== undefined)
        add(place, { uri: asset.uri, name: asset.fileName ?? WORDS.files.nameless, source: asset });
    },
    [add],
  );
  return { add, pick };
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
