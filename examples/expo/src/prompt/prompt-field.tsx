// Where the prompt is typed. Grows with it, up to a third of the screen. `@` names an attached file.
import { mentionsIn } from "@video-engine/example-web-grid/mentions-in";
import { useMentions } from "@video-engine/example-web-grid/use-mentions";
import { useRef, type ReactElement } from "react";
import {
  Platform,
  StyleSheet,
  TextInput,
  useWindowDimensions,
  type TextInputKeyPressEvent,
  type TextStyle,
} from "react-native";
import type { Draft } from "../draft/use-draft.ts";
import { FONTS } from "../theme/fonts.ts";
import { usePalette } from "../theme/use-palette.ts";
import { WORDS } from "../words.ts";
import { MentionStrip } from "./mention-strip.tsx";

/** What is typed. */
export interface PromptFieldProps {
  readonly draft: Draft;
  /** Characters. */
  readonly max: number;
  /** At a keyboard, Enter sends, and Shift and Enter make a new line. On a phone Enter makes a new line. */
  onSend(): void;
}

const IS_WEB = Platform.OS === "web";

/** The field. */
export function PromptField({ draft, max, onSend }: PromptFieldProps): ReactElement {
  const { prompt: value, setPrompt: onChange, pickedFiles } = draft;
  const { text, muted } = usePalette();
  const most = useWindowDimensions().height / 3;
  const field = useRef<TextInput>(null);
  const mentions = useMentions({
    mentions: mentionsIn(pickedFiles.files),
    value,
    onChange,
    placeCaret(caret) {
      // A device leaves the caret where it was in the text, and has its own way to lose it.
      if (IS_WEB) placeInBrowser(field.current, caret);
    },
  });
  const onKeyPress = (event: TextInputKeyPressEvent): void => {
    const { key, isComposing } = event.nativeEvent as { readonly key: string; readonly isComposing?: boolean }; // of a browser
    // While an input method composes, Enter takes its suggestion.
    if (IS_WEB && isComposing !== true && mentions.takeKey(key)) event.preventDefault();
  };
  return (
    <>
      <MentionStrip {...mentions} picked={pickedFiles.picked} />
      <TextInput
        ref={field}
        accessibilityLabel={WORDS.composer.prompt}
        placeholder={WORDS.composer.placeholder}
        placeholderTextColor={muted}
        multiline
        maxLength={max}
        value={value}
        onChangeText={onChange}
        onSelectionChange={({ nativeEvent }) => mentions.moveTo(nativeEvent.selection.start)}
        onKeyPress={onKeyPress}
        submitBehavior={IS_WEB ? "submit" : "newline"}
        onSubmitEditing={onSend}
        {...(IS_WEB && mentions.activeId !== undefined && listed(mentions.listId, mentions.activeId))}
        style={[styles.field, IS_WEB && growing, { color: text, maxHeight: most }]}
      />
    </>
  );
}

/** What a browser's screen reader is told of the names: the field keeps the focus. */
function listed(listId: string, activeId: string): object {
  return { "aria-autocomplete": "list", "aria-controls": listId, "aria-activedescendant": activeId };
}

/** react-native-web's field is the text area itself. */
function placeInBrowser(field: object | null, caret: number): void {
  const area = field as { focus(): void; setSelectionRange(start: number, end: number): void } | null;
  area?.focus();
  area?.setSelectionRange(caret, caret);
}

/** A browser's text area does not grow by itself. */
const growing = { fieldSizing: "content", outlineStyle: "none" } as unknown as TextStyle; // React Native's types know no field-sizing

const styles = StyleSheet.create({
  field: {
    minHeight: 56,
    paddingHorizontal: 4,
    paddingVertical: 8,
    fontSize: 16,
    lineHeight: 22,
    fontFamily: FONTS.regular,
    textAlignVertical: "top",
  },
});
