// The form at the foot of the page: files, prompt, model, settings, cost, and the button that starts.
import { missingFrom } from "@video-engine/example-web-grid/draft";
import { useHasFailed } from "@video-engine/example-web-grid/use-has-failed";
import type { AttachedFiles, VideoQuote } from "@video-engine/video-sdk";
import {
  useVideoChoices,
  useVideoEngine,
  useVideoGeneration,
  useVideoModels,
  useVideoSessions,
  useVideoSettings,
} from "@video-engine/video-sdk/react";
import { useMemo, type ReactElement } from "react";
import { ScrollView, StyleSheet, useWindowDimensions, View } from "react-native";
import { useSafeAreaInsets } from "react-native-safe-area-context";
import { AttachmentPlaces, isOnePlace } from "../attachments/attachment-places.tsx";
import { SettingsChip } from "../controls/settings-chip.tsx";
import type { VideoControlsProps } from "../controls/video-controls.tsx";
import type { Draft } from "../draft/use-draft.ts";
import { ModelPicker } from "../models/model-picker.tsx";
import { usePalette } from "../theme/use-palette.ts";
import { GenerateRow } from "./generate-row.tsx";
import { PromptField } from "./prompt-field.tsx";
import { useAffordable } from "@video-engine/example-web-grid/use-affordable";

/** What the form needs. */
export interface PromptBarProps {
  readonly draft: Draft;
  /** Credits to spend; undefined while they are not known. */
  readonly available: number | undefined;
}

/** From this width on the prompt stands beside the place of a single file. Points, at the usual size of text. */
const ROOM_FOR_BOTH = 360;

/** The form. Files stay after a start; the prompt can be taken back from its tile. */
export function PromptBar({ draft, available }: PromptBarProps): ReactElement {
  const { surface, line } = usePalette();
  const { bottom } = useSafeAreaInsets();
  const { prompt, pickedFiles } = draft;
  const { files } = pickedFiles;
  const choices = useVideoChoices(files);
  const { promptLimit } = useVideoModels().getVideoModel(useVideoSettings().model);
  const hasPrompt = promptLimit.max > 0;
  const quote = useQuote(files);
  const { isShort, offer } = useAffordable(quote, files, available);
  const hasFailedFile = useHasFailed(files);
  const missing = missingFrom({ prompt, files }, choices, promptLimit);
  // A failed file says why, for which it needs its room.
  const { width, fontScale } = useWindowDimensions();
  const isBeside = width >= ROOM_FOR_BOTH * fontScale && isOnePlace(choices.attachments) && !hasFailedFile;
  const start = useStart(draft, hasPrompt);
  const send = (): void => {
    if (missing === undefined && !isShort && !hasFailedFile) start();
  };
  return (
    <View style={[styles.bar, { backgroundColor: surface, borderColor: line, paddingBottom: bottom + 12 }]}>
      <View style={isBeside && styles.beside}>
        <AttachmentPlaces takes={choices.attachments} pickedFiles={pickedFiles} />
        {hasPrompt && (
          <View style={isBeside && styles.rest}>
            <PromptField draft={draft} max={promptLimit.max} onSend={send} />
          </View>
        )}
      </View>
      <View style={styles.foot}>
        <Chips choices={choices} files={files} />
        <GenerateRow
          quote={quote}
          shortOf={isShort ? available : undefined}
          offer={offer}
          hasFailedFile={hasFailedFile}
          missing={missing}
          onSend={send}
        />
      </View>
    </View>
  );
}

/** The model and its settings, in a row that scrolls. */
function Chips(props: VideoControlsProps): ReactElement {
  return (
    <ScrollView
      horizontal
      showsHorizontalScrollIndicator={false}
      keyboardShouldPersistTaps="handled"
      style={styles.chips}
      contentContainerStyle={styles.row}
    >
      <ModelPicker files={props.files} />
      <SettingsChip {...props} />
    </ScrollView>
  );
}

/** Sends the draft into the session that is shown. */
function useStart({ prompt, setPrompt, pickedFiles }: Draft, hasPrompt: boolean): () => void {
  const { generate } = useVideoGeneration();
  const { currentId } = useVideoSessions();
  return () => {
    // Named here, because the engine may not have read the sessions yet.
    const session = currentId === undefined ? {} : { sessionId: currentId };
    void generate({ prompt: hasPrompt ? prompt : "", ...pickedFiles.files }, session);
    if (hasPrompt) setPrompt("");
  };
}

/** The price with the chosen settings and these files. */
function useQuote(files: AttachedFiles): VideoQuote {
  const { quote } = useVideoEngine();
  const { fitSettings } = useVideoModels();
  const { model, chosen } = useVideoSettings();
  return useMemo(
    () => quote({ model, prompt: "", ...fitSettings(model, chosen, files), ...files }),
    [quote, fitSettings, model, chosen, files],
  );
}

const styles = StyleSheet.create({
  bar: {
    width: "100%",
    maxWidth: 860,
    alignSelf: "center",
    paddingHorizontal: 12,
    paddingTop: 10,
    gap: 8,
    borderWidth: 1,
    borderBottomWidth: 0,
    borderTopLeftRadius: 20,
    borderTopRightRadius: 20,
    boxShadow: "0 -8px 30px rgba(0, 0, 0, 0.08)",
  },
  beside: { flexDirection: "row", gap: 8 },
  rest: { flex: 1 },
  // Side by side where there is room, below each other on a phone.
  foot: { flexDirection: "row", flexWrap: "wrap", alignItems: "flex-end", gap: 8 },
  chips: { flexGrow: 1, flexShrink: 1, flexBasis: 300 },
  row: { gap: 8 },
});
