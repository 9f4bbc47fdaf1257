#!/usr/bin/env node
// The command line: picks the command, prints its failure, sets the exit code. Does not know what a command does.
import { cost } from "./commands/cost.ts";
import { generate } from "./commands/generate.ts";
import { models } from "./commands/models.ts";
import { resume } from "./commands/resume.ts";
import { serve } from "./commands/serve.ts";
import { UsageError } from "./flags.ts";
import { failureLines } from "./failure-lines.ts";

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  generate,
  resume,
  models,
  cost,
  serve,
};

const HELP = `video-engine: generate AI videos by credits.

  video-engine generate "a corgi surfing" --model vid-veo-3.1-fast --duration 8
  video-engine models          the models and what each offers
  video-engine cost            what each costs; with --model: line by line

  video-engine serve           a backend, routes and a provider that outlive a command
  video-engine resume          resumes what a killed command left there

  --help after a command       its flags
  --json after a command       one JSON document on standard output

Without CONVEX_URL it brings its own Convex backend, without FAL_KEY and KIE_API_KEY its own provider: no account, no key.`;

/** Runs one command. Returns the exit code: 0 done, 1 failed, 2 wrong use, 130 canceled. */
export async function run(args: readonly string[]): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    console.log(HELP);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (command === undefined)
      throw new UsageError(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(", ")}.`);
    return await command(rest);
  } catch (thrown) {
    if (rest.includes("--json")) console.log(JSON.stringify({ ok: false, error: errorData(thrown) }));
    for (const line of failureLines(thrown)) console.error(line);
    return thrown instanceof UsageError ? 2 : 1;
  }
}

function errorData(thrown: unknown): unknown {
  if (thrown instanceof UsageError) return { code: "usage", message: thrown.message };
  return thrown instanceof Error && "toJSON" in thrown ? thrown : { code: "internal", message: String(thrown) };
}

// Not exit(): pending output is still printed, and a socket that was left open shows as a command that does not end.
process.exitCode = await run(process.argv.slice(2));
