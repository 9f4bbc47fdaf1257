// Lets a person pick a file from the device. The asset goes on as the picker gave it.
import { launchImageLibraryAsync, type ImagePickerAsset } from "expo-image-picker";

/** The picked file; undefined when the person picked none. Needs no permission: the system's picker hands out one file. */
export async function pickMedia(kind: "image" | "video"): Promise<ImagePickerAsset | undefined> {
  // Quality 1 hands out the file as it is; base64 would take it through memory.
  const { assets } = await launchImageLibraryAsync({ mediaTypes: [`${kind}s`], quality: 1, base64: false });
  return assets?.[0];
}
