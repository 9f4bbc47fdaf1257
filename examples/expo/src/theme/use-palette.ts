// The palette that the device asks for.
import { useColorScheme } from "react-native";
import { PALETTES, type Palette } from "./palettes.ts";

/** Light unless the device is set to dark. Changes with it. */
export function usePalette(): Palette {
  return useColorScheme() === "dark" ? PALETTES.dark : PALETTES.light;
}
