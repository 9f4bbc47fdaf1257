// The title of the session that is shown, to be changed where it stands.
import { useVideoSessions } from "@video-engine/video-sdk/react";
import { useState, type ReactElement } from "react";
import { StyleSheet, TextInput } from "react-native";
import { FONTS } from "../theme/fonts.ts";
import { usePalette } from "../theme/use-palette.ts";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";

/** A heading; a field that looks like one where the backend can rename. */
export function EditableTitle(): ReactElement {
  const { sessions, currentId, rename } = useVideoSessions();
  const shown = sessions.find(({ id }) => id === currentId);
  if (shown === undefined || rename === undefined)
    return (
      <Words size="title" accessibilityRole="header" numberOfLines={1} style={styles.heading}>
        {shown?.title ?? WORDS.page.name}
      </Words>
    );
  return (
    <TitleField
      key={`${shown.id} ${shown.title}`}
      title={shown.title}
      onChange={(title) => void rename(shown.id, title)}
    />
  );
}

interface TitleFieldProps {
  readonly title: string;
  onChange(title: string): void;
}

/** A long title ends in dots, as it does on a device. */
const IN_A_BROWSER: object = { textOverflow: "ellipsis" };

/** What was typed counts when the field is left. */
function TitleField({ title, onChange }: TitleFieldProps): ReactElement {
  const { text } = usePalette();
  const [typed, setTyped] = useState(title);
  const keep = (): void => {
    const next = typed.trim();
    if (next === "" || next === title) setTyped(title);
    else onChange(next);
  };
  return (
    <TextInput
      accessibilityLabel={WORDS.sessions.title}
      value={typed}
      maxLength={200}
      selectTextOnFocus
      returnKeyType="done"
      onChangeText={setTyped}
      onBlur={keep}
      onSubmitEditing={keep}
      style={[styles.heading, styles.field, IN_A_BROWSER, { color: text }]}
    />
  );
}

const styles = StyleSheet.create({
  heading: { flex: 1, minWidth: 0 },
  field: { minHeight: 44, fontSize: 18, fontFamily: FONTS.strong, letterSpacing: -0.2 },
});
