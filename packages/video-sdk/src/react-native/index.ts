// `@video-engine/video-sdk/react-native`: what an app on React Native brings to the engine.
export type { AppStateModule, AsyncStorageModule, ExpoFile, ExpoUploadAsync, NetInfoModule } from "./native-modules.ts";
export { reactNativePlatform, type ReactNativeModules, type ReactNativePlatform } from "./react-native-platform.ts";
