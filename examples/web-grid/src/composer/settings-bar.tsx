// The controls that the model offers now, with the values it offers.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactNode } from "react";
import { SelectChip } from "../ui/select-chip.tsx";
import { SwitchChip } from "../ui/switch-chip.tsx";

interface Props {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
}

const EXTRAS = [
  ["fastMode", "Fast"],
  ["cameraFixed", "Fixed camera"],
  ["removeWatermark", "No watermark"],
] as const;

/** Shape, length, quality, sound and extras. What the model does not have is not shown. */
export function SettingsBar({ choices, files }: Props): ReactNode {
  const { model, chosen, update } = useVideoSettings();
  const { fitSettings } = useVideoModels();
  const settings = fitSettings(model, chosen, files);
  return (
    <>
      <SelectChip
        label="Shape"
        values={choices.aspectRatios}
        value={settings.aspectRatio}
        textOf={(shape) => (shape === "auto" ? "Auto shape" : shape)}
        onChange={(aspectRatio) => update({ aspectRatio })}
      />
      <SelectChip
        label="Length"
        values={choices.durations}
        value={settings.duration}
        textOf={(seconds) => (seconds === "auto" ? "Auto length" : `${seconds} s`)}
        onChange={(duration) => update({ duration })}
      />
      <SelectChip
        label="Quality"
        values={choices.resolutions}
        value={settings.resolution}
        onChange={(resolution) => update({ resolution })}
      />
      {choices.audio !== "hidden" && (
        <SwitchChip
          label="Sound"
          isOn={settings.generateAudio}
          isFixed={choices.audio === "always"}
          onChange={(generateAudio) => update({ generateAudio })}
        />
      )}
      {EXTRAS.filter(([extra]) => choices[extra]).map(([extra, label]) => (
        <SwitchChip key={extra} label={label} isOn={settings[extra]} onChange={(isOn) => update({ [extra]: isOn })} />
      ))}
    </>
  );
}
