// Tells a screen reader what has happened. iOS has no live regions, so it has to be said. In a browser announce.web.ts stands in its place.
import { AccessibilityInfo } from "react-native";

/** Says it once. */
export function announce(text: string): void {
  AccessibilityInfo.announceForAccessibility(text);
}
