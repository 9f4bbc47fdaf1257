// What the user is putting together: a prompt and files. The grid can fill it too.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useMemo, useState } from "react";
import { EDITING_MODEL } from "../editing-model.ts";
import { usePickedFiles, type PickedFiles } from "./use-picked-files.ts";

/** The ways from a tile back to the draft. The same object as long as the screen lives. */
export interface TileActions {
  /** Takes its prompt, and its model where there still is one of that name. */
  reuse(tile: VideoTile): void;
  /** Takes a prompt alone. */
  begin(prompt: string): void;
  /** Takes its video as the clip that Kling O1 edits. */
  edit(tile: VideoTile): void;
}

/** The draft. */
export interface Draft {
  readonly prompt: string;
  setPrompt(prompt: string): void;
  readonly pickedFiles: PickedFiles;
  readonly actions: TileActions;
}

/** Empty at first. */
export function useDraft(): Draft {
  const { select } = useVideoSettings();
  const { isVideoModelId } = useVideoModels();
  const [prompt, setPrompt] = useState("");
  const pickedFiles = usePickedFiles();
  const { pickClip } = pickedFiles;
  const actions = useMemo(
    (): TileActions => ({
      reuse({ prompt: used, model }) {
        if (isVideoModelId(model)) select(model);
        setPrompt(used);
      },
      begin: setPrompt,
      edit({ videos: [url] }) {
        if (url === undefined) return;
        if (EDITING_MODEL !== undefined) select(EDITING_MODEL);
        pickClip(url);
      },
    }),
    [select, isVideoModelId, pickClip],
  );
  return { prompt, setPrompt, pickedFiles, actions };
}
