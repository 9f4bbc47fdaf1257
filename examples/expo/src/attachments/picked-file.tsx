// One picked file: a small picture of it, how far its upload is, why it failed, and a way to take it away.
import type { AttachmentSnapshot } from "@video-engine/video-sdk";
import { useAttachment } from "@video-engine/video-sdk/react";
import type { ReactElement } from "react";
import { Image, StyleSheet, View } from "react-native";
import type { Picked } from "../draft/picked.ts";
import { usePalette } from "../theme/use-palette.ts";
import { Bar } from "../ui/bar.tsx";
import { Button } from "../ui/button.tsx";
import { Words } from "../ui/words.tsx";

/** What is shown. */
export interface PickedFileProps {
  readonly name: string;
  readonly picked: Picked;
  onRemove(picked: Picked): void;
}

/** A picked file. */
export function PickedFile({ name, picked, onRemove }: PickedFileProps): ReactElement | null {
  const { border } = usePalette();
  const snapshot = useAttachment(picked.attachment);
  if (snapshot === undefined) return null;
  const sentence = sentenceOf(snapshot);
  return (
    <View style={[styles.file, { borderColor: border }]}>
      <Image source={{ uri: picked.uri }} style={styles.picture} accessibilityLabel={`${name}, preview`} />
      <View style={styles.words}>
        <Words size="strong">{name}</Words>
        <Words
          size="small"
          tone={snapshot.status === "failed" ? "danger" : "muted"}
          accessibilityLiveRegion="polite"
          numberOfLines={3}
        >
          {sentence}
        </Words>
        {snapshot.status === "uploading" && <Bar label={`Upload of ${name}`} fraction={sentShare(snapshot)} />}
      </View>
      <Button title="✕" label={`Remove ${name.toLowerCase()}`} onPress={() => onRemove(picked)} />
    </View>
  );
}

function sentenceOf(snapshot: AttachmentSnapshot): string {
  switch (snapshot.status) {
    case "uploading":
      return "Uploading";
    case "uploaded":
      return "Uploaded";
    case "failed":
      return snapshot.error?.message ?? "The upload failed.";
    case "canceled":
      return "Canceled";
  }
}

function sentShare({ sentBytes, totalBytes }: AttachmentSnapshot): number | undefined {
  return totalBytes === undefined || totalBytes === 0 ? undefined : Math.min(1, sentBytes / totalBytes);
}

const styles = StyleSheet.create({
  file: { flexDirection: "row", alignItems: "center", gap: 10, padding: 8, borderRadius: 12, borderWidth: 1 },
  picture: { width: 44, height: 44, borderRadius: 8 },
  words: { flex: 1, gap: 4 },
});
