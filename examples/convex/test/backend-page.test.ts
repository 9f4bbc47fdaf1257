// The table of docs/backend.md is what the validators here take.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as deployedArgs from "../convex/model/deployedArgs.ts";
import * as plannedArgs from "../convex/model/plannedArgs.ts";

const [deployed, planned] = [{ ...deployedArgs }, { ...plannedArgs }];

const page = readFileSync(new URL("../../../docs/backend.md", import.meta.url), "utf8");

/** The arguments of each function of the table: those that are sent always, and those that `fields` adds. */
const rows = new Map(
  page.split("\n").flatMap((line) => {
    const [, name = "", always = "", more = ""] = line.split("|").map((cell) => cell.trim());
    const [path] = /^`(\w+:\w+)`$/.exec(name)?.slice(1) ?? [];
    return path === undefined ? [] : [[path, { always: namesIn(always), more: namesIn(more) }] as const];
  }),
);

function namesIn(cell: string): readonly string[] {
  // A name in brackets is that of the option.
  return [...cell.replaceAll(/\(.*?\)/g, "").matchAll(/`(\w+)`/g)].map(([, name = ""]) => name).toSorted();
}

const FUNCTIONS = {
  "generations:acquireGenerationSlot": "acquireSlot",
  "generations:updateGenerationStatus": "closeSlot",
  "users:reserveCredits": "amount",
  "users:captureReservedCredits": "amount",
  "users:releaseReservedCredits": "amount",
  "sessions:createSession": "createSession",
  "sessions:addGenerationToSession": "addRow",
  "sessions:updateGeneration": "updateRow",
} as const;

/** What the plan names and the engine never sends, or only where an app asks for it. */
const NOT_SENT = new Set([
  "sessions:addGenerationToSession externalRequestId",
  "sessions:addGenerationToSession providerEndpoint",
  "sessions:createSession forceNew",
]);

test.each(Object.entries(FUNCTIONS))("%s is sent what is deployed, and with fields what is planned", (path, args) => {
  const [known, all] = [Object.keys(deployed[args]), Object.keys(planned[args])];
  const more = all.filter((name) => !known.includes(name) && !NOT_SENT.has(`${path} ${name}`));
  expect(rows.get(path)).toEqual({ always: known.toSorted(), more: more.toSorted() });
});

test("the table lists every function, and no other", () => {
  expect([...rows.keys()].toSorted()).toEqual(Object.keys(FUNCTIONS).toSorted());
});
