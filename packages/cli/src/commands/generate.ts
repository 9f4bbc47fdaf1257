// `video-engine generate`: one video, from the prompt to a file on disk, with the credits shown at each step.
import { Command, Option } from "commander";
import { findVideoModel } from "@video-engine/video-models";
import type { GenerateRequest } from "@video-engine/video-sdk";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { addVideoFlags, DEFAULT_MODEL, strict, toCredits, type VideoFlagValues } from "../flags.ts";
import { followGeneration } from "../follow-generation.ts";
import type { Interrupts } from "../interrupts.ts";
import { readRequest } from "../judge-request.ts";
import { openOutput, type Output } from "../open-output.ts";
import { refuseScenario } from "../refuse-scenario.ts";
import { createReport, type ReportFlags } from "../report.ts";
import { readSettings, type Settings } from "../settings.ts";
import { UsageError } from "../usage-error.ts";

interface GenerateFlags extends VideoFlagValues, ReportFlags {
  readonly output?: string;
  readonly credits?: number;
  readonly operationIds?: boolean;
}

const DEMO_CREDITS = 1_000;

const EXAMPLES = `
Ctrl-C cancels and says what became of the credits; a second one leaves at once.

Examples:
  video-engine generate "a corgi surfing"
  video-engine generate "a corgi surfing" --model vid-veo-3.1-fast --duration 8
  video-engine generate "waves" --image beach.png --output waves.mp4
  video-engine generate "a corgi surfing" --json | jq -r .file`;

/** The command. Calls `end` with the exit code. */
export function generateCommand(end: (code: ExitCode) => void, interrupts: Interrupts): Command {
  const command = new Command("generate")
    .summary("one video, from a prompt to a file")
    .argument("[prompt]", "what the video shows, in quotes; some models take none")
    .option("--model <id>", "see: video-engine models", DEFAULT_MODEL);
  addVideoFlags(command)
    .option("--output <file>", "where to save (default: out/<time>.mp4)")
    .option("--credits <n>", `what the demo backend's user starts with (default: ${DEMO_CREDITS})`, toCredits)
    .option("--operation-ids", "use the backend functions that take operation ids")
    .addOption(new Option("--json", "one JSON document at the end").conflicts(["jsonStream", "quiet"]))
    .addOption(new Option("--json-stream", "a JSON event a line, as it happens").conflicts("quiet"))
    .option("--quiet", "only the result")
    .addHelpText("after", EXAMPLES)
    .action(async (prompt: string | undefined, flags: GenerateFlags) => end(await generate(prompt, flags, interrupts)));
  return strict(command);
}

const NO_PROMPT = 'generate takes a prompt in quotes, such as: video-engine generate "a corgi surfing"';

function needsPrompt(model: string): boolean {
  const { min = 1, max } = findVideoModel(model)?.promptLimit ?? { max: 0 };
  return max > 0 && min > 0;
}

/** Generates one video. Throws what stands in the way before anything is called. */
async function generate(prompt: string | undefined, flags: GenerateFlags, interrupts: Interrupts): Promise<ExitCode> {
  const settings = readSettings(process.env);
  if (flags.credits !== undefined && settings.convexUrl !== undefined)
    throw new UsageError("--credits is what the demo backend's user starts with, and CONVEX_URL names your own.");
  if (prompt === undefined && needsPrompt(flags.model ?? DEFAULT_MODEL)) throw new UsageError(NO_PROMPT);
  const request = await readRequest(prompt ?? "", flags);
  await refuseScenario(request, settings);
  const output = await openOutput(flags.output ?? `out/${fileTime(new Date())}.mp4`, {
    isNumbered: flags.output === undefined,
  });
  try {
    return await inApp({ request, flags, output, settings, interrupts });
  } finally {
    output.close();
  }
}

interface Order {
  readonly request: GenerateRequest;
  readonly flags: GenerateFlags;
  readonly output: Output;
  readonly settings: Settings;
  readonly interrupts: Interrupts;
}

async function inApp({ request, flags, output, settings, interrupts }: Order): Promise<ExitCode> {
  const starting = createReport(flags);
  const leave = (): void => {
    output.close();
    starting.left({ status: "canceled", settlement: "none" }, ["canceled before it began: you were not charged."]);
  };
  return await interrupts.during({ leave }, async () => {
    starting.note("starting ...");
    // Loaded only now: a wrong flag is answered at once, and this line stands there while the parts are loaded.
    const { openApp } = await import("../compose.ts");
    const { credits = DEMO_CREDITS, operationIds = false } = flags;
    const app = await openApp({ credits, takesOperationIds: operationIds, settings });
    const { jobMs: usualMs, areVideosLasting, description } = app.services;
    const report = createReport(flags, { usualMs, areVideosLasting });
    report.note(description);
    let code: ExitCode | undefined;
    // What is closed now has been told.
    const closing = (): void => process.exit(code ?? EXIT.failed);
    try {
      code = await followGeneration({ app, request, report, output, interrupts });
      return code;
    } finally {
      report.end();
      await interrupts.during({ leave: closing }, async () => {
        await app.close().catch((cause: unknown) => console.error(`Not everything could be closed: ${String(cause)}`));
      });
    }
  });
}

/** A name that sorts by time and that every file system takes: 20261130-142501. */
function fileTime(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
