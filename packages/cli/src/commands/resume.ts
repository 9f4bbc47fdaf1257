// `video-engine resume`: resumes what a killed command left, and settles it.
import { Command } from "commander";
import type { Generation, GenerationOutcome } from "@video-engine/video-sdk";
import { openApp, type App } from "../compose.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { SETTLEMENT_SENTENCES } from "../failure-lines.ts";
import { createProgress, type Progress } from "../progress.ts";
import type { Saved } from "../report.ts";
import { readSettings } from "../settings.ts";
import { hasPrinted, printKept, printLast } from "../standard-output.ts";
import { strict } from "../flags.ts";
import type { Interrupts } from "../interrupts.ts";
import { openOutput, reasonOf } from "../open-output.ts";
import { UsageError } from "../usage-error.ts";

interface ResumeFlags {
  readonly operationIds?: boolean;
  readonly json?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function resumeCommand(end: (code: ExitCode) => void, interrupts: Interrupts): Command {
  const command = new Command("resume")
    .summary("goes on with what a killed command left, and settles it")
    .option("--operation-ids", "use the backend functions that take operation ids, as the generation did")
    .option("--json", "one JSON document at the end")
    .addHelpText("after", HELP)
    .action(async (flags: ResumeFlags) => end(await resume(flags, interrupts)));
  return strict(command);
}

const HELP = `
Generations are kept in .video-engine. Needs services that outlive a command:
CONVEX_URL, CONVEX_TOKEN and ROUTES_URL (see: video-engine serve). Videos are
saved as out/<id>.mp4. Ctrl-C leaves them as they are, to be resumed again.

Example:
  video-engine resume --operation-ids`;

/** Resumes and waits until everything is settled. Done also when there was nothing to do. */
async function resume({ operationIds = false, json = false }: ResumeFlags, interrupts: Interrupts): Promise<ExitCode> {
  const settings = readSettings(process.env);
  if (settings.convexUrl === undefined || settings.routesUrl === undefined) {
    throw new UsageError(
      "There is nothing to resume: an embedded backend ends with its command. Set CONVEX_URL, CONVEX_TOKEN and ROUTES_URL.",
    );
  }
  if (!json) console.error(`asking ${settings.convexUrl} ...`);
  const leave = (): void => void (!hasPrinted() && tellLeft([], [], json));
  return await interrupts.during({ leave }, async () => {
    const app = await openApp({ credits: 0, takesOperationIds: operationIds, settings });
    try {
      // A person is told within seconds that the backend does not answer; what is kept here would wait for it.
      await app.balance();
      const generations = await finishAll(app, json, interrupts);
      const credits = await app.balance().catch(() => undefined);
      if (json) printKept(JSON.stringify({ ok: true, generations, credits }));
      return generations.some(({ saveError }) => saveError !== undefined) ? EXIT.notSaved : EXIT.done;
    } finally {
      await app.close();
    }
  });
}

type Ended = GenerationOutcome & { readonly file?: string; readonly saveError?: string };

async function finishAll(app: App, isQuiet: boolean, interrupts: Interrupts): Promise<readonly Ended[]> {
  const say = createProgress({ isQuiet, usualMs: app.services.jobMs });
  const all: Ended[] = [];
  let generations: readonly Generation[] = [];
  const leave = (): void => {
    say.end();
    tellLeft(generations, all, isQuiet);
  };
  await interrupts.during({ leave }, async () => {
    generations = await app.engine.resume();
    if (generations.length === 0) say.line("There is nothing to resume.");
    for (const generation of generations) all.push(await finish(generation, { say, isQuiet }));
  });
  say.end();
  return all;
}

async function finish(
  generation: Generation,
  { say, isQuiet }: { readonly say: Progress; readonly isQuiet: boolean },
): Promise<Ended> {
  for await (const snapshot of generation) say.phase(snapshot);
  const outcome = await generation.outcome;
  const ended: Ended = outcome.status === "completed" ? { ...outcome, ...(await save(outcome)) } : outcome;
  say.end();
  if (!isQuiet) printKept(endedLines(ended).join("\n"));
  return ended;
}

const INTERRUPTED = { code: "interrupted", message: "What is left is kept, and can be resumed again." };

/** Those that have ended were told of already, but for a program. */
function tellLeft(generations: readonly Generation[], ended: readonly Ended[], isJson: boolean): void {
  const open = generations.map((one) => one.getSnapshot()).filter(({ id }) => !ended.some((one) => one.id === id));
  const left = open.map(({ id, status, settlement }) => ({ id, status, settlement }));
  if (isJson) printLast(JSON.stringify({ ok: false, error: INTERRUPTED, generations: ended, left }));
  for (const { id, settlement } of open) console.error(`${id}  left  ${SETTLEMENT_SENTENCES[settlement]}`);
  console.error(INTERRUPTED.message);
}

/** One video that cannot be saved stands in no other's way. */
async function save({ id, videos }: Extract<GenerationOutcome, { status: "completed" }>): Promise<Saved> {
  const file = `out/${id}.mp4`; // by its id the same video, should it be there
  const output = await openOutput(file, { replaces: true }).catch((cause: unknown) => reasonOf(cause));
  if (typeof output === "string") return { saveError: output };
  try {
    return { file: await output.save(videos[0] ?? "") };
  } catch (cause) {
    return { saveError: reasonOf(cause) };
  } finally {
    output.close();
  }
}

function endedLines(ended: Ended): readonly string[] {
  const url = ended.status === "completed" ? [`url  ${ended.videos.join(" ")}`] : [];
  const place = ended.file ?? (ended.saveError === undefined ? "" : `not saved: ${ended.saveError}`);
  return [`${ended.id}  ${ended.status}  ${place}`, ...url, SETTLEMENT_SENTENCES[ended.settlement]];
}
