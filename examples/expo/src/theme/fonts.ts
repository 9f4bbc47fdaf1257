// The typeface of the screen. A device has one file, and one family, for each weight.
import { Geist_400Regular } from "@expo-google-fonts/geist/400Regular";
import { Geist_600SemiBold } from "@expo-google-fonts/geist/600SemiBold";
import { Platform } from "react-native";

/** What is loaded before the first text is shown. */
export const FONT_FILES = { Geist_400Regular, Geist_600SemiBold };

// A browser whose font does not come takes another; a device takes its own.
const FALLBACK = Platform.OS === "web" ? ", system-ui, sans-serif" : "";

/** The families, by weight. */
export const FONTS = { regular: `Geist_400Regular${FALLBACK}`, strong: `Geist_600SemiBold${FALLBACK}` };
