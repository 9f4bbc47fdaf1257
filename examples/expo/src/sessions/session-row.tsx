// One session of the list. To delete it takes two presses, because its videos go with it.
import type { VideoSession } from "@video-engine/video-sdk";
import { useState, type ReactElement } from "react";
import { Pressable, StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";

/** What a row shows. */
export interface SessionRowProps {
  readonly session: VideoSession;
  readonly isShown: boolean;
  onChoose(): void;
  /** Undefined where the backend cannot. */
  readonly onRemove: (() => void) | undefined;
}

/** A session. */
export function SessionRow({ session, isShown, onChoose, onRemove }: SessionRowProps): ReactElement {
  const { hover } = usePalette();
  const [isAsked, setAsked] = useState(false);
  const { title } = session;
  return (
    <View style={[styles.session, isShown && { backgroundColor: hover }]}>
      <View style={styles.row}>
        <Pressable
          accessibilityRole="radio"
          aria-checked={isShown}
          accessibilityLabel={title}
          onPress={onChoose}
          style={styles.title}
        >
          <Words numberOfLines={1}>{title}</Words>
        </Pressable>
        {onRemove !== undefined && (
          <IconButton name="delete" label={WORDS.screen.removeSession(title)} onPress={() => setAsked(!isAsked)} />
        )}
      </View>
      {isAsked && onRemove !== undefined && (
        <View style={styles.question} accessibilityRole="alert">
          <Words size="label">{WORDS.sessions.removeQuestion}</Words>
          <Words size="small" tone="muted">
            {WORDS.sessions.removeHelp}
          </Words>
          <View style={styles.ways}>
            <Button title={WORDS.sessions.keep} onPress={() => setAsked(false)} />
            <Button title={WORDS.sessions.remove} look="danger" onPress={onRemove} />
          </View>
        </View>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  session: { borderRadius: 12 },
  row: { flexDirection: "row", alignItems: "center" },
  title: { flex: 1, minHeight: 44, paddingHorizontal: 12, justifyContent: "center" },
  question: { paddingHorizontal: 12, paddingBottom: 12, gap: 4 },
  ways: { flexDirection: "row", flexWrap: "wrap", gap: 8, paddingTop: 8 },
});
