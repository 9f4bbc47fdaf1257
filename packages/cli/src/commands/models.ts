// `video-engine models`: what there is, as the picker shows it.
import { Command } from "commander";
import {
  getVideoModel,
  sortedVideoModels,
  traitsOf,
  type VideoDuration,
  type VideoModelId,
} from "@video-engine/video-models";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { pricing } from "../pricing.ts";
import { print } from "../standard-output.ts";
import { strict } from "../flags.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage-error.ts";

/** The command. Calls `end` with the exit code. */
export function modelsCommand(end: (code: ExitCode) => void): Command {
  const command = new Command("models")
    .summary("the models, what each offers, and its lowest price")
    .argument("[filter]", "a part of an id, a label, a company or an input, such as kling, or frames")
    .option("--all", "retired models, too")
    .option("--json", "as JSON")
    .addHelpText("after", EXAMPLES)
    .action((filter: string | undefined, flags: { all?: boolean; json?: boolean }) => end(models(filter, flags)));
  return strict(command);
}

const EXAMPLES = `
Examples:
  video-engine models
  video-engine models kling
  video-engine models frames --json`;

function models(filter = "", { all = false, json = false }: { all?: boolean; json?: boolean }): ExitCode {
  const words = filter.trim().toLowerCase();
  const listed = sortedVideoModels({ includeRetired: all, pricing })
    .map(({ id }) => describe(id))
    .filter(({ id, label, company, takes }) => [id, label, company, ...takes].join("\n").toLowerCase().includes(words));
  if (listed.length === 0)
    throw new UsageError(`No model has "${filter}" in its id, label, company or inputs. See: video-engine models`);
  if (json) {
    print(JSON.stringify(listed));
    return EXIT.done;
  }
  const header = ["model", "from", "label", "takes", "durations", "resolutions", "aspect ratios", "audio"];
  const rows = listed.map((model) => [
    ...[model.id, String(model.credits)],
    ...[model.stage === "available" ? model.label : `${model.label} (${model.stage})`, model.takes.join(", ")],
    ...[inRanges(model.durations), model.resolutions.join(" ") || "-", model.aspectRatios.join(" ") || "-"],
    model.audio,
  ]);
  print(table(header, rows, { right: ["from"] }));
  return EXIT.done;
}

/** 3 4 5 6 8 as 3-6 8. */
function inRanges(durations: readonly VideoDuration[]): string {
  const ranges: (readonly [VideoDuration, VideoDuration])[] = [];
  for (const duration of durations) {
    const [from, to] = ranges.at(-1) ?? [];
    if (from !== undefined && typeof to === "number" && duration === to + 1)
      ranges[ranges.length - 1] = [from, duration];
    else ranges.push([duration, duration]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(" ") || "-";
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
