// The published entries that a React Native app reaches. The one list of them: a new client entry is a new line here.

/** Each must be importable, and requirable, on bare React Native. */
export const CLIENT_ENTRIES: readonly string[] = [
  "@video-engine/video-models",
  "@video-engine/video-sdk",
  "@video-engine/video-sdk/react-native",
  "@video-engine/video-sdk/testing",
];

/** What is shipped to such an app, from the repository's root. */
export const CLIENT_DIST: readonly string[] = ["packages/video-models/dist", "packages/video-sdk/dist"];
