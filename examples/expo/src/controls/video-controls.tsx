// The controls of the chosen model: exactly those that the registry offers for it with what is attached.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { WORDS } from "../words.ts";
import { OptionRow } from "./option-row.tsx";
import { ToggleRow } from "./toggle-row.tsx";
import { TransitionRow } from "./transition-row.tsx";

const LABELS = WORDS.composer.settings;

/** What the controls show. */
export interface VideoControlsProps {
  readonly choices: VideoChoices;
  readonly files: AttachedFiles;
}

/** The ways to make the video. What the model does not have is not shown. */
export function VideoControls(props: VideoControlsProps): ReactElement {
  return (
    <View style={styles.controls}>
      <TransitionRow />
      <Lists {...props} />
      <Switches {...props} />
    </View>
  );
}

function Lists({ choices, files }: VideoControlsProps): ReactElement {
  const { model, chosen, update } = useVideoSettings();
  const { fitSettings } = useVideoModels();
  const { aspectRatio, duration, resolution } = fitSettings(model, chosen, files);
  return (
    <>
      <OptionRow
        label={LABELS.shape}
        options={choices.aspectRatios}
        chosen={aspectRatio}
        textOf={(shape) => (shape === "auto" ? LABELS.autoShape : shape)}
        onChoose={(next) => update({ aspectRatio: next })}
      />
      <OptionRow
        label={LABELS.length}
        options={choices.durations}
        chosen={duration}
        textOf={(seconds) => (seconds === "auto" ? LABELS.autoLength : WORDS.tile.seconds(seconds))}
        onChoose={(next) => update({ duration: next })}
      />
      <OptionRow
        label={LABELS.quality}
        options={choices.resolutions}
        chosen={resolution}
        onChoose={(next) => update({ resolution: next })}
      />
    </>
  );
}

function Switches({ choices, files }: VideoControlsProps): ReactElement {
  const { model, chosen, update } = useVideoSettings();
  const { fitSettings } = useVideoModels();
  const { generateAudio, fastMode, cameraFixed, removeWatermark } = fitSettings(model, chosen, files);
  const { audio, ...has } = choices;
  return (
    <>
      {audio !== "hidden" && (
        <ToggleRow
          label={LABELS.sound}
          isOn={generateAudio}
          isFixed={audio === "always"}
          onChange={(isOn) => update({ generateAudio: isOn })}
        />
      )}
      {has.fastMode && (
        <ToggleRow label={LABELS.fastMode} isOn={fastMode} onChange={(isOn) => update({ fastMode: isOn })} />
      )}
      {has.cameraFixed && (
        <ToggleRow label={LABELS.cameraFixed} isOn={cameraFixed} onChange={(isOn) => update({ cameraFixed: isOn })} />
      )}
      {has.removeWatermark && (
        <ToggleRow
          label={LABELS.removeWatermark}
          isOn={removeWatermark}
          onChange={(isOn) => update({ removeWatermark: isOn })}
        />
      )}
    </>
  );
}

const styles = StyleSheet.create({ controls: { gap: 12 } });
