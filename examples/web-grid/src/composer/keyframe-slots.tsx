// Pictures that the clip shows at given seconds. They take the place of every other picture.
import type { CountedAttachments } from "@video-engine/video-models";
import type { AttachedFiles, AttachedKeyframe } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { FilePicker } from "./file-picker.tsx";
import { FileSlot } from "./file-slot.tsx";
import { keyOf, replaced } from "./list-of-sources.ts";

interface Props {
  readonly limit: CountedAttachments;
  readonly files: AttachedFiles;
  readonly onChange: (files: AttachedFiles) => void;
}

/** The keyframes, each with its second, and a place for one more. */
export function KeyframeSlots({ limit, files, onChange }: Props): ReactNode {
  const seconds = useClipSeconds(files);
  const keyframes = files.keyframes ?? [];
  const set = (next: readonly AttachedKeyframe[]): void =>
    onChange({ ...files, keyframes: next.length > 0 ? next : undefined });
  const change = (index: number, next: AttachedKeyframe | undefined): void => set(replaced(keyframes, index, next));
  return (
    <>
      {keyframes.map((keyframe, index) => (
        <div key={keyOf(keyframe.imageUrl, index)} role="group" aria-label={`Keyframe ${index + 1}`}>
          <FileSlot
            label={`Keyframe ${index + 1}`}
            source={keyframe.imageUrl}
            onChange={(source) => change(index, source === undefined ? undefined : { ...keyframe, imageUrl: source })}
          />
          <label className="chip">
            <span className="visually-hidden">Second of keyframe {index + 1}</span>
            <input
              type="number"
              min={0}
              max={seconds}
              step={0.5}
              value={keyframe.atSeconds}
              onChange={({ target }) => change(index, { ...keyframe, atSeconds: target.valueAsNumber || 0 })}
            />
            s
          </label>
        </div>
      ))}
      {keyframes.length < limit.max && (
        <FilePicker
          label="Add keyframe"
          icon="image"
          kind="image"
          onPick={(imageUrl) => set([...keyframes, { imageUrl, atSeconds: freeSecond(keyframes, seconds) }])}
        />
      )}
    </>
  );
}

/** The length of the clip that is chosen. */
function useClipSeconds(files: AttachedFiles): number {
  const { model, chosen } = useVideoSettings();
  const { fitSettings, getVideoModel } = useVideoModels();
  const { duration } = fitSettings(model, chosen, files);
  return typeof duration === "number" ? duration : getVideoModel(model).nominalSeconds;
}

/** The start, then the end, then the first second that is free. */
function freeSecond(keyframes: readonly AttachedKeyframe[], seconds: number): number {
  const inOrder = [0, seconds, ...Array.from({ length: Math.ceil(seconds) * 2 }, (_, half) => half / 2)];
  return inOrder.find((second) => keyframes.every(({ atSeconds }) => atSeconds !== second)) ?? 0;
}
