// The settings in one line, and the sheet to change them in.
import { useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { Chip } from "../ui/chip.tsx";
import { Icon } from "../ui/icon.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { WORDS } from "../words.ts";
import { VideoControls, type VideoControlsProps } from "./video-controls.tsx";

/** Shape, length, quality and sound, as they are. */
export function SettingsChip({ choices, files }: VideoControlsProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const { model, chosen } = useVideoSettings();
  const { aspectRatio, duration, resolution, generateAudio } = useVideoModels().fitSettings(model, chosen, files);
  const { settings } = WORDS.composer;
  const said = [
    ...(choices.aspectRatios.length === 0 ? [] : [aspectRatio === "auto" ? settings.autoShape : aspectRatio]),
    ...(choices.durations.length === 0
      ? []
      : [typeof duration === "number" ? WORDS.tile.seconds(duration) : settings.autoLength]),
    ...(choices.resolutions.length === 0 ? [] : [resolution]),
    ...(choices.audio === "hidden" ? [] : [generateAudio ? settings.sound : WORDS.composer.noSound]),
  ].join(" · ");
  return (
    <>
      <Chip
        title={said === "" ? WORDS.screen.settings : said}
        label={WORDS.screen.openSettings(said)}
        before={<Icon name="settings" />}
        onPress={() => setIsOpen(true)}
      />
      <Sheet title={WORDS.screen.settings} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <VideoControls choices={choices} files={files} />
      </Sheet>
    </>
  );
}
