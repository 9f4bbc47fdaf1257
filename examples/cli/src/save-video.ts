// The finished video as a file on disk.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { GenerationResult } from "@video-engine/video-sdk";
import { asCallerSees, calledFrom } from "./called-from.ts";

/** Downloads the first video. Gives back the file's path, relative to where the command was called. */
export async function saveVideo({ id, videos }: GenerationResult, output: string | undefined): Promise<string> {
  const [url] = videos;
  if (url === undefined) throw new Error("The generation has no video to save.");
  const file = calledFrom(output ?? `out/${id}.mp4`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The video could not be downloaded: ${url} answered ${response.status}.`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, new Uint8Array(await response.arrayBuffer()));
  return asCallerSees(file);
}
