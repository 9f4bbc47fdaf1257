// What a published package.json must say, and how large a package may be.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { originOf } from "../repository.ts";
import type { Packed } from "./consumer.ts";

/** What is installed of a library, packed. Bytes. */
const MOST_BYTES = 520_000;
const LEAST_KEYWORDS = 3;

/** One sentence per problem. */
export function findManifestProblems({ workspace, tarball }: Packed): string[] {
  const manifest = JSON.parse(readFileSync(`${workspace}/package.json`, "utf8")) as Record<string, unknown>; // our own
  const bytes = readFileSync(tarball).length;
  const wrong = Object.entries(originOf(workspace)).filter(
    ([name, value]) => !isDeepStrictEqual(manifest[name], value),
  );
  const { keywords } = manifest;
  process.stdout.write(`${workspace}: ${Math.ceil(bytes / 1_000)} kB packed\n`);
  return [
    ...wrong.map(([name, value]) => `${workspace}/package.json: \`${name}\` must be ${JSON.stringify(value)}`),
    ...(Array.isArray(keywords) && keywords.length >= LEAST_KEYWORDS ? [] : [`${workspace}/package.json: no keywords`]),
    ...(bytes <= MOST_BYTES ? [] : [`${workspace} has ${bytes} bytes packed, of at most ${MOST_BYTES}`]),
  ];
}
