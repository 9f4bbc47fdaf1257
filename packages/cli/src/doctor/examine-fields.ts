// The doctor's two ways to learn which fields the functions take, and the consent that one of them needs.
import { readFileSync } from "node:fs";
import { calledFrom } from "../called-from.ts";
import { canAsk } from "../can-ask.ts";
import { fileReason, UsageError } from "../usage-error.ts";
import { checkFieldsByAsking, checkFieldsBySpec } from "./check-fields.ts";
import type { Finding } from "./finding.ts";

const HOW_IT_IS_ASKED =
  "Each function is called once, by no user, with a field that none takes. One that checks its arguments refuses before it runs.";

/** What the command was told. */
export interface FieldFlags {
  /** Ask the functions. */
  readonly fields?: boolean;
  /** A file with the output of `npx convex function-spec`. */
  readonly functionSpec?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
}

/** Nothing where neither flag is given. Throws where there is no consent. */
export async function examineFields(flags: FieldFlags, convexUrl: string | undefined): Promise<readonly Finding[]> {
  const { fields = false, functionSpec, yes = false } = flags;
  if (functionSpec !== undefined) return checkFieldsBySpec(readText(functionSpec));
  if (!fields) return [];
  if (!convexUrl) throw new UsageError("--fields needs CONVEX_URL: the address of your deployment.");
  if (!canAsk(flags)) throw new UsageError(`--fields: ${HOW_IT_IS_ASKED} Add --yes if ${convexUrl} is yours.`);
  const { confirm } = await import("@clack/prompts");
  const message = `${HOW_IT_IS_ASKED} Is ${convexUrl} yours, and do you agree?`;
  const isAgreed = yes || (await confirm({ message, initialValue: false })) === true;
  return isAgreed ? await checkFieldsByAsking(convexUrl) : [];
}

function readText(file: string): string {
  try {
    return readFileSync(calledFrom(file), "utf8");
  } catch (cause) {
    const reason = fileReason(cause) ?? String(cause);
    throw new UsageError(
      `--function-spec is "${file}", which cannot be read: ${reason}. Write it: npx convex function-spec > spec.json`,
      { cause },
    );
  }
}
