// A short note that goes by itself, such as that a video is deleted.
import { useCallback, useEffect, useState, type ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { usePalette } from "../theme/use-palette.ts";
import { announce } from "../ui/announce.ts";
import { Words } from "../ui/words.tsx";

const SHOWN_MS = 4_000;

/** A note. Each is one of its own, also with the same text. */
export interface NoticeText {
  readonly text: string;
}

/** The note that is shown now, and the way to show one. */
export function useNotice(): readonly [NoticeText | undefined, (text: string) => void] {
  const [notice, setNotice] = useState<NoticeText | undefined>(undefined);
  useEffect(() => {
    if (notice === undefined) return undefined;
    const timer = setTimeout(() => setNotice(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const show = useCallback((text: string) => {
    announce(text);
    setNotice({ text });
  }, []);
  return [notice, show];
}

/** The note, over the grid. */
export function Notice({ notice }: { readonly notice: NoticeText | undefined }): ReactElement | null {
  const { text, background } = usePalette();
  if (notice === undefined) return null;
  return (
    <View style={styles.place} pointerEvents="none">
      <View style={[styles.notice, { backgroundColor: text }]}>
        <Words style={{ color: background }}>{notice.text}</Words>
      </View>
    </View>
  );
}

const styles = StyleSheet.create({
  place: { position: "absolute", left: 12, right: 12, bottom: 12, alignItems: "center" },
  notice: { paddingHorizontal: 16, paddingVertical: 10, borderRadius: 12 },
});
