// Every sentence about an attached file, by rule. An error has the rule in `details.rule`, so that an app can say it in its own words.

/** What a sentence is made of. */
export interface FileFault {
  /** Whose limits they are, as the subject of the sentence. */
  readonly whose?: string | undefined;
  /** The file's own value. */
  readonly value?: string | number | undefined;
  readonly limit?: string | number | undefined;
}

/** The rules and their sentences. */
export const FILE_SENTENCES = {
  "no-file": () => "Attach an https URL, a Blob or File, or a picker's asset with its uri.",
  "path-as-text": () => "A file on the device is attached as { uri, mimeType } or as a Blob, not as text.",
  "attachment-canceled": () => "This attachment was canceled. Attach the file again.",
  "other-engine": () => "This attachment is of another engine. Attach the file again.",
  "file-gone": () => "The file cannot be read any more. Attach it again.",
  "file-lost": () => "The file was in memory only, and is gone with the app that was closed. Attach it again.",
  "file-empty": () => "The file is empty. Attach another one.",
  "no-type": ({ whose, limit }) =>
    `${whose} takes ${limit} here; this file has no content type. Set the type of the Blob, or the mimeType of the asset.`,
  "wrong-type": ({ whose, limit, value }) =>
    `${whose} takes ${limit} here; this file is ${value}. ${wayOutOf(String(limit))}`,
  "too-many-bytes": ({ whose, limit, value }) =>
    `${whose} takes at most ${limit} bytes here; this file has ${value}. Make it smaller.`,
  "too-few-pixels": ({ whose, limit, value }) =>
    `${whose} needs at least ${limit} pixels each way here; this is ${value}. Attach a larger one.`,
  "too-many-pixels": ({ whose, limit, value }) =>
    `${whose} takes at most ${limit} pixels each way here; this is ${value}. Scale it down.`,
  "wrong-shape": ({ whose, limit, value }) =>
    `${whose} takes pictures whose width is ${limit} times their height here; this is ${value}. Crop it.`,
  "wrong-length": ({ whose, limit, value }) =>
    `${whose} takes clips of ${limit} seconds here; this has ${value}. Cut it.`,
  "no-put-for-uri": () =>
    "This runtime cannot send a file by its uri. Attach a Blob or File, or give the engine a `put` that can, such as that of reactNativePlatform({ File }).",
  "storage-limit": () => "The storage takes no file as large as this one. Make it smaller.",
  "storage-refused": ({ value }) => `The storage refused the file with status ${value}.`,
} as const satisfies Readonly<Record<string, (fault: FileFault) => string>>;

/** A rule that a file can break. */
export type FileRule = keyof typeof FILE_SENTENCES;

/** The sentence of a rule. */
export function fileSentence(rule: FileRule, fault: FileFault = {}): string {
  return FILE_SENTENCES[rule](fault);
}

function wayOutOf(types: string): string {
  if (types.includes("image/jpeg")) return "Convert it, or ask the picker for a JPEG.";
  return `Convert it to ${types.includes("video/mp4") ? "MP4" : "MP3"}.`;
}
