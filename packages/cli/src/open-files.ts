// Files named by flags, as things to attach. What is no URL is a path, and is opened before anything is called.
import { openAsBlob } from "node:fs";
import { access, constants, stat } from "node:fs/promises";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { calledFrom } from "./called-from.ts";
import { fileReason, UsageError } from "./usage-error.ts";

const FIELDS = [
  "attachmentImageUrl",
  "startFrameImageUrl",
  "endFrameImageUrl",
  "klingO1Video",
  "sourceVideoUrl",
  "audioUrl",
] as const;

const LISTS = ["klingO1Images", "referenceImageUrls"] as const;

/** A request as the flags say it, and what its files are. */
export interface WithFiles {
  /** With an https URL in the place of each file, so that everything else can be checked. */
  readonly checkable: Record<string, unknown>;
  /** The files, by the fields they stand in. */
  readonly files: AttachedFiles;
}

/** Opens the files of a request. Throws {@link UsageError} for one that cannot be read, or is no picture, video or sound. */
export async function openFiles(request: Record<string, unknown>): Promise<WithFiles> {
  const files: Record<string, unknown> = {};
  for (const field of FIELDS) if (isPath(request[field])) files[field] = await open(request[field]);
  for (const field of LISTS) {
    const listed = request[field];
    if (Array.isArray(listed) && listed.some(isPath)) {
      files[field] = await Promise.all(listed.map((one: string) => (isPath(one) ? open(one) : one)));
    }
  }
  const places = Object.entries(files).map(([field, value]) => [
    field,
    Array.isArray(value) ? value.map(() => ANY_URL) : ANY_URL,
  ]);
  return { checkable: { ...request, ...Object.fromEntries(places) }, files };
}

const ANY_URL = "https://file.invalid/";

function isPath(value: unknown): value is string {
  return typeof value === "string" && !/^[a-z][a-z0-9+.-]+:/i.test(value);
}

async function open(path: string): Promise<Blob> {
  const file = calledFrom(path);
  try {
    const { size } = await checked(file);
    // Without a type, because the engine recognises the file by its first bytes.
    const blob = await openAsBlob(file);
    if (size > 0 && !(await isText(blob))) return blob;
    throw new UsageError(`"${path}" ${size === 0 ? "is empty" : "holds text"}. Give a picture, a video or a sound.`);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const reason = fileReason(cause) ?? (cause instanceof Error ? cause.message : String(cause));
    throw new UsageError(`The file "${path}" cannot be read: ${reason}. Give the path of a file, or an https URL.`, {
      cause,
    });
  }
}

async function checked(file: string): Promise<{ readonly size: number }> {
  const found = await stat(file);
  if (found.isDirectory()) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
  if (!found.isFile()) throw new Error("it is no ordinary file");
  await access(file, constants.R_OK);
  return found;
}

/** Every format that a model takes has bytes below 9 in its first ones, or above 126; a text has neither. SVG is a text, too. */
async function isText(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
  return head.every((byte) => byte >= 9 && byte <= 126);
}
