// Finds the videos in an answer whose exact shape is not known: routes and providers differ, and change. Used on both sides of the routes, so it
import { isObject } from "./value-kinds.ts";
// imports nothing.

/** Members that hold videos, whatever their form. */
const NAMED = ["videos", "video", "videoUrl"];
/** Members that hold them where there is nothing in the first ones. Beside a video they may name one that was sent. */
const NAMED_OTHERWISE = ["video_url", "videoUrls", "video_urls", "resultUrls", "resultUrl"];
/** Members that hold what a model has made. What is in them is a video only where it looks like one. */
const WRAPPERS = [
  "output",
  "outputs",
  "result",
  "results",
  "data",
  "response",
  "payload",
  "file",
  "files",
  "url",
  "uri",
];
/** The address within the object of one file. */
const ADDRESS = ["url", "uri", "src"];
/** An answer that is nested deeper is not searched further. */
const DEEPEST = 6;

/** The type of a video, or the address of a file that has the name of one. */
const VIDEO = /^(?:(?:data:)?video\/|https?:\/\/\S+\.(?:mp4|mov|webm|m4v|mkv)(?:[?#]|$))/i;

/** What an answer says of its videos. */
export interface FoundVideos {
  /** Each text in the place of a video's address, once. Not every one can be played. */
  readonly urls: readonly string[];
  /** `none`: the answer has no place for videos. `empty`: it has one, with nothing in it. `unread`: there is something else in it. */
  readonly place: "none" | "empty" | "unread";
}

/** The videos in an answer. `isDeep`: also those in members around it, where they are named as videos or only one looks like one. */
export function findVideos(given: unknown, { isDeep }: { readonly isDeep: boolean }): FoundVideos {
  const answer = opened(given);
  const places = placesIn(answer);
  const urls = distinct(places.flatMap((place) => videosIn(place)));
  const isNamed = urls.length > 0 || !isDeep;
  const place = places.length === 0 ? "none" : places.every((inner) => isEmpty(inner)) ? "empty" : "unread";
  return { urls: isNamed ? urls : wrapped(answer), place };
}

/** The videos in a place that is known to be theirs. Undefined is no place. */
export function videosAt(place: unknown): FoundVideos {
  const urls = distinct(videosIn(place));
  return { urls, place: place === undefined ? "none" : isEmpty(place) ? "empty" : "unread" };
}

/** The texts in the place of one or more videos: a text, an object with an address, or a list of them. */
function videosIn(given: unknown, depth = 0): string[] {
  const place = opened(given);
  if (typeof place === "string") return isBlank(place) ? [] : [place];
  if (depth > DEEPEST || !isObject(place)) return [];
  if (Array.isArray(place)) return place.flatMap((entry) => videosIn(entry, depth + 1));
  const address = ADDRESS.map((name) => place[name]).find((value) => !isEmpty(value));
  return address === undefined
    ? placesIn(place).flatMap((inner) => videosIn(inner, depth + 1))
    : videosIn(address, depth + 1);
}

/** Whether there is nothing in the place of a video. An object that names an address and has none is empty too. */
function isEmpty(given: unknown, depth = 0): boolean {
  const place = opened(given);
  if (typeof place === "string") return isBlank(place);
  if (!isObject(place)) return !place;
  if (depth > DEEPEST) return false;
  const named = ADDRESS.filter((name) => name in place).map((name) => place[name]);
  return (named.length > 0 ? named : Object.values(place)).every((inner) => isEmpty(inner, depth + 1));
}

function placesIn(answer: unknown): unknown[] {
  if (!isObject(answer)) return [];
  const places = membersOf(answer, NAMED);
  return places.every((place) => isEmpty(place)) ? places.concat(membersOf(answer, NAMED_OTHERWISE)) : places;
}

/** A loop, because every answer about a job comes through here, and most have none of them. */
function membersOf(answer: Readonly<Record<string, unknown>>, names: readonly string[]): unknown[] {
  const members: unknown[] = [];
  for (const name of names) if (answer[name] !== undefined) members.push(answer[name]);
  return members;
}

function wrapped(answer: unknown): readonly string[] {
  const named = around(answer, namedIn);
  if (named.length > 0) return named;
  const alike = around(answer, alikeIn);
  return alike.length === 1 ? alike : [];
}

const namedIn = (value: unknown): string[] => placesIn(value).flatMap((place) => videosIn(place));

function alikeIn(value: unknown): string[] {
  const text = isObject(value) ? value["content_type"] : value;
  const isVideo = typeof text === "string" && VIDEO.test(text);
  return isVideo ? videosIn(value) : [];
}

/** What `read` finds in an answer, or else in what it wraps, each once. */
function around(answer: unknown, read: (value: unknown) => string[]): readonly string[] {
  const search = (given: unknown, depth: number): string[] => {
    const value = opened(given);
    if (isObject(value) && value["success"] === false) return [];
    const found = read(value);
    if (found.length > 0 || depth > DEEPEST || !isObject(value)) return found;
    const inner = Array.isArray(value) ? value : WRAPPERS.map((name) => value[name]);
    return inner.flatMap((one) => search(one, depth + 1));
  };
  return distinct(search(answer, 0));
}

/** Some give JSON as a text within their JSON. */
function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*["[{]/.test(value)) return value;
  try {
    return opened(JSON.parse(value));
  } catch {
    return value;
  }
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function distinct(texts: readonly string[]): readonly string[] {
  return texts.length > 1 ? [...new Set(texts)] : texts;
}
