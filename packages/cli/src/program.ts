// The command line: picks the command, prints its failure, sets the exit code. Does not know what a command does.
import { Command, CommanderError } from "commander";
import { costCommand } from "./commands/cost.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { generateCommand } from "./commands/generate.ts";
import { initCommand } from "./commands/init.ts";
import { modelsCommand } from "./commands/models.ts";
import { resumeCommand } from "./commands/resume.ts";
import { serveCommand } from "./commands/serve.ts";
import { EXIT, exitCodeOf, type ExitCode } from "./exit-codes.ts";
import { failureData, failureLines } from "./failure-lines.ts";
import type { Interrupts } from "./interrupts.ts";
import { formIn, refusalIn } from "./output-form.ts";
import { allPrinted, printKept } from "./standard-output.ts";
import { UsageError } from "./usage-error.ts";
import manifest from "../package.json" with { type: "json" };

const HELP = `
Without CONVEX_URL it brings a backend of its own, without FAL_KEY and
KIE_API_KEY a provider of its own: no account, no key.

Examples:
  video-engine generate "a corgi surfing"
  video-engine generate "a corgi surfing" --model vid-veo-3.1-fast --duration 8
  video-engine init --dry-run
  video-engine models kling
  video-engine cost --model vid-veo-3.1 --resolution 1080p

Exit codes:
    0  done
    1  failed: the reason and what became of the credits are printed
    2  refused before anything was called
    3  made and charged, but not saved on this disk
    4  done, but standard output could not be written
  130  canceled by Ctrl-C; 143 by SIGTERM, 129 by a closed terminal`;

/** Runs one command. Returns the exit code. */
export async function run(args: readonly string[], interrupts: Interrupts): Promise<ExitCode> {
  try {
    const code = await runCommand(args, interrupts);
    const isPrinted = await allPrinted();
    return code === EXIT.done && !isPrinted ? EXIT.notPrinted : code;
  } catch (thrown) {
    const failure = asUsageError(thrown);
    const form = formIn(args);
    if (form !== "text") printKept(refusalIn(form, failureData(failure)));
    for (const line of failureLines(failure, helpFor(args))) console.error(line);
    await allPrinted();
    return exitCodeOf(failure);
  }
}

async function runCommand(args: readonly string[], interrupts: Interrupts): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const all = program((ended) => (code = ended), interrupts);
  try {
    await all.parseAsync(args.length === 0 ? ["--help"] : args, { from: "user" });
    return code;
  } catch (thrown) {
    // The help and the version, which were printed.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.done;
    throw thrown;
  }
}

// A command's own help lists the flags that could have been meant.
function helpFor([name = ""]: readonly string[]): string {
  return COMMANDS.includes(name) ? `video-engine ${name} --help` : "video-engine --help";
}

function program(end: (code: ExitCode) => void, interrupts: Interrupts): Command {
  const all = new Command("video-engine")
    .description("Generates AI videos by credits.")
    .version(manifest.version, "--version", "the version")
    .addHelpText("after", HELP);
  const commands = [
    ...[generateCommand(end, interrupts), initCommand(end), modelsCommand(end), costCommand(end)],
    ...[resumeCommand(end, interrupts), serveCommand(end, interrupts), doctorCommand(end, interrupts)],
  ];
  for (const command of commands) all.addCommand(command);
  // Failures are printed once, above, in the form that was asked for.
  for (const command of [all, ...commands]) command.exitOverride().configureOutput({ outputError: () => undefined });
  return all;
}

function asUsageError(thrown: unknown): unknown {
  if (!(thrown instanceof CommanderError)) return thrown;
  const message = thrown.message.replace(/^error: /, "").replaceAll("\n", " ");
  return new UsageError(`${message}.${HINTS.get(thrown.code) ?? ""}`.replaceAll(/([.)])\./g, "$1"), { cause: thrown });
}

const COMMANDS = ["generate", "init", "models", "cost", "resume", "serve", "doctor"];

const HINTS: ReadonlyMap<string, string> = new Map([
  ["commander.unknownCommand", ` There are: ${COMMANDS.join(", ")}.`],
  [
    "commander.excessArguments",
    ' What has several words needs quotes, such as: video-engine generate "a corgi surfing"',
  ],
]);
