// `video-engine generate`: one video, from the prompt to a file on disk, with the credits shown at each step.
import { checkVideoRequest } from "@video-engine/video-models";
import { VideoError, type GenerateRequest, type Generation, type GenerationOutcome } from "@video-engine/video-sdk";
import { openApp, type App } from "../compose.ts";
import { SETTLEMENT_SENTENCES } from "../failure-lines.ts";
import { parseFlags, requestFrom, UsageError, VIDEO_FLAGS, VIDEO_FLAGS_HELP } from "../flags.ts";
import { onInterrupt } from "../on-interrupt.ts";
import { openFiles } from "../open-files.ts";
import { createProgress, type Progress } from "../progress.ts";
import { saveVideo } from "../save-video.ts";

const HELP = `video-engine generate "<prompt>" --model <id> [flags]

${VIDEO_FLAGS_HELP}
  --output <file>          where to save (default: out/<id>.mp4)
  --credits <n>            what the embedded backend's user starts with (default: 1000)
  --operation-ids          use the backend functions that take operation ids
  --json                   one JSON document at the end

Ctrl-C cancels and says what became of the credits; a second one leaves at once.`;

const FLAGS = {
  ...VIDEO_FLAGS,
  output: { type: "string" },
  credits: { type: "string" },
  "operation-ids": { type: "boolean" },
} as const;

/** Generates one video. Exit code 0 with a saved file, 130 when canceled; throws a VideoError otherwise. */
export async function generate(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags(args, FLAGS);
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  const request = await toRequest(positionals, values);
  const say = createProgress({ isQuiet: values.json === true });
  const app = await openApp({
    credits: toCredits(values.credits),
    takesOperationIds: values["operation-ids"] === true,
  });
  try {
    return await runIn(app, { request, say, output: values.output, isJson: values.json === true });
  } finally {
    say.end();
    await app.close();
  }
}

interface Run {
  readonly request: GenerateRequest;
  readonly say: Progress;
  readonly output: string | undefined;
  readonly isJson: boolean;
}

async function runIn(app: App, { request, say, output, isJson }: Run): Promise<number> {
  const before = await app.balance();
  say.line(`credits before  ${before.available} available; this video costs ${app.engine.quote(request).credits}`);
  const generation = app.engine.generate(request);
  const stopListening = onInterrupt(() => {
    say.line("canceling: asking the provider to stop. Press Ctrl-C again to leave at once.");
    void generation.cancel();
  });
  try {
    await follow(generation, app, say);
    const outcome = await generation.outcome;
    const after = await app.balance();
    const file = outcome.status === "completed" ? await saveVideo(outcome, output) : undefined;
    say.end();
    if (isJson) console.log(JSON.stringify(report({ outcome, before, after, file })));
    else printOutcome({ outcome, after, file });
    return exitCode(outcome);
  } finally {
    stopListening();
  }
}

/** Shows each phase, and the held credits once they are. */
async function follow(generation: Generation, app: App, say: Progress): Promise<void> {
  let isHeldShown = false;
  for await (const snapshot of generation) {
    say.phase(snapshot);
    if (snapshot.settlement !== "held" || isHeldShown) continue;
    isHeldShown = true;
    const { available, reserved } = await app.balance();
    say.line(`credits held    ${reserved} held, ${available} available`);
  }
}

type Balance = Awaited<ReturnType<App["balance"]>>;

interface Ending {
  readonly outcome: GenerationOutcome;
  readonly after: Balance;
  readonly file: string | undefined;
}

function printOutcome({ outcome, after, file }: Ending): void {
  console.log(`credits after   ${after.available} available, ${after.reserved} held`);
  if (outcome.status === "completed") {
    console.log(`saved           ${file ?? "(not saved)"}\nurl             ${outcome.videos.join(" ")}`);
    return;
  }
  const what = outcome.status === "failed" ? `${outcome.error.code}: ${outcome.error.message}` : "canceled";
  console.error(`${what}\n${SETTLEMENT_SENTENCES[outcome.settlement]}`);
}

function report({ outcome, before, after, file }: Ending & { before: Balance }): Record<string, unknown> {
  return {
    ok: outcome.status === "completed",
    ...outcome,
    credits: { before, after },
    file,
  };
}

function exitCode({ status }: GenerationOutcome): number {
  if (status === "completed") return 0;
  return status === "canceled" ? 130 : 1;
}

async function toRequest(
  positionals: readonly string[],
  values: Parameters<typeof requestFrom>[1],
): Promise<GenerateRequest> {
  if (positionals.length !== 1)
    throw new UsageError(`generate takes one prompt in quotes; it got ${positionals.length}.`);
  const given = requestFrom(positionals[0] ?? "", { model: "vid-veo-3.1", ...values });
  const { checkable, files } = await openFiles(given);
  const checked = checkVideoRequest(checkable);
  if (checked.ok) return { ...checked.request, ...files };
  throw new VideoError("invalid-request", {
    message: checked.issues.map(({ path, message }) => `\n  ${path || "request"}: ${message}`).join(""),
    details: { issues: checked.issues },
    settlement: "none",
  });
}

function toCredits(text: string | undefined): number {
  if (text === undefined) return 1_000;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--credits takes a whole number. It was "${text}".`);
  return Number(text);
}
