// Which of the sandbox's clips a job gets: by words of its prompt, else by prompt and model, so that two prompts differ and one stays the same.
import { readFile } from "node:fs/promises";

/** A picture's size in pixels. */
export interface ClipSize {
  readonly width: number;
  readonly height: number;
}

/** The shapes in which each scene was made, by aspect ratio. */
export const CLIP_SHAPES = {
  "16:9": { width: 512, height: 288 },
  "9:16": { width: 288, height: 512 },
  "1:1": { width: 384, height: 384 },
  "4:3": { width: 448, height: 336 },
  "3:4": { width: 336, height: 448 },
  "21:9": { width: 560, height: 240 },
} as const satisfies Readonly<Record<string, ClipSize>>;

const SHAPES: readonly [ClipSize, ...ClipSize[]] = [CLIP_SHAPES["16:9"], ...Object.values(CLIP_SHAPES)];

/** What the clips show, and the words of a prompt that ask for it. */
const SCENES = [
  ["ocean", /\b(sea|ocean|waves?|surf\w*|boats?|beach|water|sail\w*|lighthouse|harbour|island)\b/i],
  ["hills", /\b(forests?|trees?|mist\w*|hills?|drone|valley|garden|field|meadow|bird|heron)\b/i],
  ["city", /\b(city|street|rain\w*|neon|car|traffic|window|night market|bar)\b/i],
  ["snow", /\b(snow\w*|mountains?|winter|fox|ski\w*|ice|wolf|train)\b/i],
  ["aurora", /\b(night|stars?|sky|aurora|moon|space|galaxy|lake)\b/i],
  ["ink", /\b(ink|paint\w*|abstract|colou?rs?|smoke|liquid)\b/i],
] as const;

/** What a clip is chosen by. */
export interface ClipWish {
  readonly prompt: string;
  readonly model: string;
  /** Such as `9:16`. Names that are no ratio (`auto`, `landscape`) are 16:9, `portrait` is 9:16. */
  readonly aspectRatio: string;
}

/** The clip's name, which is that of its files. */
export function clipFor({ prompt, model, aspectRatio }: ClipWish): string {
  const named = SCENES.find(([, words]) => words.test(prompt));
  const [scene] = named ?? SCENES[hashOf(`${model} ${prompt}`) % SCENES.length] ?? SCENES[0];
  return clipName(scene, nearestShape(aspectRatio));
}

/** The name of a scene in a shape. */
export function clipName(scene: string, { width, height }: ClipSize): string {
  return `${scene}-${width}x${height}`;
}

/** The size whose shape is nearest to an aspect ratio. */
export function nearestShape(aspectRatio: string): ClipSize {
  const [, across = "16", down = "9"] =
    /^([1-9]\d?):([1-9]\d?)$/.exec(aspectRatio === "portrait" ? "9:16" : aspectRatio) ?? [];
  const wanted = Math.log(Number(across) / Number(down));
  const distance = ({ width, height }: ClipSize): number => Math.abs(Math.log(width / height) - wanted);
  const [first, ...others] = SHAPES;
  return others.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best), first);
}

const read = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

/** The MP4 of a clip, or the picture that it begins with. Read once. */
export function clipFile(name: string, ending: "mp4" | "jpg"): Promise<Uint8Array<ArrayBuffer>> {
  const file = `${name}.${ending}`;
  const bytes =
    read.get(file) ?? readFile(new URL(`../clips/${file}`, import.meta.url)).then((it) => Uint8Array.from(it));
  read.set(file, bytes);
  return bytes;
}

/** FNV-1a: spreads texts that differ in one letter. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
