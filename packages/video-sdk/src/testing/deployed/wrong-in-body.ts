// What in the body of a submit the shipped client would never have sent.

/** The two names of each image: routes of kie read the one, those of fal the other. */
const TWINS: readonly (readonly [string, string])[] = [
  ["attachmentImageUrl", "imageUrl"],
  ["startFrameImageUrl", "startImageUrl"],
  ["endFrameImageUrl", "endImageUrl"],
];
const SWITCHES = ["generateAudio", "fastMode", "removeWatermark", "cameraFixed"];
const TEXTS = ["prompt", "model", "aspectRatio"];
const OF_KLING = ["klingO1Images", "klingO1Elements", "klingO1Video"];
const KNOWN: ReadonlySet<string> = new Set([
  ...TEXTS,
  "duration",
  "resolution",
  ...SWITCHES,
  ...TWINS.flat(),
  ...OF_KLING,
]);

/** Sentences; none for a body as that client sends it. `also`: what else must be there. */
export function wrongInBody(body: Readonly<Record<string, unknown>>, also: readonly string[] = []): readonly string[] {
  const images = body["klingO1Images"] ?? [];
  const hasFrames = body["startFrameImageUrl"] !== undefined && body["endFrameImageUrl"] !== undefined;
  const isSwitch = (value: unknown): boolean => typeof value === "boolean" || value === undefined;
  return [
    ...TEXTS.filter((field) => typeof body[field] !== "string").map((field) => `${field} is no text.`),
    ...(typeof body["duration"] === "number" ? [] : ["duration is no number."]),
    ...SWITCHES.filter((field) => !isSwitch(body[field])).map((field) => `${field} is no switch.`),
    ...also.filter((field) => body[field] === undefined).map((field) => `${field} is missing.`),
    ...Object.keys(body)
      .filter((field) => !KNOWN.has(field) && !also.includes(field))
      .map((field) => `${field} is not known.`),
    ...TWINS.filter(([one, other]) => body[one] !== body[other]).map(([one, other]) => `${one} and ${other} differ.`),
    ...(Array.isArray(images) && images.every(isLink) ? [] : ["klingO1Images is no [{ url }]."]),
    ...(hasFrames && String(body["model"]).endsWith("-transition") ? ["Two frames name a transition."] : []),
  ];
}

/** Whether a value is exactly `{ url }`. */
function isLink(image: unknown): boolean {
  return (
    typeof image === "object" &&
    image !== null &&
    Object.keys(image).join(",") === "url" &&
    typeof Object.values(image)[0] === "string"
  );
}
