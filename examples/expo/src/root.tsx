// What stands around the app: the typeface, and what the device says of its edges.
import { useFonts } from "expo-font";
import type { ReactElement } from "react";
import { SafeAreaProvider } from "react-native-safe-area-context";
import { App } from "./app.tsx";
import { FONT_FILES } from "./theme/fonts.ts";

/** The app, once its typeface is there or cannot be had. */
export function Root(): ReactElement {
  const [isLoaded, error] = useFonts(FONT_FILES);
  return <SafeAreaProvider>{isLoaded || error !== null ? <App /> : null}</SafeAreaProvider>;
}
