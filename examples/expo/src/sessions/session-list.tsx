// The button that names the session, and the sheet to change to another or begin a new one.
import type { VideoSession } from "@video-engine/video-sdk";
import { useVideoSessions } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { FlatList, Pressable, StyleSheet } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Words } from "../ui/words.tsx";

/** The sessions. */
export function SessionList(): ReactElement {
  const { sessions, currentId, isLoading, error, select, create } = useVideoSessions();
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  const current = sessions.find(({ id }) => id === currentId)?.title ?? "Sessions";
  return (
    <>
      <Button title={current} label={`Session: ${current}`} onPress={() => setIsOpen(true)} />
      <Sheet title="Sessions" isOpen={isOpen} onClose={close}>
        <Button title="+ New session" label="New session" onPress={() => void create().then(close)} />
        {error !== undefined && (
          <Words tone="danger" accessibilityRole="alert">
            {error.message}
          </Words>
        )}
        <FlatList
          accessibilityRole="radiogroup"
          data={sessions}
          keyExtractor={({ id }) => id}
          contentContainerStyle={styles.list}
          ListEmptyComponent={<Words tone="muted">{isLoading ? "Loading" : "There are no sessions yet."}</Words>}
          renderItem={({ item }) => (
            <SessionRow
              session={item}
              isShown={item.id === currentId}
              onChoose={() => {
                select(item.id);
                close();
              }}
            />
          )}
        />
      </Sheet>
    </>
  );
}

interface SessionRowProps {
  readonly session: VideoSession;
  readonly isShown: boolean;
  onChoose(): void;
}

function SessionRow({ session, isShown, onChoose }: SessionRowProps): ReactElement {
  const { surface, line, text } = usePalette();
  return (
    <Pressable
      accessibilityRole="radio"
      accessibilityState={{ checked: isShown }}
      accessibilityLabel={session.title}
      onPress={onChoose}
      style={[styles.row, { backgroundColor: surface, borderColor: isShown ? text : line }]}
    >
      <Words numberOfLines={1}>{session.title}</Words>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  list: { gap: 8 },
  row: { minHeight: 44, paddingHorizontal: 14, justifyContent: "center", borderRadius: 12, borderWidth: 1 },
});
