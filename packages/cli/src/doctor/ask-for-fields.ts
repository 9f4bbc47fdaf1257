// Asks a deployment's mutations which arguments they take: as a stranger, with a field that none takes. A function that checks its arguments refuses before it
// runs, and a development deployment says what it would have taken. One that checks none runs, which is why the owner is asked first.
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { SENT, type TakenArgument, type TakenArguments } from "./backend-fields.ts";
import { findingsOf, type Finding } from "./finding.ts";

const found = findingsOf("convex");
/** No function takes it. */
const NO_FIELD = { videoEngineDoctorAsks: true };

/** What was told. Functions that told nothing are missing from `taken`, and `findings` say why. */
export interface AskedFields {
  readonly taken: ReadonlyMap<string, TakenArguments>;
  readonly findings: readonly Finding[];
}

/** `folder`: of the functions, such as `videos/`. */
export async function askForFields(url: string, folder: string): Promise<AskedFields> {
  const client = new ConvexHttpClient(url, { logger: false });
  const taken = new Map<string, TakenArguments>();
  const findings: Finding[] = [];
  const hidden: string[] = [];
  for (const name of Object.keys(SENT)) {
    const answer = await client.mutation(makeFunctionReference<"mutation">(folder + name), NO_FIELD).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    );
    const args = answer === undefined ? undefined : readValidator(answer);
    if (answer === undefined)
      findings.push(found("failed", `${folder}${name} checks no arguments, and ran for a caller who is not signed in`));
    else if (answer.includes("Could not find public function"))
      findings.push(found("failed", `${folder}${name} is not there`));
    else if (args !== undefined) taken.set(name, args);
    else if (isHidden(answer)) hidden.push(name);
    else taken.set(name, "anything");
  }
  if (hidden.length > 0)
    findings.push(found("unknown", `${hidden.length} functions do not say what they take: ${HIDDEN}`));
  return { taken, findings };
}

const HIDDEN =
  "a production deployment hides it. `npx convex function-spec --prod > spec.json`, then --function-spec spec.json";

/** A production deployment says so of every error that is not the app's own. */
function isHidden(message: string): boolean {
  return /^\[Request ID: [^\]]+\] Server Error\s*$/.test(message);
}

/** The arguments in a refusal of Convex's. Undefined: the text is none. */
export function readValidator(message: string): TakenArguments | undefined {
  const [, fields] = /ArgumentValidationError: [\s\S]*\nValidator: v\.object\(\{([\s\S]*)\}\)/.exec(message) ?? [];
  if (fields === undefined) return undefined;
  return Object.fromEntries(membersOf(fields).map(readMember));
}

function readMember(member: string): readonly [string, TakenArgument] {
  const [name = "", ...rest] = member.split(":");
  const type = rest.join(":").trim();
  const isListOfObjects = /^(v\.optional\()?v\.array\(v\.object\(/.test(type);
  return [name.trim(), { isOptional: type.startsWith("v.optional("), isListOfObjects }];
}

/** The parts between the commas that stand in no bracket and in no text. */
function membersOf(fields: string): readonly string[] {
  const members: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: token, index } of fields.matchAll(/"(?:\\.|[^"\\])*"|[([{]|[)\]}]|,/g)) {
    if ("([{".includes(token)) depth += 1;
    else if (")]}".includes(token)) depth -= 1;
    else if (token === "," && depth === 0) {
      members.push(fields.slice(start, index));
      start = index + 1;
    }
  }
  return [...members, fields.slice(start)].filter((member) => member.trim() !== "");
}
