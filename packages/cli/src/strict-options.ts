// What commander lets pass: a value that is empty, an option in the place of a value, and two values of which only the last one would count.
import type { Command, Option } from "commander";
import { UsageError } from "./usage-error.ts";

/** What an option may be given more often than once. Compared by name, such as `reference`. */
export interface StrictOptions {
  readonly lists?: readonly string[];
}

/** Refuses such options of a command, as they are read. Throws {@link UsageError} from its parsing. */
export function refuseLooseOptions(command: Command, { lists = [] }: StrictOptions = {}): Command {
  const given = new Map<string, string>();
  for (const option of command.options) {
    command.on(`option:${option.name()}`, (value?: string | null) => {
      const written = writtenAs(option, value);
      if (typeof value === "string") refuseValue(option, value);
      const before = given.get(option.attributeName());
      if (before !== undefined && !lists.includes(option.name()) && !(before === written && option.isBoolean()))
        throw new UsageError(`${before} and ${written} cannot both be meant. Give one of them.`);
      given.set(option.attributeName(), written);
    });
  }
  return command;
}

function refuseValue(option: Option, value: string): void {
  const name = option.long ?? option.flags;
  if (value.trim() === "")
    throw new UsageError(`${name} is given an empty value. Give ${wantedBy(option)}, or leave it out.`);
  if (value.startsWith("--"))
    throw new UsageError(`${name} needs ${wantedBy(option)}, and "${value}" stands there, which is another option.`);
}

/** `<file or url>` as "a file or url". */
function wantedBy({ flags, argChoices }: Option): string {
  if (argChoices !== undefined) return `one of ${argChoices.join(", ")}`;
  const wanted = /<(.+)>/.exec(flags)?.[1] ?? "value";
  return wanted === "seconds" ? wanted : `${/^[aeio]/.test(wanted) ? "an" : "a"} ${wanted}`;
}

function writtenAs(option: Option, value: string | null | undefined): string {
  const name = option.long ?? option.flags;
  return typeof value === "string" ? `${name} ${value}` : name;
}
