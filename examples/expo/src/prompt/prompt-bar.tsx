// The form at the foot of the page: model, settings, files, prompt, cost, and the button that starts.
import { useVideoChoices, useVideoGeneration, useVideoModels, useVideoSettings } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { ScrollView, StyleSheet, View } from "react-native";
import { AttachmentPlaces } from "../attachments/attachment-places.tsx";
import { VideoControls } from "../controls/video-controls.tsx";
import { missingFrom } from "../draft/missing-from.ts";
import type { Draft } from "../draft/use-draft.ts";
import { ModelPicker } from "../models/model-picker.tsx";
import { usePalette } from "../theme/use-palette.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Words } from "../ui/words.tsx";
import { GenerateRow } from "./generate-row.tsx";

/** What the form needs. */
export interface PromptBarProps {
  readonly draft: Draft;
  /** Credits to spend; undefined while they are not known. */
  readonly available: number | undefined;
}

/** The form. Files stay after a start; the prompt can be taken back from its tile. */
export function PromptBar({ draft, available }: PromptBarProps): ReactElement {
  const { surface, line } = usePalette();
  const { generate, error } = useVideoGeneration();
  const { prompt, setPrompt, pickedFiles } = draft;
  const { files } = pickedFiles;
  const choices = useVideoChoices(files);
  const { promptLimit } = useVideoModels().getVideoModel(useVideoSettings().model);
  const hasPrompt = promptLimit.max > 0;
  const [isOpen, setIsOpen] = useState(false);
  const send = (): void => {
    void generate({ prompt: hasPrompt ? prompt : "", ...files });
    if (hasPrompt) setPrompt("");
  };
  return (
    <View style={[styles.bar, { backgroundColor: surface, borderColor: line }]}>
      <View style={styles.row}>
        <ModelPicker />
        <Button title={isOpen ? "Hide settings" : "Settings"} onPress={() => setIsOpen(!isOpen)} />
      </View>
      <ScrollView style={styles.options} contentContainerStyle={styles.column} keyboardShouldPersistTaps="handled">
        {isOpen && <VideoControls choices={choices} files={files} />}
        <AttachmentPlaces takes={choices.attachments} pickedFiles={pickedFiles} />
      </ScrollView>
      {error !== undefined && (
        <Words tone="danger" accessibilityRole="alert" accessibilityLiveRegion="assertive">
          {error}
        </Words>
      )}
      {hasPrompt && (
        <Field label="Prompt" hint="Describe the video you have in mind" isLong value={prompt} onChange={setPrompt} />
      )}
      <GenerateRow
        files={files}
        available={available}
        onSend={send}
        missing={missingFrom({ prompt, files }, choices.attachments, promptLimit)}
      />
    </View>
  );
}

const styles = StyleSheet.create({
  bar: {
    width: "100%",
    maxWidth: 760,
    alignSelf: "center",
    padding: 12,
    gap: 10,
    borderWidth: 1,
    borderBottomWidth: 0,
    borderTopLeftRadius: 20,
    borderTopRightRadius: 20,
  },
  row: { flexDirection: "row", alignItems: "center", justifyContent: "space-between", gap: 8, flexWrap: "wrap" },
  options: { maxHeight: 260, flexGrow: 0 },
  column: { gap: 12 },
});
