// Writes the golden table of prices: every model with every option that is priced, and every length that the app or we offer.
// Computes them independently, in exact fractions and from the app's own facts, so that a test can compare cost.ts with them.
import { readFileSync, writeFileSync } from "node:fs";
import { findVideoModel, VIDEO_MODELS, videoModelIds } from "../src/registry.ts";

interface AppModel {
  readonly id: string;
  readonly baseCreditCost: number;
  readonly supportsAudio?: boolean;
  readonly supportsWatermarkToggle?: boolean;
  readonly allowedDurations: readonly number[];
  readonly allowedResolutions?: readonly string[];
}

// The app's facts have no flag for fast mode.
const FAST_MODELS = ["vid-hailuo-2.3-pro", "vid-hailuo-2.3"];

const fixture = (name: string) => new URL(`../src/__fixtures__/${name}`, import.meta.url);
const app: { readonly models: readonly AppModel[] } = JSON.parse(readFileSync(fixture("app-models.json"), "utf8"));

/** Those that the rule prices; the app has them all. */
const models = videoModelIds()
  .filter((id) => VIDEO_MODELS[id].baseCredits !== undefined)
  .flatMap((id) => app.models.find((model) => model.id === id) ?? []);

const timesRoundedUp = (credits: bigint, numerator: bigint, denominator: bigint) =>
  (credits * numerator + denominator - 1n) / denominator;

interface Options {
  readonly resolution?: string;
  readonly hasAudio?: boolean;
  readonly duration?: number;
  readonly fastMode?: boolean;
  readonly removeWatermark?: boolean;
}

/** Every combination that is priced, and each with one option left out. */
function optionsOf(model: AppModel): readonly Options[] {
  const offered = findVideoModel(model.id);
  const choices: readonly (readonly Options[])[] = [
    [...new Set([...(model.allowedResolutions ?? []), ...(offered?.resolutions ?? [])])].map((resolution) => ({
      resolution,
    })),
    [...new Set([...model.allowedDurations, ...(offered?.durations ?? []).filter((length) => length !== "auto")])].map(
      (duration) => ({ duration }),
    ),
    model.supportsAudio ? [{ hasAudio: true }] : [],
    FAST_MODELS.includes(model.id) ? [{ fastMode: true }] : [],
    model.supportsWatermarkToggle ? [{ removeWatermark: true }] : [],
  ];
  return choices.reduce<readonly Options[]>(
    (combinations, values) =>
      combinations.flatMap((options) => [options, ...values.map((value) => ({ ...options, ...value }))]),
    [{}],
  );
}

function creditsOf(base: number, { resolution, hasAudio, duration, fastMode, removeWatermark }: Options): bigint {
  let credits = BigInt(base);
  if (resolution === "1080p") credits = timesRoundedUp(credits, 3n, 2n);
  if (hasAudio) credits = timesRoundedUp(credits, 6n, 5n);
  if (duration !== undefined && duration > 5) credits = timesRoundedUp(credits, BigInt(duration), 5n);
  if (fastMode) credits = timesRoundedUp(credits, 7n, 10n);
  if (removeWatermark) credits = timesRoundedUp(credits, 13n, 10n);
  return credits;
}

const tables = models.map((model) => {
  const rows = optionsOf(model).map(
    (options) => `    [${JSON.stringify(options)}, ${creditsOf(model.baseCreditCost, options)}]`,
  );
  return `  "${model.id}": [\n${rows.join(",\n")}\n  ]`;
});
writeFileSync(fixture("cost-table.json"), `{\n${tables.join(",\n")}\n}\n`);
