// The native halves that Node lacks: the packages' own mocks where they have one. Nothing of the SDK is mocked.
import "react-native-gesture-handler/jestSetup";
import { runInThisContext } from "node:vm";

jest.mock("@react-native-async-storage/async-storage", () =>
  jest.requireActual("@react-native-async-storage/async-storage/jest/async-storage-mock"),
);

jest.mock("@react-native-community/netinfo", () =>
  jest.requireActual("@react-native-community/netinfo/jest/netinfo-mock.js"),
);

jest.mock("expo-image-picker", () => ({ launchImageLibraryAsync: jest.fn() }));

// Expo's fetch is a native module. Node's own, from outside of Jest's sandbox, speaks in its place.
Object.defineProperty(globalThis, "fetch", { value: runInThisContext("fetch"), configurable: true, writable: true });

// Sends the file of this machine's disk, as the device's uploader sends one of its own.
jest.mock("expo-file-system", () => ({ File: jest.requireActual("./disk-file.ts").DiskFile }));

jest.mock(
  "react-native-safe-area-context",
  () => jest.requireActual("react-native-safe-area-context/jest/mock").default,
);

// Nothing moves.
jest.mock("react-native-reanimated", () => ({
  __esModule: true,
  default: { View: jest.requireActual("react-native").View },
  useReducedMotion: () => true,
}));

// The package's mock does not say that it is a module.
jest.mock("@gorhom/bottom-sheet", () => ({ ...jest.requireActual("@gorhom/bottom-sheet/mock"), __esModule: true }));

// Node has no layout, by which it finds the rows to draw.
jest.mock("@shopify/flash-list", () => ({ FlashList: jest.requireActual("react-native").FlatList }));

jest.mock("expo-image", () => ({ Image: jest.requireActual("react-native").Image }));

// A player is a view that knows its address.
jest.mock("expo-video", () => ({
  useVideoPlayer: (url: string) => ({ url, play: () => undefined }),
  VideoView: jest.requireActual("react-native").View,
}));
