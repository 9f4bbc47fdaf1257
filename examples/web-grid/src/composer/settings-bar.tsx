// The controls that the model offers now, with the values it offers.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { SelectChip } from "../ui/select-chip.tsx";
import { SwitchChip } from "../ui/switch-chip.tsx";
import { WORDS } from "../words.ts";

interface Props {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
}

const EXTRAS = ["fastMode", "cameraFixed", "removeWatermark"] as const;
const LABELS = WORDS.composer.settings;

/** Shape, length, quality, sound and extras. What the model does not have is not shown. */
export function SettingsBar({ choices, files }: Props): ReactNode {
  const { model, chosen, update } = useVideoSettings();
  const { fitSettings } = useVideoModels();
  const settings = fitSettings(model, chosen, files);
  return (
    <>
      <SelectChip
        label={LABELS.shape}
        values={choices.aspectRatios}
        value={settings.aspectRatio}
        textOf={(shape) => (shape === "auto" ? LABELS.autoShape : shape)}
        onChange={(aspectRatio) => update({ aspectRatio })}
      />
      <SelectChip
        label={LABELS.length}
        values={choices.durations}
        value={settings.duration}
        textOf={(seconds) => (seconds === "auto" ? LABELS.autoLength : WORDS.tile.seconds(seconds))}
        onChange={(duration) => update({ duration })}
      />
      <SelectChip
        label={LABELS.quality}
        values={choices.resolutions}
        value={settings.resolution}
        onChange={(resolution) => update({ resolution })}
      />
      {choices.audio !== "hidden" && (
        <SwitchChip
          label={LABELS.sound}
          isOn={settings.generateAudio}
          isFixed={choices.audio === "always"}
          onChange={(generateAudio) => update({ generateAudio })}
        />
      )}
      {EXTRAS.filter((extra) => choices[extra]).map((extra) => (
        <SwitchChip
          key={extra}
          label={LABELS[extra]}
          isOn={settings[extra]}
          onChange={(isOn) => update({ [extra]: isOn })}
        />
      ))}
    </>
  );
}
