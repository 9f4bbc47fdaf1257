// One picked file: a small picture of it, how far its upload is, why it failed, and a way to take it away.
import { Image } from "expo-image";
import type { AttachmentSnapshot } from "@video-engine/video-sdk";
import { useAttachment } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { StyleSheet, View } from "react-native";
import { kindAt, type Picked } from "../draft/picked.ts";
import { useShowable } from "@video-engine/example-web-grid/showable";
import { OVER_VIDEO } from "../theme/palettes.ts";
import { usePalette } from "../theme/use-palette.ts";
import { Bar } from "../ui/bar.tsx";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Words } from "../ui/words.tsx";
import { WORDS } from "../words.ts";

/** What is shown. */
export interface PickedFileProps {
  readonly name: string;
  readonly picked: Picked;
  onRemove(picked: Picked): void;
}

/** A picked file. */
export function PickedFile({ name, picked, onRemove }: PickedFileProps): ReactElement | null {
  const { shade, danger } = usePalette();
  const showable = useShowable();
  const snapshot = useAttachment(picked.attachment);
  if (snapshot === undefined) return null;
  const hasFailed = snapshot.status === "failed";
  const sentence = sentenceOf(snapshot, kindAt(picked.place));
  return (
    <View style={[styles.file, { backgroundColor: shade }, hasFailed && [styles.failed, { borderColor: danger }]]}>
      <View style={styles.slot} accessible accessibilityRole="image" accessibilityLabel={`${name}: ${sentence}`}>
        {kindAt(picked.place) === "image" ? (
          <Image
            accessibilityLabel=""
            source={showable(picked.uri)}
            contentFit="cover"
            style={StyleSheet.absoluteFill}
          />
        ) : (
          <Icon name="film" tone="muted" size={24} />
        )}
        <View style={styles.name}>
          <Words size="small" numberOfLines={2} maxFontSizeMultiplier={MOST_LARGER} style={styles.nameText}>
            {name}
          </Words>
        </View>
      </View>
      {snapshot.status === "uploading" && (
        <View style={styles.bar}>
          <Bar label={WORDS.files.upload(name)} fraction={sentShare(snapshot)} />
        </View>
      )}
      {hasFailed && (
        <Words size="small" tone="danger" accessibilityLiveRegion="polite" style={styles.sentence}>
          {sentence}
        </Words>
      )}
      <View style={styles.remove}>
        <IconButton name="close" isOverVideo label={WORDS.files.remove(name)} onPress={() => onRemove(picked)} />
      </View>
    </View>
  );
}

function sentenceOf({ status, error }: AttachmentSnapshot, kind: "image" | "video"): string {
  if (status !== "failed") return WORDS.files[status];
  // The SDK's own sentence names content types, which are the developer's words.
  const rule = error?.details?.["rule"];
  if (rule === "wrong-type" || rule === "no-type") return WORDS.composer.files.wanted[kind];
  return error?.message ?? WORDS.files.failed;
}

function sentShare({ sentBytes, totalBytes }: AttachmentSnapshot): number | undefined {
  return totalBytes === undefined || totalBytes === 0 ? undefined : Math.min(1, sentBytes / totalBytes);
}

const SIDE = 84;
/** Larger text would hide the picture. A screen reader says it anyway. */
const MOST_LARGER = 1.2;

const styles = StyleSheet.create({
  file: { flexDirection: "row", minHeight: SIDE, borderRadius: 12, overflow: "hidden" },
  failed: { maxWidth: 280, borderWidth: 1 },
  slot: { width: SIDE, minHeight: SIDE, alignItems: "center", justifyContent: "center" },
  name: { position: "absolute", left: 0, right: 0, bottom: 0, padding: 4, backgroundColor: OVER_VIDEO.background },
  nameText: { color: OVER_VIDEO.text },
  sentence: { flex: 1, padding: 8, paddingRight: 44 },
  remove: { position: "absolute", top: 0, right: 0 },
  bar: { position: "absolute", left: 0, right: 0, bottom: 0 },
});
