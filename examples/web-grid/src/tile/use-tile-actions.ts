// The ways on from a tile: back into the draft, to the large view, to the user's disk, or out of the grid.
import { transitionOf, type VideoModelId } from "@video-engine/video-models";
import type { AttachedFiles, VideoTile } from "@video-engine/video-sdk";
import { useVideoEngine, type SoldModels } from "@video-engine/video-sdk/react";
import { useMemo } from "react";
import { withFile } from "../composer/attached-files.ts";
import type { Draft } from "../draft.ts";
import { EDITING_MODEL } from "../editing-model.ts";
import { useSessions } from "../first/first-content.ts";
import { placeFor } from "../composer/place-for.ts";
import { addressOf, showLarge } from "../large/address.ts";
import { useRequestOf } from "../memory/remembered-requests.ts";
import { useShowable } from "../showable.ts";
import { notify } from "../ui/notify.ts";
import { WORDS } from "../words.ts";
import { saveFile } from "./save-file.ts";
import { madeFrom } from "./request-of-tile.ts";
import type { TileActions } from "./tile-actions.ts";
import { useRetry } from "./use-retry.ts";

/** Changes the draft, and leads the user to it. */
export type ChangeDraft = (next: (draft: Draft) => Draft) => void;

/** The same object until something of it changes. */
export function useTileActions(change: ChangeDraft): TileActions {
  const drafting = useDrafting(change);
  const { currentId, removeVideo } = useSessions();
  const retry = useRetry(currentId, drafting.reuse);
  const showable = useShowable();
  return useMemo(() => {
    const remove = async ({ rowId }: VideoTile): Promise<void> => {
      if (rowId === undefined || removeVideo === undefined) return;
      const isRemoved = await removeVideo(rowId);
      notify(isRemoved ? WORDS.toast.deleted : WORDS.toast.notDeleted);
    };
    return {
      ...drafting,
      retry,
      open: ({ rowId }) => rowId !== undefined && showLarge(rowId, currentId),
      download: ({ videos: [url = ""], prompt }) => void saveFile(showable(url), prompt),
      copyLink: ({ rowId = "" }) => void copy(addressOf(rowId, currentId)),
      remove: removeVideo && ((tile) => void remove(tile)),
    };
  }, [drafting, retry, showable, currentId, removeVideo]);
}

/** What puts a tile into the draft. */
function useDrafting(change: ChangeDraft): Pick<TileActions, "reuse" | "edit" | "startFrom"> {
  const { settings, models } = useVideoEngine();
  const requestOf = useRequestOf();
  return useMemo(() => {
    const { select, update } = settings;
    return {
      reuse(tile) {
        const made = madeFrom(tile, requestOf(tile), models.getSnapshot());
        if (made.model !== undefined) select(made.model);
        update(made.settings);
        change((before) => ({ prompt: made.prompt, files: made.files ?? before.files }));
      },
      edit({ videos: [url] }) {
        if (EDITING_MODEL !== undefined) select(EDITING_MODEL);
        change(({ files, ...before }) => ({ ...before, files: withFile(files, "klingO1Video", url) }));
      },
      startFrom({ previewImage }) {
        if (previewImage === undefined) return;
        change(({ files, ...before }) => {
          const { model } = settings.getSnapshot();
          const place = startIn(models.getSnapshot(), {
            first: [model, transitionOf(model)],
            files,
            picture: previewImage,
          });
          if (place === undefined) return { files, ...before };
          if (place.model !== model) select(place.model);
          return { ...before, files: place.files };
        });
      },
    };
  }, [settings, models, change, requestOf]);
}

/** The first of these models, and else of all, that begins with a picture, and the files with it. */
function startIn(
  models: SoldModels,
  {
    first,
    files,
    picture,
  }: {
    readonly first: readonly (VideoModelId | undefined)[];
    readonly files: AttachedFiles;
    readonly picture: string;
  },
): { readonly model: VideoModelId; readonly files: AttachedFiles } | undefined {
  for (const model of [...first, ...models.sortedVideoModels().map(({ id }) => id)]) {
    const placed = model && placeFor("image", { models, model, files, source: picture, isStart: true });
    if (model !== undefined && placed !== undefined) return { model, files: placed };
  }
  return undefined;
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(WORDS.toast.linkCopied);
  } catch {
    notify(WORDS.toast.linkNotCopied);
  }
}
