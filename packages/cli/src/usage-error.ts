// What a person did wrong on the command line, found before anything was called.

/** A command was used wrongly. The message says what, and what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The reason that the system gave for a file or a folder, as a sentence. Undefined for one that is not known. */
export function fileReason(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  return Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: "a part of its path is a file, not a folder",
  ENOENT: "it is not there",
  EACCES: "you have no permission",
  EPERM: "you have no permission",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is a file, not a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EROFS: "the disk is read-only",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its links lead in a circle",
  EFBIG: "it is larger than a file may be here",
  EMFILE: "too many files are open",
};
