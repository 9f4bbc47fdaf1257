// Writes files into an app and overwrites nothing unasked. Looks first at every place, so that nothing is written where one cannot be.
import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileReason, UsageError } from "../usage-error.ts";
import type { FilledFile } from "./fill-templates.ts";

/** What is at a file's place: nothing, the very same, or something else. */
export type FileState = "new" | "same" | "different";

/** A file and what is at its place. */
export interface FoundFile extends FilledFile {
  readonly state: FileState;
}

/** Looks at the places of files. Throws {@link UsageError} where something that is no file is in the way. */
export function findFiles(folder: string, files: readonly FilledFile[]): readonly FoundFile[] {
  return files.map((file) => ({ ...file, state: stateOf(join(folder, file.path), file) }));
}

function stateOf(at: string, { path, text }: FilledFile): FileState {
  try {
    return sameText(readFileSync(at, "utf8"), text) ? "same" : "different";
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    if (isMissing && isFolderOrMissing(dirname(at))) return "new";
    throw new UsageError(`${path} cannot be written: ${fileReason(cause) ?? "a part of its path is a file"}.`, {
      cause,
    });
  }
}

/** Git may have changed the ends of lines. */
function sameText(one: string, other: string): boolean {
  return one.replaceAll("\r\n", "\n") === other;
}

/** A link that leads nowhere reads as missing, and cannot become a folder. */
function isFolderOrMissing(at: string): boolean {
  const stats = statSync(at, { throwIfNoEntry: false });
  return stats === undefined ? at === dirname(at) || isFolderOrMissing(dirname(at)) : stats.isDirectory();
}

/** Writes a file that is not there, whole or not at all. Throws where one has come meanwhile: it is somebody's. */
export function writeNew(folder: string, { path, text }: FilledFile): void {
  const at = join(folder, path);
  mkdirSync(dirname(at), { recursive: true });
  const draft = draftOf(at);
  try {
    writeFileSync(draft, text, { flag: "wx" });
    linkOrCopy(draft, at);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Some file systems have no second name for a file. Neither way takes the place of another file. */
function linkOrCopy(draft: string, at: string): void {
  try {
    linkSync(draft, at);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") throw cause;
    copyFileSync(draft, at, constants.COPYFILE_EXCL);
  }
}

function draftOf(at: string): string {
  return `${at}.${process.pid}.draft`;
}

/** Puts a file in the place of another one, whole. */
export function overwrite(folder: string, { path, text }: FilledFile): void {
  const at = join(folder, path);
  const draft = draftOf(at);
  try {
    writeFileSync(draft, text, { flag: "wx" });
    renameSync(draft, at);
  } finally {
    rmSync(draft, { force: true });
  }
}
