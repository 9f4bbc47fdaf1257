// Renders the tables of the package's README from the registry and from the list of departures. Writes nothing.
import { readFileSync } from "node:fs";
import { VIDEO_MODELS, type VideoModelId, videoModelIds } from "../src/registry.ts";
import type { ModelInput, SecondRate, VideoModel, VideoRate } from "../src/model.ts";

/** Where the registry differs from the app's facts, and why. */
export interface Departure {
  readonly models: readonly string[];
  readonly fact: string;
  readonly app: unknown;
  readonly ours: unknown;
  readonly why: string;
}

/** The list of departures, in the order of the README. */
export function readDepartures(): readonly Departure[] {
  return JSON.parse(readFileSync(new URL("../src/__fixtures__/departures.json", import.meta.url), "utf8"));
}

/** The README's tables by the name of their marker. */
export function readmeTables(): Readonly<Record<"models" | "departures", string>> {
  return {
    models: table(
      ["id", "name", "from", "shapes", "seconds", "lines", "sound", "extras", "price", "providers"],
      videoModelIds().map((id) => modelRow(id, VIDEO_MODELS[id])),
    ),
    departures: table(
      ["models", "fact", "the app says", "we do", "why"],
      readDepartures().map(({ models, fact, app, ours, why }) => [
        models.join(", "),
        fact,
        JSON.stringify(app),
        JSON.stringify(ours),
        why,
      ]),
    ),
  };
}

/** A README with the text between the markers of each table replaced. */
export function withTables(readme: string): string {
  return Object.entries(readmeTables()).reduce((text, [name, rows]) => {
    const [before, rest = ""] = text.split(`<!-- ${name} -->\n`);
    const [, after = ""] = rest.split(`<!-- end of ${name} -->\n`);
    return `${before}<!-- ${name} -->\n\n${rows}\n\n<!-- end of ${name} -->\n${after}`;
  }, readme);
}

function modelRow(id: VideoModelId, model: VideoModel): readonly string[] {
  const extras = [...model.toggles, ...(model.togglesWithImage ?? []).map((toggle) => `${toggle} (with an image)`)];
  return [
    `\`${id}\``,
    nameOf(model),
    inputsText(model.inputs),
    byMode(model, "aspectRatios"),
    byMode(model, "durations"),
    byMode(model, "resolutions"),
    model.audio === "optional" ? `optional, ${model.audioOnByDefault ? "on" : "off"}` : model.audio,
    extras.join(", ") || "-",
    priceText(model),
    model.providers.join(", "),
  ];
}

/** Base credits, or what the provider charges, or nothing at all. */
function priceText({ baseCredits, cost }: VideoModel): string {
  if (baseCredits !== undefined) return `${baseCredits} credits`;
  if (cost === undefined) return "the owner's";
  const inModes = Object.entries(cost.inMode ?? {}).map(([mode, rate]) => `${rateText(rate)} in ${mode}`);
  const withVideos = cost.withReferenceVideos;
  return [
    rateText(cost),
    ...inModes,
    ...(withVideos ? [`${rateText(withVideos)} with reference videos, their seconds included`] : []),
  ].join("; ");
}

function rateText({ perSecond, perThousandTokens, maxSeconds }: VideoRate): string {
  const dollars = (rate: SecondRate) =>
    typeof rate === "number" ? `$${rate}` : `$${rate.silent ?? "?"} ($${rate.sound ?? "?"} with sound)`;
  const isOne = typeof perSecond === "number" || (perSecond && ("silent" in perSecond || "sound" in perSecond));
  const entries = perSecond === undefined || isOne ? [] : Object.entries(perSecond);
  const parts = [
    ...(isOne ? [`${dollars(perSecond)} a second`] : []),
    ...(entries.length > 0
      ? [`${entries.map(([name, rate]) => `${dollars(rate)} at ${name}`).join(", ")} a second`]
      : []),
    ...(perThousandTokens ? [`$${perThousandTokens} for 1000 tokens`] : []),
  ];
  return parts.join(", else ") + (maxSeconds ? ` of ${maxSeconds}` : "");
}

function nameOf({ label, lifecycle }: VideoModel): string {
  return lifecycle.stage === "available" ? label : `${label} (${lifecycle.stage} ${lifecycle.date})`;
}

function inputText(input: ModelInput): string {
  switch (input.kind) {
    case "none":
      return "text";
    case "image":
      return input.endFrame ? "image (and last frame)" : "image";
    case "frames":
      return `first and ${input.endFrame === "required" ? "" : "perhaps "}last frame`;
    case "references":
      return `${input.max} references, or a video and ${input.maxWithVideo}`;
    case "media":
      return [
        count(input.images.max, "reference image"),
        ...(input.videos ? [count(input.videos.max, "video")] : []),
        ...(input.audios ? [count(input.audios.max, "sound")] : []),
      ].join(", ");
    case "keyframes":
      return `${input.min} to ${input.max} keyframes`;
    case "video":
      return "a video";
    case "audio":
      return input.need === "required" ? "a sound" : "perhaps a sound";
  }
}

/** What stands for itself, and what comes beside it. */
function inputsText(inputs: readonly ModelInput[]): string {
  const texts = (isBeside: boolean) => inputs.filter(({ kind }) => (kind === "audio") === isBeside).map(inputText);
  return [texts(false).join(" or "), ...texts(true)].join(", and ");
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Values as a list, with longer runs of whole seconds as `3 to 15`. */
function listText(values: readonly unknown[]): string {
  const numbers = values.filter((value) => typeof value === "number");
  const [first = 0] = numbers;
  const isRun = numbers.length > 4 && numbers.every((number, nth) => number === first + nth);
  const rest = values.filter((value) => typeof value !== "number");
  return (isRun ? [...rest, `${first} to ${numbers[numbers.length - 1]}`] : values).join(", ") || "-";
}

function byMode(model: VideoModel, name: "aspectRatios" | "durations" | "resolutions"): string {
  const exceptions = Object.entries(model.inMode ?? {}).flatMap(([mode, lists]) =>
    lists[name] === undefined ? [] : `${listText(lists[name])} in ${mode}`,
  );
  const atResolutions = Object.entries(name === "durations" ? (model.durationsAt ?? {}) : {}).map(
    ([resolution, values]) => `${listText(values)} at ${resolution}`,
  );
  return [listText(model[name]), ...exceptions, ...atResolutions].join("; ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
