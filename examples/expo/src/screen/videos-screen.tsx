// The videos page: the grid above, the form below. Everything it shows comes from the engine's hooks.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { useDraft } from "../draft/use-draft.ts";
import { VideoGrid } from "../grid/video-grid.tsx";
import { PromptBar } from "../prompt/prompt-bar.tsx";
import { SessionList } from "../sessions/session-list.tsx";
import { AboveKeyboard } from "../ui/above-keyboard.tsx";
import { SafePage } from "../ui/safe-page.tsx";
import { Words } from "../ui/words.tsx";
import { useResume } from "./use-resume.ts";

/** What the page shows that does not come from the engine. */
export interface VideosScreenProps {
  /** Credits to spend; undefined while they are not known. */
  readonly availableCredits: number | undefined;
}

/** The page. It needs a `VideoEngineProvider` around it. */
export function VideosScreen({ availableCredits }: VideosScreenProps): ReactElement {
  const draft = useDraft();
  const resumeError = useResume();
  return (
    <SafePage>
      <AboveKeyboard>
        <View style={styles.heading}>
          <Words size="title" accessibilityRole="header">
            Videos
          </Words>
          <View style={styles.session}>
            <SessionList />
          </View>
        </View>
        {resumeError !== undefined && (
          <Words tone="danger" accessibilityRole="alert" style={styles.notice}>
            {resumeError}
          </Words>
        )}
        <View style={styles.page}>
          <VideoGrid actions={draft.actions} />
        </View>
        <PromptBar draft={draft} available={availableCredits} />
      </AboveKeyboard>
    </SafePage>
  );
}

const styles = StyleSheet.create({
  page: { flex: 1 },
  // A long title wraps rather than leaving the screen.
  session: { flexShrink: 1 },
  notice: { paddingHorizontal: 12, paddingTop: 8 },
  heading: {
    flexDirection: "row",
    alignItems: "center",
    justifyContent: "space-between",
    gap: 8,
    paddingHorizontal: 12,
    paddingTop: 8,
  },
});
