// Every word of the page, to be translated in one place; numbers, times and dates are written by `Intl`. Sentences about what went wrong come
// from the SDK, ready to be shown.
import type { GenerationPhase, GenerationSnapshot, Settlement } from "@video-engine/video-sdk";

const LANGUAGE = "en";
const NUMBER = new Intl.NumberFormat(LANGUAGE);
const MEGABYTES = new Intl.NumberFormat(LANGUAGE, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
const KILOBYTES = new Intl.NumberFormat(LANGUAGE, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
const TIME = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short" });
const WHEN = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
const LONG_DAY = new Intl.DateTimeFormat(LANGUAGE, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const MONTH = new Intl.DateTimeFormat(LANGUAGE, { month: "short", year: "numeric", timeZone: "UTC" });

/** A whole number, with its thousands apart. */
export const numberText = (value: number): string => NUMBER.format(value);

/** Minutes and seconds, as `1:05`. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The time of a day, or the day where it was not today. */
export function timeText(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? TIME.format(at) : DAY.format(at);
}

/** A day and its time. */
export const whenText = (at: number): string => WHEN.format(at);

/** A day such as `2026-12-31`, or a month such as `2026-12`. */
function dateText(date: string): string {
  return (date.length > 7 ? LONG_DAY : MONTH).format(new Date(date));
}

/** How long most videos of a model take. Times are milliseconds. */
export function usualText({ p50, p95 }: { readonly p50: number; readonly p95: number }): string {
  if (p95 < 90_000) return `usually ${seconds(p50)} to ${seconds(p95)} s`;
  const [from, to] = [Math.max(1, Math.round(p50 / 60_000)), Math.ceil(p95 / 60_000)];
  return from === to ? `usually ${from} min` : `usually ${from} to ${to} min`;
}

const seconds = (ms: number): number => Math.max(5, Math.round(ms / 5_000) * 5);

/** How much of a file is sent. Bytes. */
export function bytesText({ sentBytes, totalBytes }: SentBytes): string {
  return totalBytes === undefined ? sizeText(sentBytes) : `${sizeText(sentBytes)} of ${sizeText(totalBytes)}`;
}

interface SentBytes {
  readonly sentBytes: number;
  readonly totalBytes?: number | undefined;
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? KILOBYTES.format(bytes / 1e3) : MEGABYTES.format(bytes / 1e6);
}

const PHASES: Readonly<Record<GenerationPhase, string>> = {
  uploading: "Uploading",
  "acquiring-slot": "Starting",
  "reserving-credits": "Holding credits",
  "creating-session": "Starting",
  recording: "Starting",
  submitting: "Sending",
  polling: "Rendering",
  saving: "Saving",
  settling: "Finishing",
  completed: "Ready",
  failed: "Failed",
  canceled: "Canceled",
};

const PAUSES: Readonly<Record<NonNullable<GenerationSnapshot["pauseReason"]>, string>> = {
  offline: "Paused: you are offline",
  background: "Paused in the background",
  "not-signed-in": "Paused: sign in to go on",
  "backend-unreachable": "Waiting for the server",
};

/** Where a generation is, in the words of the page. */
export function phaseText({ phase, pauseReason, isCanceling, isSlow }: GenerationSnapshot): string {
  if (isCanceling && phase !== "canceled") return "Canceling";
  if (pauseReason !== undefined) return PAUSES[pauseReason];
  return isSlow && phase === "polling" ? "Taking longer than usual" : PHASES[phase];
}

/** What became of the credits, a sentence for each. */
export const SETTLEMENTS: Readonly<Record<Settlement, string>> = {
  none: "You were not charged.",
  held: "The credits are still held and will be settled.",
  captured: "The credits were charged.",
  released: "The credits were given back: you were not charged.",
  unknown: "It is not known yet whether you were charged. Look at your credits before you try again.",
};

/** The rest, by place. */
export const WORDS = {
  page: {
    name: "Videos",
    ofSession: "Videos of this session",
    credits: "credits",
    held: (credits: number) => `${NUMBER.format(credits)} held`,
    startFailed: "The page could not start",
    startFailedHelp: "Its services did not answer. Look whether “npm run web” is still running.",
    retry: "Try again",
  },
  sessions: {
    name: "Sessions",
    create: "New session",
    title: "Session title",
    keep: "Keep it",
    remove: "Delete session",
    more: (title: string) => `More for ${title}`,
    removeQuestion: "Delete this session?",
    removeHelp: "Its videos are removed with it. Credits that were charged stay charged.",
  },
  grid: {
    videos: "Videos",
    progress: "Progress",
    emptyTitle: "What will you film today?",
    emptyHelp: "Describe a video below, or begin with one of these.",
    ideas: [
      "A corgi surfing a small wave at golden hour, slow motion",
      "A paper boat sailing through a rainy street, macro",
      "Drone shot over a misty pine forest at sunrise",
    ],
    other: (prompt: string) => `${prompt}, made elsewhere`,
  },
  tile: {
    elsewhere: "Being made elsewhere",
    elsewhereHelp: "In another tab or on another device",
    stale: "No news for ten minutes",
    canceled: "Canceled.",
    seconds: (duration: number) => `${duration} s`,
    play: (prompt: string) => `Play: ${prompt}`,
    more: "More",
    cancel: "Cancel",
    canceling: "Canceling",
    retry: "Try again",
    dismiss: "Dismiss",
    open: "Open large",
    download: "Download",
    copyLink: "Copy link",
    reuse: "Use again",
    startFrame: "Use as start frame",
    edit: "Edit this video with Kling O1",
    remove: "Delete",
  },
  large: {
    name: "Video",
    previous: "Previous video",
    next: "Next video",
    close: "Close",
    gone: "This video is not here any more.",
    model: "Model",
    shape: "Shape",
    length: "Length",
    quality: "Quality",
    sound: "Sound",
    cost: "Cost",
    charge: "Charge",
    made: "Made",
    id: "Id",
    on: "On",
    off: "Off",
    seconds: (duration: number | "auto") => (duration === "auto" ? "Automatic" : `${duration} s`),
    credits: (credits: number) => `${NUMBER.format(credits)} credits`,
  },
  composer: {
    name: "New video",
    prompt: "Describe the video",
    placeholder: "Describe the video you have in mind",
    promptHelp: "Enter sends, Shift and Enter make a new line.",
    counted: (length: number, max: number) => `${NUMBER.format(length)} of ${NUMBER.format(max)}`,
    mentions: "Attached files",
    generate: "Generate",
    missing: {
      prompt: "Describe the video first.",
      image: "Add an image first.",
      startFrame: "Add a start frame first.",
      endFrame: "Add an end frame first.",
      reference: "Add an image, an element or a clip first.",
      imageOrClip: "Add an image or a clip first.",
      video: "Add a video first.",
      sound: "Add a sound first.",
      view: "Add a view to each element first.",
      keyframes: (least: number) => `Add ${least} keyframes, or none.`,
    },
    settings: {
      frames: "Start & end frames",
      shape: "Shape",
      length: "Length",
      quality: "Quality",
      sound: "Sound",
      fastMode: "Fast",
      cameraFixed: "Fixed camera",
      removeWatermark: "No watermark",
      autoShape: "Auto shape",
      autoLength: "Auto length",
    },
    blocked: { "failed-file": "Remove the failed file", credits: "Not enough credits" },
    youHave: (credits: number) => `you have ${NUMBER.format(credits)}`,
    offer: (what: string, credits: string) => `Use ${what} for ${credits}`,
    noSound: "no sound",
    priceTitle: "How the price is made up",
    fromEarlier: "chosen from earlier",
    uploading: (name: string) => `Uploading ${name}`,
    removeFile: (label: string, name: string) => `Remove ${label}: ${name}`,
    optional: "optional",
    drop: "Drop it anywhere",
    dropHelp: "Pictures, clips and sounds",
    files: {
      kinds: { image: "a picture", video: "a clip", audio: "a sound" },
      wanted: {
        image: "A picture goes here: PNG, JPEG or WebP.",
        video: "A clip goes here: MP4 or MOV.",
        audio: "A sound goes here: MP3 or WAV.",
      },
      noMedia: (name: string) => `“${name}” is no picture, clip or sound.`,
      is: (name: string, kind: string, type: string) =>
        `“${name}” is ${kind} (${type.replace(/^.*\//, "").toUpperCase()}).`,
    },
  },
  earlier: {
    title: "Choose from earlier",
    open: (label: string) => `${label}: choose from earlier`,
    results: "Results",
    uploads: "Uploads",
    firstFrame: (prompt: string) => `First frame of ${prompt}`,
  },
  picker: {
    title: "Choose a model",
    chosen: (label: string) => `Model: ${label}`,
    search: "Search models",
    placeholder: "Name, maker, 1080p, audio…",
    count: (models: number) => `${models} models`,
    none: (wanted: string) => (wanted === "" ? "No model does all of that." : `No model is called “${wanted}”.`),
    isNew: "New",
    ends: (date: string) => (date.length > 7 ? `Ends on ${dateText(date)}` : `Ends in ${dateText(date)}`),
    filters: "What it can do",
    filter: {
      text: "Text",
      image: "Image",
      frames: "Frames",
      references: "References",
      edit: "Edit",
      sound: "Sound",
      long: "Up to 15 s",
      uhd: "4K",
    },
    credits: (credits: number) => `${NUMBER.format(credits)} credits`,
  },
  toast: {
    linkCopied: "Link copied",
    linkNotCopied: "The link could not be copied",
    deleted: "Deleted",
    notDeleted: "It could not be deleted",
    notDownloaded: "The video could not be downloaded",
    noPlace: (model: string, name: string) => `${model} has no place for “${name}”`,
    close: "Close",
  },
} as const;
