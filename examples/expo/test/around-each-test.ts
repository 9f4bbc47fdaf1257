// Around each test: an empty device afterwards, and a warning fails the test that caused it (an update outside act(), a missing key).
import AsyncStorage from "@react-native-async-storage/async-storage";

/** React Native's own SafeAreaView, which src/ui/safe-page.tsx uses for want of the package that replaces it. */
const KNOWN = /^SafeAreaView has been deprecated/;

for (const level of ["error", "warn"] as const) {
  jest.spyOn(console, level).mockImplementation((...said: readonly unknown[]) => {
    const message = said.map(String).join(" ");
    if (!KNOWN.test(message)) throw new Error(message);
  });
}

afterEach(() => AsyncStorage.clear());
