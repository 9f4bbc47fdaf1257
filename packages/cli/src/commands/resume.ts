// `video-engine resume`: resumes what a killed command left, and settles it.
import { Command } from "commander";
import type { GenerationOutcome } from "@video-engine/video-sdk";
import { openApp, type App } from "../compose.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { SETTLEMENT_SENTENCES } from "../failure-lines.ts";
import { createProgress } from "../progress.ts";
import type { Saved } from "../report.ts";
import { openOutput, reasonOf } from "../save-video.ts";
import { UsageError } from "../usage-error.ts";

interface ResumeFlags {
  readonly operationIds?: boolean;
  readonly json?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function resumeCommand(end: (code: ExitCode) => void): Command {
  return new Command("resume")
    .summary("goes on with what a killed command left, and settles it")
    .option("--operation-ids", "use the backend functions that take operation ids, as the generation did")
    .option("--json", "one JSON document at the end")
    .addHelpText(
      "after",
      "\nGenerations are kept in .video-engine. Needs services that outlive a command: CONVEX_URL, CONVEX_TOKEN and ROUTES_URL\n(see: video-engine serve).",
    )
    .action(async (flags: ResumeFlags) => end(await resume(flags)));
}

/** Resumes and waits until everything is settled. Done also when there was nothing to do. */
async function resume({ operationIds = false, json = false }: ResumeFlags): Promise<ExitCode> {
  if (!process.env["CONVEX_URL"] || !process.env["ROUTES_URL"]) {
    throw new UsageError(
      "There is nothing to resume: an embedded backend ends with its command. Set CONVEX_URL, CONVEX_TOKEN and ROUTES_URL.",
    );
  }
  const app = await openApp({ credits: 0, takesOperationIds: operationIds });
  try {
    const generations = await finishAll(app, json);
    if (json) console.log(JSON.stringify({ ok: true, generations, credits: await app.balance() }));
    return generations.some(({ saveError }) => saveError !== undefined) ? EXIT.notSaved : EXIT.done;
  } finally {
    await app.close();
  }
}

type Ended = GenerationOutcome & { readonly file?: string; readonly saveError?: string };

async function finishAll(app: App, isQuiet: boolean): Promise<readonly Ended[]> {
  const say = createProgress({ isQuiet, usualMs: app.services.jobMs });
  const generations = await app.engine.resume();
  if (generations.length === 0) say.line("There is nothing to resume.");
  const all: Ended[] = [];
  for (const generation of generations) {
    for await (const snapshot of generation) say.phase(snapshot);
    const outcome = await generation.outcome;
    const ended: Ended = outcome.status === "completed" ? { ...outcome, ...(await save(outcome)) } : outcome;
    all.push(ended);
    say.end();
    if (!isQuiet) console.log(endedLines(ended).join("\n"));
  }
  say.end();
  return all;
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
    await output.close();
  }
}

function endedLines(ended: Ended): readonly string[] {
  const url = ended.status === "completed" ? [`url  ${ended.videos.join(" ")}`] : [];
  const place = ended.file ?? (ended.saveError === undefined ? "" : `not saved: ${ended.saveError}`);
  return [`${ended.id}  ${ended.status}  ${place}`, ...url, SETTLEMENT_SENTENCES[ended.settlement]];
}
