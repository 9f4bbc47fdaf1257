// `video-engine generate`: one video, from the prompt to a file on disk, with the credits shown at each step.
import { Command, Option } from "commander";
import type { GenerateRequest, Generation, GenerationOutcome } from "@video-engine/video-sdk";
import type { App } from "../compose.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { SETTLEMENT_SENTENCES } from "../failure-lines.ts";
import { addVideoFlags, DEFAULT_MODEL, readRequest, toCredits, type VideoFlagValues } from "../flags.ts";
import { onInterrupt } from "../on-interrupt.ts";
import { createReport, type Balance, type Report, type ReportFlags, type Saved } from "../report.ts";
import { openOutput, reasonOf, type Output } from "../save-video.ts";

interface GenerateFlags extends VideoFlagValues, ReportFlags {
  readonly output: string;
  readonly credits: number;
  readonly operationIds?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function generateCommand(end: (code: ExitCode) => void): Command {
  const command = new Command("generate")
    .summary("one video, from a prompt to a file")
    .argument("<prompt>", "what the video shows, in quotes")
    .option("--model <id>", "see: video-engine models", DEFAULT_MODEL);
  return addVideoFlags(command)
    .option("--output <file>", "where to save", "out/<time>.mp4")
    .option("--credits <n>", "what the demo backend's user starts with", toCredits, 1_000)
    .option("--operation-ids", "use the backend functions that take operation ids")
    .addOption(new Option("--json", "one JSON document at the end").conflicts(["jsonStream", "quiet"]))
    .addOption(new Option("--json-stream", "a JSON event a line, as it happens").conflicts("quiet"))
    .option("--quiet", "only the result")
    .addHelpText("after", "\nCtrl-C cancels and says what became of the credits; a second one leaves at once.")
    .action(async (prompt: string, flags: GenerateFlags) => end(await generate(prompt, flags)));
}

/** Generates one video. Throws what stands in the way before anything is called. */
async function generate(prompt: string, flags: GenerateFlags): Promise<ExitCode> {
  const request = await readRequest(prompt, flags);
  const output = await openOutput(flags.output.replace("<time>", fileTime(new Date())));
  try {
    return await inApp({ request, flags, output });
  } finally {
    await output.close();
  }
}

interface Order {
  readonly request: GenerateRequest;
  readonly flags: GenerateFlags;
  readonly output: Output;
}

async function inApp({ request, flags, output }: Order): Promise<ExitCode> {
  const starting = createReport(flags);
  starting.note("starting ...");
  // Loaded only now: a wrong flag is answered at once, and this line stands there while the parts are loaded.
  const { openApp } = await import("../compose.ts");
  const app = await openApp({ credits: flags.credits, takesOperationIds: flags.operationIds === true });
  const report = createReport(flags, app.services.jobMs);
  report.note(app.services.description);
  try {
    return await run({ app, request, report, output });
  } finally {
    report.end();
    await app.close();
  }
}

interface Run {
  readonly app: App;
  readonly request: GenerateRequest;
  readonly report: Report;
  readonly output: Output;
}

async function run({ app, request, report, output }: Run): Promise<ExitCode> {
  const before = await app.balance();
  const generation = app.engine.generate(request);
  report.begun({ id: generation.id, credits: generation.getSnapshot().credits, before });
  const left = new AbortController();
  const stopListening = onInterrupt({
    cancel() {
      report.note("canceling: asking the provider to stop. Press Ctrl-C again to leave at once.");
      left.abort();
      void generation.cancel();
    },
    leave() {
      report.end();
      for (const line of leftLines(generation, app)) console.error(line);
    },
  });
  try {
    await follow(generation, app, report);
    const outcome = await generation.outcome;
    report.decided(outcome, await app.balance().catch(() => undefined));
    return outcome.status === "completed"
      ? await save(outcome, { output, report, signal: left.signal })
      : outcome.status === "canceled"
        ? EXIT.canceled
        : EXIT.failed;
  } finally {
    stopListening();
  }
}

/** Shows each phase, and the held credits once they are. */
async function follow(generation: Generation, app: App, report: Report): Promise<void> {
  let isHeldShown = false;
  for await (const snapshot of generation) {
    report.moved(snapshot);
    if (snapshot.settlement !== "held" || isHeldShown) continue;
    isHeldShown = true;
    const balance: Balance | undefined = await app.balance().catch(() => undefined);
    if (balance !== undefined) report.held(balance);
  }
}

interface Saving {
  readonly output: Output;
  readonly report: Report;
  readonly signal: AbortSignal;
}

/** The video is paid for: from here on, only the disk and the host of the file can fail. */
async function save(
  { videos }: Extract<GenerationOutcome, { status: "completed" }>,
  { output, report, signal }: Saving,
): Promise<ExitCode> {
  const saved: Saved = await output.save(videos[0] ?? "", signal).then(
    (file) => ({ file }),
    (cause: unknown) => ({ saveError: signal.aborted ? "it was interrupted" : reasonOf(cause) }),
  );
  report.saved(saved);
  if ("file" in saved) return EXIT.done;
  return signal.aborted ? EXIT.canceled : EXIT.notSaved;
}

/** What a person must know who does not wait for the end. */
function leftLines(generation: Generation, { services }: App): readonly string[] {
  const { settlement, requestId, status } = generation.getSnapshot();
  const job = requestId === undefined ? [] : [`The provider's job ${requestId} may still end, and be billed.`];
  const next = services.areLasting
    ? "`video-engine resume` goes on with it."
    : "The demo backend ends with this command, and its credits with it.";
  return ["left.", SETTLEMENT_SENTENCES[settlement], ...(status === "running" ? [...job, next] : [])];
}

/** A name that sorts by time and that every file system takes: 20261130-142501. */
function fileTime(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
