// Every word of the screen: those of the web page, which says the same, and what only this screen says. To be translated in one place.
import { WORDS as SHARED } from "@video-engine/example-web-grid/words";

export {
  bytesText,
  clockText,
  numberText,
  phaseText,
  SETTLEMENTS,
  timeText,
  usualText,
  whenText,
} from "@video-engine/example-web-grid/words";

/** By place. */
export const WORDS = {
  ...SHARED,
  screen: {
    loading: "Loading",
    close: (title: string) => `Close ${title.toLowerCase()}`,
    setUp: "Set EXPO_PUBLIC_CONVEX_URL and EXPO_PUBLIC_API_URL, then start again.",
    credits: (available: string, held: string | undefined) =>
      held === undefined ? `${available} credits` : `${available} credits, ${held}`,
    settings: "Settings",
    openSettings: (chosen: string) => `Settings: ${chosen}`,
    share: "Share",
    more: (prompt: string) => `More: ${prompt}`,
    cancel: (prompt: string) => `Cancel: ${prompt}`,
    /** A button of a tile, for those who do not see which tile it is in. */
    ofTile: (action: string, prompt: string) => `${action}: ${prompt}`,
    videoActions: "This video",
    removeForGood: "Delete for good",
    noSessions: "There are no sessions yet.",
    changeTitle: (title: string) => `Change the title: ${title}`,
    removeSession: (title: string) => `Delete session: ${title}`,
    price: "Price",
    dropHelp: "Pictures and clips",
    done: (prompt: string) => `Video done: ${prompt}`,
    failed: (prompt: string, reason: string) => `Video failed: ${prompt}. ${reason}`,
    canceled: (prompt: string) => `Video canceled: ${prompt}`,
  },
  files: {
    image: "Image",
    startFrame: "Start frame",
    endFrame: "End frame",
    clipToEdit: "Clip to edit",
    video: "Video",
    clip: "Clip",
    keyframe: "Keyframe",
    element: (number: number) => `Element ${number} view`,
    addElement: "Element",
    addElementHelp: "Add element, main view first",
    optional: "optional",
    used: (used: number, max: number) => `${used} of ${max} references`,
    upTo: (max: number) => `up to ${max}`,
    add: (what: string) => `Add ${what.toLowerCase()}`,
    remove: (name: string) => `Remove ${name.toLowerCase()}`,
    upload: (name: string) => `Upload of ${name}`,
    uploading: "Uploading",
    uploaded: "Uploaded",
    failed: "The upload failed.",
    canceled: "Canceled",
    nameless: "Without a name",
  },
} as const;
