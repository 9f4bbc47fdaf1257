// The names that an `@` offers, with their pictures. The focus stays in the prompt.
import { optionId, type Mention } from "@video-engine/example-web-grid/mentions-in";
import { useShowable } from "@video-engine/example-web-grid/showable";
import type { Mentions } from "@video-engine/example-web-grid/use-mentions";
import { Image } from "expo-image";
import type { ReactElement } from "react";
import { Pressable, ScrollView, StyleSheet } from "react-native";
import { pictureOf, type Picked } from "../draft/picked.ts";
import { usePalette } from "../theme/use-palette.ts";
import { Icon } from "../ui/icon.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";

// A browser's role, which the types of React Native lack.
const LISTBOX = "listbox" as "list";

/** What is offered. */
export interface MentionStripProps extends Pick<Mentions, "listId" | "fitting" | "active" | "choose"> {
  readonly picked: readonly Picked[];
}

/** A row over the prompt, as a phone's keyboard offers words. Nothing where no name fits. */
export function MentionStrip({ listId, fitting, active, picked, choose }: MentionStripProps): ReactElement | null {
  if (fitting.length === 0) return null;
  return (
    <ScrollView
      id={listId}
      role={LISTBOX}
      aria-label={WORDS.composer.mentions}
      horizontal
      showsHorizontalScrollIndicator={false}
      keyboardShouldPersistTaps="always"
      style={styles.strip}
      contentContainerStyle={styles.names}
    >
      {fitting.map((mention, index) => (
        <MentionChip
          key={mention.name}
          id={optionId(listId, mention)}
          mention={mention}
          picture={pictureOf(picked, mention.source)}
          isActive={index === active}
          onChoose={() => choose(mention)}
        />
      ))}
    </ScrollView>
  );
}

interface MentionChipProps {
  readonly id: string;
  readonly mention: Mention;
  readonly picture: string | undefined;
  readonly isActive: boolean;
  onChoose(): void;
}

function MentionChip({ id, mention, picture, isActive, onChoose }: MentionChipProps): ReactElement {
  const { hover, line } = usePalette();
  const showable = useShowable();
  const name = `@${mention.name}`;
  return (
    <Pressable
      id={id}
      role="option"
      aria-selected={isActive}
      accessibilityLabel={name}
      tabIndex={-1}
      onPress={onChoose}
      style={[styles.name, { borderColor: line }, isActive && { backgroundColor: hover }]}
    >
      {mention.kind === "image" && picture !== undefined ? (
        <Image accessibilityLabel="" source={showable(picture)} contentFit="cover" style={styles.picture} />
      ) : (
        <Icon name="film" tone="muted" />
      )}
      <Words size="strong">{name}</Words>
    </Pressable>
  );
}

const styles = StyleSheet.create({
  strip: { flexGrow: 0, flexShrink: 0 },
  names: { gap: 8, paddingVertical: 4 },
  name: {
    minHeight: 44,
    flexDirection: "row",
    alignItems: "center",
    gap: 8,
    paddingLeft: 6,
    paddingRight: 12,
    borderRadius: 12,
    borderWidth: 1,
  },
  picture: { width: 32, height: 32, borderRadius: 8 },
});
