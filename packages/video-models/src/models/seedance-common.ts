// What the Seedance models have in common.
import { COMMON } from "./common.ts";

/** A silent Seedance in five shapes, with a camera that can be fixed. */
export function seedanceCommon() {
  return {
    ...COMMON,
    company: "ByteDance",
    logo: "bytedance-color",
    aspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4"],
    toggles: ["camera-fixed"],
  } as const;
}
