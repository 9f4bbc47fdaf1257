// `npm run prices -- --credit-value 0.01 --margin 0.4`, or `-- --pricing src/pricing.ts` for a module that exports `pricing`: what every model
// and option is sold for, what it costs, what is left, and what sells below cost. Needs no key and makes no call.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createPricing, type VideoPricing } from "../src/pricing.ts";
import { priceRows, type PriceRow } from "./price-rows.ts";

const { values } = parseArgs({
  options: {
    "credit-value": { type: "string", default: "0.01" },
    margin: { type: "string", default: "0.4" },
    "below-cost": { type: "boolean", default: false },
    pricing: { type: "string" },
  },
});

/** The prices of the module, from the folder in which npm was called; without one, those of the flags. */
async function readPricing(file: string | undefined): Promise<VideoPricing> {
  if (file === undefined) {
    return createPricing({ creditValueUsd: Number(values["credit-value"]), margin: Number(values.margin) });
  }
  const { href } = pathToFileURL(resolve(process.env["INIT_CWD"] ?? ".", file));
  const { pricing }: { readonly pricing: VideoPricing } = await import(href);
  return pricing;
}

const pricing = await readPricing(values.pricing);
const { creditValueUsd = Number(values["credit-value"]), margin = 0 } = pricing.table;
const rows = priceRows(pricing, creditValueUsd);
const isBelowCost = ({ margin }: PriceRow) => margin !== undefined && margin < 0;
const percent = (margin: number | undefined) => (margin === undefined ? "?" : `${Math.round(margin * 100)} %`);

const shown = values["below-cost"] ? rows.filter(isBelowCost) : rows;
const lines = shown.map((row) => [
  row.model,
  row.mode,
  row.option,
  row.credits === undefined ? "none" : String(row.credits),
  row.costUsd === undefined ? "?" : row.costUsd.toFixed(4),
  percent(row.margin),
  isBelowCost(row) ? "BELOW COST" : "",
]);
const table = [["model", "mode", "option", "credits", "cost $", "margin", ""], ...lines];
const widths = table[0]?.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0))) ?? [];
for (const cells of table) {
  process.stdout.write(
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd()}\n`,
  );
}

const modelsOf = (fits: (row: PriceRow) => boolean) => [...new Set(rows.filter(fits).map(({ model }) => model))];
const sentence = (names: readonly string[], what: string) =>
  process.stdout.write(`\n${names.length} models ${what}${names.length > 0 ? `: ${names.join(", ")}` : ""}\n`);
process.stdout.write(`\n${rows.length} options; a credit is worth $${creditValueUsd}, the margin is ${margin}\n`);
sentence(modelsOf(isBelowCost), "have options that sell below cost");
sentence(
  modelsOf(({ credits }) => credits === undefined),
  "have options without a price",
);
sentence(
  modelsOf(({ costUsd }) => costUsd === undefined),
  "have options whose cost is not published",
);
