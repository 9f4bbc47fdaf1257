// The videos page: the grid above, the form below. Everything it shows comes from the engine's hooks.
import type { VideoTile } from "@video-engine/video-sdk";
import { useVideoTiles } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { DropZone } from "../attachments/drop-zone.tsx";
import { useDraft, type Draft } from "../draft/use-draft.ts";
import { TileMenu } from "../grid/tile-menu.tsx";
import { useAnnouncements } from "../grid/use-announcements.ts";
import { useTileActions } from "../grid/use-tile-actions.ts";
import { VideoGrid } from "../grid/video-grid.tsx";
import { LargeView } from "../large/large-view.tsx";
import { useRemembering } from "@video-engine/example-web-grid/remembered-requests";
import { PromptBar } from "../prompt/prompt-bar.tsx";
import { EditableTitle } from "../sessions/editable-title.tsx";
import { SessionList } from "../sessions/session-list.tsx";
import { AboveKeyboard } from "../ui/above-keyboard.tsx";
import { SafePage } from "../ui/safe-page.tsx";
import { Words } from "../ui/words.tsx";
import { CreditsBadge, type Credits } from "./credits-badge.tsx";
import { Notice, useNotice, type NoticeText } from "./notice.tsx";
import { useResume } from "./use-resume.ts";

/** What the page shows that does not come from the engine. */
export interface VideosScreenProps {
  /** Undefined while they are not known. */
  readonly credits: Credits | undefined;
}

/** The page. It needs a `VideoEngineProvider` around it. */
export function VideosScreen({ credits }: VideosScreenProps): ReactElement {
  const draft = useDraft();
  const resumeError = useResume();
  const [notice, notify] = useNotice();
  useRemembering();
  return (
    <SafePage>
      <DropZone pickedFiles={draft.pickedFiles} notify={notify} />
      <AboveKeyboard>
        <View style={styles.header}>
          <SessionList />
          <EditableTitle />
          <CreditsBadge credits={credits} />
        </View>
        {resumeError !== undefined && (
          <Words tone="danger" accessibilityRole="alert" style={styles.error}>
            {resumeError}
          </Words>
        )}
        <Stage draft={draft} notice={notice} notify={notify} />
        <PromptBar draft={draft} available={credits?.available} />
      </AboveKeyboard>
    </SafePage>
  );
}

interface StageProps {
  readonly draft: Draft;
  readonly notice: NoticeText | undefined;
  notify(text: string): void;
}

/** The grid, and what stands over the page. */
function Stage({ draft, notice, notify }: StageProps): ReactElement {
  const tiles = useVideoTiles();
  useAnnouncements(tiles);
  const [large, setLarge] = useState<VideoTile | undefined>(undefined);
  const [asked, setAsked] = useState<VideoTile | undefined>(undefined);
  const actions = useTileActions({ draft, notify, open: setLarge, showMore: setAsked });
  return (
    <View style={styles.stage}>
      <VideoGrid tiles={tiles} actions={actions} onIdea={draft.setPrompt} />
      <Notice notice={notice} />
      <TileMenu tile={asked} actions={actions} onClose={() => setAsked(undefined)} />
      <LargeView tile={large} tiles={tiles} actions={actions} onClose={() => setLarge(undefined)} />
    </View>
  );
}

const styles = StyleSheet.create({
  stage: { flex: 1 },
  error: { paddingHorizontal: 12, paddingTop: 8 },
  header: { flexDirection: "row", alignItems: "center", gap: 4, paddingLeft: 4, paddingRight: 12, paddingVertical: 4 },
});
