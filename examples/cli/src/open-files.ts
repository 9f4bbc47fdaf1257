// Files named by flags, as things to attach. What is no URL is a path, and is opened before anything is called.
import { openAsBlob } from "node:fs";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { calledFrom } from "./called-from.ts";
import { UsageError } from "./flags.ts";

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

/** Opens the files of a request. Throws {@link UsageError} for one that is not there. */
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
  try {
    // Without a type, because the engine recognises the file by its first bytes.
    return await openAsBlob(calledFrom(path));
  } catch {
    throw new UsageError(`There is no file "${path}". Give the path of one, or an https URL.`);
  }
}
