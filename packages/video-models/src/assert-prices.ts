// Refuses numbers that are no prices, each by its name: an owner finds out when the app starts, and not by what was sold for nothing.
import { assertNumber } from "./assert-number.ts";
import type { VideoModel } from "./model.ts";
import type { PriceTable } from "./price-table.ts";

/** Every entry of a table, so that a new one does not compile until it is checked here. */
const ENTRIES: Readonly<Record<keyof PriceTable, true>> = {
  baseCredits: true,
  includedSeconds: true,
  resolutionFactors: true,
  audioFactor: true,
  fastModeFactor: true,
  removeWatermarkFactor: true,
  creditValueUsd: true,
  margin: true,
  costs: true,
};

/**
 * Throws a RangeError, naming the entry, for one that there is none of; a base price that is not whole or below 0; a factor, a credit's value or
 * a cost that is no number above 0; and a margin that is not 0 to less than 1.
 */
export function assertPriceTable(table: PriceTable, models: Readonly<Record<string, VideoModel>>): void {
  const { baseCredits, resolutionFactors, costs, creditValueUsd = 1, margin = 0 } = table;
  for (const name of Object.keys(table)) assertKnown(name, ENTRIES, name);
  const { includedSeconds, audioFactor, fastModeFactor, removeWatermarkFactor } = table;
  const factors = { includedSeconds, audioFactor, fastModeFactor, removeWatermarkFactor, creditValueUsd };
  assertBaseCredits(asObject(baseCredits, "baseCredits"), models);
  for (const [name, factor] of Object.entries(factors)) assertAbove0(factor, name);
  for (const [name, factor] of Object.entries(asObject(resolutionFactors, "resolutionFactors"))) {
    assertAbove0(factor, `resolutionFactors["${name}"]`);
  }
  const isMargin = typeof margin === "number" && margin >= 0 && margin < 1;
  assertNumber(isMargin, "margin must be 0 to less than 1", margin);
  for (const [id, cost] of Object.entries(costs ?? {})) assertCost(cost, `costs["${id}"]`);
}

function assertBaseCredits(given: Readonly<Record<string, unknown>>, models: Readonly<Record<string, VideoModel>>) {
  const needed = Object.keys(models).filter((id) => models[id]?.baseCredits !== undefined);
  for (const id of new Set([...needed, ...Object.keys(given)])) {
    const credits = given[id];
    if (credits === undefined && !needed.includes(id)) continue;
    const isPrice = Number.isSafeInteger(credits) && Number(credits) >= 0;
    assertNumber(isPrice, `baseCredits["${id}"] must be whole, 0 or more`, credits);
  }
}

type Members = Readonly<Record<string, (value: unknown, name: string) => void>>;

const RATE_MEMBERS: Members = {
  perVideo: assertAbove0,
  perSecond: assertSecondRates,
  perThousandTokens: assertAbove0,
  maxSeconds: assertAbove0,
  referenceSeconds: assertAbove0,
};

function assertCost(cost: unknown, name: string): void {
  assertRate(cost, name, {
    ...RATE_MEMBERS,
    inMode(modes, at) {
      for (const [mode, rate] of Object.entries(asObject(modes, at))) assertRate(rate, `${at}.${mode}`, RATE_MEMBERS);
    },
    withReferenceVideos: (rate, at) => assertRate(rate, at, RATE_MEMBERS),
  });
}

function assertRate(rate: unknown, name: string, members: Members): void {
  for (const [member, value] of Object.entries(asObject(rate, name))) {
    const at = `${name}.${member}`;
    assertKnown(member, members, at);
    if (value !== undefined) members[member]?.(value, at);
  }
}

/** A rate, or rates with and without sound, or either by resolution. */
function assertSecondRates(rate: unknown, name: string): void {
  if (typeof rate !== "object") return assertAbove0(rate, name);
  for (const [member, value] of Object.entries(asObject(rate, name))) {
    if (value !== undefined) assertSecondRates(value, `${name}.${member}`);
  }
}

/** A factor below a millionth would be rounded to 0. */
function assertAbove0(value: unknown, name: string): void {
  assertNumber(Number.isFinite(value) && Number(value) >= 1e-6, `${name} must be a number above 0`, value);
}

function assertKnown(name: string, known: object, at: string): void {
  if (Object.hasOwn(known, name)) return;
  throw new RangeError(`${at}: there is no such price. There are ${Object.keys(known).join(", ")}.`);
}

function asObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new RangeError(`${name} must be an object; got ${String(value)}.`);
}
