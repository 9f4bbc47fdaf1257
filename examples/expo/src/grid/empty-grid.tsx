// An empty session: what the page is for, and ideas to begin with.
import type { ReactElement } from "react";
import { ScrollView, StyleSheet, View } from "react-native";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";

/** Ideas for a first prompt. */
export function EmptyGrid({ onIdea }: { onIdea(prompt: string): void }): ReactElement {
  const { emptyTitle, emptyHelp, ideas } = WORDS.grid;
  return (
    <ScrollView contentContainerStyle={styles.page}>
      <Words size="large" style={styles.middle}>
        {emptyTitle}
      </Words>
      <Words tone="muted" style={styles.middle}>
        {emptyHelp}
      </Words>
      <View style={styles.ideas}>
        {ideas.map((idea) => (
          <Button key={idea} title={idea} onPress={() => onIdea(idea)} />
        ))}
      </View>
    </ScrollView>
  );
}

const styles = StyleSheet.create({
  page: { flexGrow: 1, justifyContent: "center", paddingVertical: 24, paddingHorizontal: 12, gap: 8 },
  middle: { textAlign: "center" },
  ideas: { paddingTop: 16, gap: 8, alignItems: "center" },
});
