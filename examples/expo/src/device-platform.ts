// What a device brings. In a browser device-platform.web.ts stands in its place.
import AsyncStorage from "@react-native-async-storage/async-storage";
import NetInfo from "@react-native-community/netinfo";
import type { EnginePlatform } from "@video-engine/video-sdk";
import { reactNativePlatform } from "@video-engine/video-sdk/react-native";
import { File } from "expo-file-system";
import { AppState } from "react-native";

/** The platform of this device. `File` streams uploads from the disk, and tells how far they are. */
export function devicePlatform(): EnginePlatform {
  return reactNativePlatform({ AsyncStorage, AppState, NetInfo, File });
}
