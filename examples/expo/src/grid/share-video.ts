// Hands a video to the device's other apps: to save, send or copy it. In a browser share-video.web.ts stands in its place.
import { Platform, Share } from "react-native";
import { WORDS } from "../words.ts";

/** How the button is called. */
export const SHARE_TITLE: string = WORDS.screen.share;

/** Opens the device's sheet for it. Throws where there is none. */
export async function shareVideo(url: string, prompt: string): Promise<void> {
  // Android shares texts only.
  await Share.share(Platform.OS === "ios" ? { url, message: prompt } : { message: url, title: prompt });
}
