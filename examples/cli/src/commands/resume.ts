// `video-engine resume`: resumes what a killed command left, and settles it.
import { openApp, type App } from "../compose.ts";
import { SETTLEMENT_SENTENCES } from "../failure-lines.ts";
import { parseFlags, UsageError } from "../flags.ts";
import { createProgress } from "../progress.ts";
import { saveVideo } from "../save-video.ts";

const HELP = `video-engine resume [--operation-ids] [--json]

Resumes every generation that a closed or killed command left in .video-engine. Needs services that outlive a command:
set CONVEX_URL, CONVEX_TOKEN and ROUTES_URL (see: video-engine serve).
  --operation-ids   use the backend functions that take operation ids, as the generation did
  --json    one JSON document at the end`;

/** Resumes and waits until everything is settled. Exit code 0, also when there was nothing to do. */
export async function resume(args: readonly string[]): Promise<number> {
  const { values } = parseFlags(args, { "operation-ids": { type: "boolean" } });
  if (values.help === true) {
    console.log(HELP);
    return 0;
  }
  if (!process.env["CONVEX_URL"] || !process.env["ROUTES_URL"]) {
    throw new UsageError(
      "There is nothing to resume: an embedded backend ends with its command. Set CONVEX_URL, CONVEX_TOKEN and ROUTES_URL.",
    );
  }
  const app = await openApp({ credits: 0, takesOperationIds: values["operation-ids"] === true });
  try {
    const ended = await finishAll(app, values.json === true);
    if (values.json === true)
      console.log(JSON.stringify({ ok: true, generations: ended, credits: await app.balance() }));
    return 0;
  } finally {
    await app.close();
  }
}

async function finishAll(app: App, isQuiet: boolean): Promise<readonly object[]> {
  const say = createProgress({ isQuiet });
  const generations = await app.engine.resume();
  if (generations.length === 0) say.line("There is nothing to resume.");
  const ended: object[] = [];
  for (const generation of generations) {
    for await (const snapshot of generation) say.phase(snapshot);
    const outcome = await generation.outcome;
    const file = outcome.status === "completed" ? await saveVideo(outcome, undefined) : undefined;
    ended.push({ ...outcome, file });
    say.end();
    if (!isQuiet)
      console.log(`${outcome.id}  ${outcome.status}  ${file ?? ""}\n${SETTLEMENT_SENTENCES[outcome.settlement]}`);
  }
  say.end();
  return ended;
}
