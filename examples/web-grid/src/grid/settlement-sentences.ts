// What became of the credits, as a sentence for the user.
import type { Settlement } from "@video-engine/video-sdk";

/** One sentence for each. */
export const SETTLEMENT_SENTENCES: Readonly<Record<Settlement, string>> = {
  none: "You were not charged.",
  held: "The credits are still held and will be settled.",
  captured: "The credits were charged.",
  released: "The credits were given back: you were not charged.",
  unknown: "It is not known yet whether you were charged. Look at your credits before you try again.",
};
