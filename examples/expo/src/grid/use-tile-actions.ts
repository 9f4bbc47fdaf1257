// The ways on from a tile: back into the draft, to the large view, to other apps, or out of the grid.
import { madeFrom } from "@video-engine/example-web-grid/request-of-tile";
import { useRetry } from "@video-engine/example-web-grid/use-retry";
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoEngine, useVideoSessions } from "@video-engine/video-sdk/react";
import { useMemo } from "react";
import { pickedFrom } from "../draft/picked-from.ts";
import { startPlace } from "../draft/start-place.ts";
import type { Draft } from "../draft/use-draft.ts";
import { EDITING_MODEL } from "@video-engine/example-web-grid/editing-model";
import { useRequestOf } from "@video-engine/example-web-grid/remembered-requests";
import { useShowable } from "@video-engine/example-web-grid/showable";
import { WORDS } from "../words.ts";
import { shareVideo } from "./share-video.ts";
import type { TileActions } from "./tile-actions.ts";

/** What they act on. */
export interface TileActionsOptions extends Pick<TileActions, "open" | "showMore"> {
  readonly draft: Draft;
  /** Says what became of it. */
  notify(text: string): void;
}

/** The same object until something of it changes. */
export function useTileActions({ draft, notify, open, showMore }: TileActionsOptions): TileActions {
  const drafting = useDrafting(draft);
  const { currentId, removeVideo } = useVideoSessions();
  const retry = useRetry(currentId, drafting.reuse);
  const showable = useShowable();
  return useMemo(() => {
    const remove = async ({ rowId = "" }: VideoTile): Promise<void> => {
      const isRemoved = await removeVideo?.(rowId);
      notify(isRemoved === true ? WORDS.toast.deleted : WORDS.toast.notDeleted);
    };
    return {
      ...drafting,
      open,
      showMore,
      retry,
      share({ videos: [url = ""], prompt }) {
        shareVideo(showable(url), prompt).catch(() => notify(WORDS.toast.notDownloaded));
      },
      remove: removeVideo && ((tile) => void remove(tile)),
    };
  }, [drafting, retry, showable, removeVideo, notify, open, showMore]);
}

/** What puts a tile into the draft. */
function useDrafting({ setPrompt, pickedFiles }: Draft): Pick<TileActions, "reuse" | "edit" | "startFrom"> {
  const { settings, models } = useVideoEngine();
  const requestOf = useRequestOf();
  const { putIn, replaceAll } = pickedFiles;
  return useMemo(() => {
    const { select, update } = settings;
    return {
      reuse(tile) {
        const request = requestOf(tile);
        const made = madeFrom(tile, request, models.getSnapshot());
        if (made.model !== undefined) select(made.model);
        update(made.settings);
        setPrompt(made.prompt);
        if (request !== undefined) replaceAll(pickedFrom(request));
      },
      edit({ videos: [url] }) {
        if (url === undefined) return;
        if (EDITING_MODEL !== undefined) select(EDITING_MODEL);
        putIn("clip", url);
      },
      startFrom({ previewImage }) {
        const start = startPlace(models.getSnapshot(), settings.getSnapshot().model);
        if (previewImage === undefined || start === undefined) return;
        select(start.model);
        putIn(start.place, previewImage);
      },
    };
  }, [settings, models, setPrompt, putIn, replaceAll, requestOf]);
}
