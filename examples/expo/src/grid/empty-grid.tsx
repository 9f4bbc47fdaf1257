// An empty session: what the page is for, and ideas to begin with.
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";

const IDEAS = [
  "A corgi surfing a small wave at golden hour",
  "A paper boat sailing through a rainy street",
  "Drone shot over a misty pine forest at sunrise",
];

/** Ideas for a first prompt. */
export function EmptyGrid({ onIdea }: { onIdea(prompt: string): void }): ReactElement {
  return (
    <View style={styles.page}>
      <Words size="large" style={styles.middle}>
        What will you film today?
      </Words>
      <Words tone="muted" style={styles.middle}>
        Nothing here yet. Describe a video below.
      </Words>
      <View style={styles.ideas}>
        {IDEAS.map((idea) => (
          <Button key={idea} title={idea} onPress={() => onIdea(idea)} />
        ))}
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  page: { paddingVertical: 48, paddingHorizontal: 12, gap: 8, alignItems: "center" },
  middle: { textAlign: "center" },
  ideas: { paddingTop: 16, gap: 8, alignItems: "center" },
});
