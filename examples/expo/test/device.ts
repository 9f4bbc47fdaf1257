// The device around the app, moved by a test: foreground and background, network or none, and what its picker hands out.
import NetInfo from "@react-native-community/netinfo";
import { launchImageLibraryAsync, type ImagePickerAsset } from "expo-image-picker";
import { AppState, type AppStateStatus } from "react-native";

/** A device in the foreground, with a network. */
export interface Device {
  moveTo(state: AppStateStatus): void;
  setConnected(isConnected: boolean): void;
  /** The next pick hands out this file. */
  pickNext(asset: Partial<ImagePickerAsset>): void;
}

/** A device. Replaces what the last test's has left. */
export function createDevice(): Device {
  const appListeners = new Set<(state: AppStateStatus) => void>();
  const netListeners = new Set<(state: { isConnected: boolean }) => void>();
  jest.spyOn(AppState, "addEventListener").mockImplementation((_type, listener) => {
    appListeners.add(listener);
    return { remove: () => appListeners.delete(listener) };
  });
  AppState.currentState = "active";
  jest.spyOn(NetInfo, "addEventListener").mockImplementation((listener) => {
    const hear = listener as (state: { isConnected: boolean }) => void; // the only member that is read
    netListeners.add(hear);
    return () => netListeners.delete(hear);
  });
  return {
    moveTo(state) {
      AppState.currentState = state;
      for (const listener of [...appListeners]) listener(state);
    },
    setConnected(isConnected) {
      for (const listener of [...netListeners]) listener({ isConnected });
    },
    pickNext(asset) {
      const whole = { uri: "file:///picked", width: 1_280, height: 720, ...asset };
      jest.mocked(launchImageLibraryAsync).mockResolvedValueOnce({ canceled: false, assets: [whole] });
    },
  };
}
