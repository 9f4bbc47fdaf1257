// `video-engine models`: what there is, as the picker shows it.
import {
  getVideoModel,
  sortedVideoModels,
  traitsOf,
  type VideoDuration,
  type VideoModelId,
} from "@video-engine/video-models";
import { parseFlags } from "../flags.ts";
import { pricing } from "../pricing.ts";
import { table } from "../table.ts";

const HELP = `video-engine models [--all] [--json]

Lists the models in the picker's order.
  --all     retired models too
  --json    as JSON`;

/** Prints the models. */
export async function models(args: readonly string[]): Promise<number> {
  const { values } = parseFlags(args, { all: { type: "boolean" } });
  if (values.help === true) return print(HELP);
  const listed = sortedVideoModels({ includeRetired: values.all === true, pricing }).map(({ id }) => describe(id));
  if (values.json === true) return print(JSON.stringify(listed));
  const header = ["model", "label", "from", "durations", "resolutions", "aspect ratios", "audio", "takes"];
  const rows = listed.map((model) => [
    ...[model.id, model.stage === "available" ? model.label : `${model.label} (${model.stage})`, String(model.credits)],
    ...[model.durations.join(" ") || "-", model.resolutions.join(" ") || "-", model.aspectRatios.join(" ") || "-"],
    ...[model.audio, model.takes.join(", ")],
  ]);
  return print(table(header, rows, ["from"]));
}

interface Description {
  readonly id: VideoModelId;
  readonly label: string;
  readonly company: string;
  readonly description: string;
  readonly credits: number;
  readonly durations: readonly VideoDuration[];
  readonly resolutions: readonly string[];
  readonly aspectRatios: readonly string[];
  readonly audio: string;
  readonly takes: readonly string[];
  readonly specs: readonly string[];
  readonly stage: "available" | "deprecated" | "retired";
}

function describe(id: VideoModelId): Description {
  const { label, company, description, durations, resolutions, aspectRatios, audio, inputs, lifecycle } =
    getVideoModel(id);
  return {
    id,
    label,
    company,
    description,
    durations,
    resolutions,
    aspectRatios,
    audio,
    credits: pricing.calculateVideoCost(id),
    takes: inputs.map(({ kind }) => (kind === "none" ? "text" : kind)),
    specs: traitsOf(id).specs,
    stage: lifecycle.stage,
  };
}

function print(text: string): number {
  console.log(text);
  return 0;
}
