// Renders the tables of the package's README from the registry and from the list of departures. Writes nothing.
import { readFileSync } from "node:fs";
import { VIDEO_MODELS, type VideoModelId, videoModelIds } from "../src/registry.ts";
import type { ModelInput, VideoModel } from "../src/model.ts";

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
      ["id", "name", "from", "shapes", "seconds", "lines", "sound", "extras", "base credits", "providers"],
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
    model.inputs.map(inputText).join(" or "),
    byMode(model, "aspectRatios"),
    byMode(model, "durations"),
    byMode(model, "resolutions"),
    model.audio === "optional" ? `optional, ${model.audioOnByDefault ? "on" : "off"}` : model.audio,
    extras.join(", ") || "-",
    String(model.baseCredits ?? "-"),
    model.providers.join(", "),
  ];
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
        `${input.images.max} reference images`,
        ...(input.videos ? [`${input.videos.max} videos`] : []),
        ...(input.audios ? [`${input.audios.max} sounds`] : []),
      ].join(", ");
    case "keyframes":
      return `${input.min} to ${input.max} keyframes`;
    case "video":
      return "a video";
    case "audio":
      return input.need === "required" ? "a sound" : "perhaps a sound";
  }
}

function byMode(model: VideoModel, name: "aspectRatios" | "durations" | "resolutions"): string {
  const text = (values: readonly unknown[]) => values.join(", ") || "-";
  const exceptions = Object.entries(model.inMode ?? {}).flatMap(([mode, lists]) =>
    lists[name] === undefined ? [] : `${text(lists[name])} in ${mode}`,
  );
  const atResolutions = Object.entries(name === "durations" ? (model.durationsAt ?? {}) : {}).map(
    ([resolution, values]) => `${text(values)} at ${resolution}`,
  );
  return [text(model[name]), ...exceptions, ...atResolutions].join("; ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
