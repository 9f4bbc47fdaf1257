// What the Kling models have in common.
import { COMMON } from "./common.ts";

/** A silent Kling in three shapes. */
export function klingCommon() {
  return {
    ...COMMON,
    company: "Kling",
    logo: "kling",
    aspectRatios: ["16:9", "9:16", "1:1"],
    // kie's limit for 2.5, and taken for O1 and version 3 as well.
    promptLimit: { max: 2500, unit: "characters" },
  } as const;
}
