// Which options of `backend` fit a deployment, by what its functions take: from Convex's own list of them, or by asking.
import { askForFields } from "./ask-for-fields.ts";
import { findingsOfFields, SENT, type TakenArguments } from "./backend-fields.ts";
import { FOLDERS } from "./check-convex.ts";
import { findingsOf, type Finding } from "./finding.ts";
import { readFunctionSpec } from "./read-function-spec.ts";

const found = findingsOf("convex");

/** By the text of `npx convex function-spec`. Calls nothing. */
export function checkFieldsBySpec(text: string): readonly Finding[] {
  const all = readFunctionSpec(text);
  if (all === undefined)
    return [
      found("failed", "--function-spec is no output of `npx convex function-spec`, which is JSON with `functions`"),
    ];
  const folder = FOLDERS.find((one) => all.has(`${one}users:reserveCredits`)) ?? "";
  const missing = Object.keys(SENT).filter((name) => !all.has(folder + name));
  const taken = Object.keys(SENT).flatMap((name): [string, TakenArguments][] => {
    const args = all.get(folder + name);
    return args === undefined ? [] : [[name, args]];
  });
  return [
    ...missing.map((name) => found("failed", `${folder}${name} is not among the public mutations`)),
    ...findingsOfFields(new Map(taken)),
  ];
}

/** By asking the mutations, as {@link askForFields} does. */
export async function checkFieldsByAsking(url: string): Promise<readonly Finding[]> {
  for (const folder of FOLDERS) {
    const { taken, findings } = await askForFields(url, folder);
    const isThere = findings.filter(({ text }) => text.endsWith("is not there")).length < Object.keys(SENT).length;
    if (isThere) return [...findings, ...findingsOfFields(taken)];
  }
  return [];
}
