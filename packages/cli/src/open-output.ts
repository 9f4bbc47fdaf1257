// The place of a video on the disk. Whether it can be written is found out before the video is paid for.
import { randomBytes } from "node:crypto";
import { rmdirSync, rmSync } from "node:fs";
import { copyFile, constants, link, lstat, mkdir, open, rename, rm, statfs } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { asCallerSees, calledFrom } from "./called-from.ts";
import { download } from "./download.ts";
import { fileReason, UsageError } from "./usage-error.ts";

/** A place on the disk that can be written to. */
export interface Output {
  /**
   * Downloads a video there: whole, or not at all. Returns the file's path as the caller would write it: with a number behind its name
   * where a file has come there meanwhile.
   */
  save(url: string): Promise<string>;
  /** Removes what is not needed, at once: also of a process that ends. Safe to call twice. */
  close(): void;
}

/** How to treat what is there. */
export interface OutputOptions {
  /** Takes the place of a file that is there. Default false. */
  readonly replaces?: boolean;
  /** Takes the next free name where one is there. Default false: it is refused. */
  readonly isNumbered?: boolean;
}

/** A short clip in a good resolution. Less than that would be found out when the video is paid for. */
const LEAST_FREE_BYTES = 10_000_000;

/**
 * Makes the folder of a file, and a draft in it. Throws {@link UsageError} where nothing can be written, and where something is there that
 * may be another video that was paid for.
 */
export async function openOutput(path: string, options: OutputOptions = {}): Promise<Output> {
  refuseNoFile(path);
  const file = calledFrom(path);
  const draft = join(dirname(file), `.video-${randomBytes(6).toString("hex")}.part`);
  let made: string | undefined;
  const close = (): void => {
    removeFile(draft);
    if (made !== undefined) removeEmpty(dirname(file), made);
  };
  try {
    await refuseTaken(file, path, options);
    made = await mkdir(dirname(file), { recursive: true });
    await (await open(draft, "wx")).close();
    await refuseFull(dirname(file));
  } catch (cause) {
    close();
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`Nothing can be saved as "${path}": ${reasonOf(cause)}. Give another --output.`, { cause });
  }
  return {
    close,
    async save(url) {
      await download(url, draft);
      if (options.replaces === true) await rename(draft, file);
      return asCallerSees(options.replaces === true ? file : await placeFree(draft, file));
    },
  };
}

/** Why a file was not saved, as a sentence without its full stop. */
export function reasonOf(cause: unknown): string {
  return fileReason(cause) ?? (cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause));
}

function refuseNoFile(path: string): void {
  if (path === "-") throw new UsageError("--output takes a file: a video is not written to standard output.");
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path))
    throw new UsageError(`--output takes a file, and "${path}" is an address. Try: --output video.mp4`);
}

async function refuseTaken(file: string, path: string, { replaces, isNumbered }: OutputOptions): Promise<void> {
  // Of a link itself, not of what it leads to: nothing takes its place either.
  const found = await lstat(file).catch((cause: unknown) => {
    if (hasCode(cause, "ENOENT")) return undefined;
    throw cause;
  });
  if (found?.isDirectory() === true || /[\\/]$/.test(path))
    throw new UsageError(`--output takes a file, and "${path}" is a folder. Try: --output ${join(path, "video.mp4")}`);
  if (found !== undefined && replaces !== true && isNumbered !== true)
    throw new UsageError(`"${path}" is there already, and is not written over. Move it, or give another --output.`);
}

/** Empty files can be made on a full disk. */
async function refuseFull(folder: string): Promise<void> {
  const { blocks, bavail, bsize } = await statfs(folder);
  // A file system that does not count its blocks has none.
  if (blocks === 0 || bavail * bsize >= LEAST_FREE_BYTES) return;
  const megabytes = ((bavail * bsize) / 1_000_000).toFixed(1);
  throw new Error(`its disk has ${megabytes} MB left, and a video takes up to ${LEAST_FREE_BYTES / 1_000_000}`);
}

/** Gives the draft the first free name, in one step: of two commands that save at the same moment, neither takes the other's. */
async function placeFree(draft: string, file: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const place = numbered(file, number);
    try {
      await link(draft, place).catch((cause: unknown) => copyUnlessTaken(cause, draft, place));
      await rm(draft, { force: true });
      return place;
    } catch (cause) {
      if (!hasCode(cause, "EEXIST")) throw cause;
    }
  }
}

/** Some file systems, such as those of memory cards, have no second name for a file. */
async function copyUnlessTaken(cause: unknown, draft: string, place: string): Promise<void> {
  if (hasCode(cause, "EEXIST")) throw cause;
  await copyFile(draft, place, constants.COPYFILE_EXCL);
}

/** `corgi.mp4`, `corgi-2.mp4` ... */
function numbered(file: string, number: number): string {
  if (number === 1) return file;
  const ending = extname(file);
  return `${file.slice(0, file.length - ending.length)}-${number}${ending}`;
}

/** What cannot be removed stands in no other's way. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is none, or is not there any more.
  }
}

/** Removes the folders that were made for a file, from the innermost outwards, as far as they are still empty. */
function removeEmpty(folder: string, outermost: string): void {
  try {
    for (let at = folder; at.length >= outermost.length; at = dirname(at)) rmdirSync(at);
  } catch {
    // Something is in there now.
  }
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}
