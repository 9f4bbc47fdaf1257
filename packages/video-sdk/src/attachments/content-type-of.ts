// The type of a file by what its owner says of it: a MIME type, or else the ending of its name. Does not look into the file.

/** What stands for a type that nobody has said. */
export const UNKNOWN_TYPE = "application/octet-stream";

/** What files are called. Types that are not taken are here as well, so that a refusal can name them. */
const TYPE_OF_ENDING: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  avif: "image/avif",
  mp4: "video/mp4",
  mov: "video/quicktime",
};

/** The first of `said` that is a MIME type, else by the ending of the first of `names` that has a known one, else {@link UNKNOWN_TYPE}. */
export function contentTypeOf(said: readonly unknown[], names: readonly unknown[]): string {
  const types = said.map(mimeTypeIn).filter((type) => type !== UNKNOWN_TYPE);
  const byName = names.map(typeByEnding);
  return [...types, ...byName].find((type) => type !== undefined) ?? UNKNOWN_TYPE;
}

function mimeTypeIn(said: unknown): string | undefined {
  if (typeof said !== "string") return undefined;
  const type = /^[a-z]+\/[a-z0-9.+-]+/i.exec(said.trim())?.[0].toLowerCase();
  // Not a registered type, and still what some pickers say.
  return type === "image/jpg" ? "image/jpeg" : type;
}

function typeByEnding(name: unknown): string | undefined {
  if (typeof name !== "string") return undefined;
  const ending = /\.([a-z0-9]+)(?:[?#].*)?$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(TYPE_OF_ENDING, ending) ? TYPE_OF_ENDING[ending] : undefined;
}
