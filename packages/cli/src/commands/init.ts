// `video-engine init`: writes what an app needs to sell videos into its folder, and says what is next. Overwrites nothing unasked.
import { Command, Option } from "commander";
import { calledFrom } from "../called-from.ts";
import { isInteractive } from "../can-ask.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { strict } from "../flags.ts";
import { fillTemplates } from "../init/fill-templates.ts";
import { lookAtFolder, PROJECT_KINDS, type Project, type ProjectKind } from "../init/look-at-folder.ts";
import { nextSteps } from "../init/next-steps.ts";
import { planFiles } from "../init/plan-files.ts";
import { findFiles, overwrite, writeNew, type FoundFile } from "../init/write-files.ts";
import { print } from "../standard-output.ts";
import { fileReason, UsageError } from "../usage-error.ts";

interface InitFlags {
  readonly kind?: ProjectKind;
  readonly convex: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function initCommand(end: (code: ExitCode) => void): Command {
  const command = new Command("init")
    .summary("what an app needs to sell videos, written into its folder")
    .argument("[folder]", "the app's folder", ".")
    .addOption(new Option("--kind <kind>", "what the app is, where its packages do not say").choices(PROJECT_KINDS))
    .option("--no-convex", "without the Convex functions, where they are in another folder")
    .option("--dry-run", "only say what would be written")
    .option("--yes", "ask nothing")
    .option("--force", "overwrite files that are there and differ")
    .option("--json", "as JSON; asks nothing")
    .addHelpText("after", HELP)
    .action(async (folder: string, flags: InitFlags) => end(await init(folder, flags)));
  return strict(command);
}

const HELP = `
Writes the engine's file, the routes, the Convex functions and .env.example,
and says what is next. A file that is there already is kept.

Examples:
  video-engine init --dry-run
  video-engine init apps/web --kind next --no-convex`;

interface Written {
  readonly wrote: readonly string[];
  readonly kept: readonly string[];
  readonly same: readonly string[];
}

async function init(at: string, flags: InitFlags): Promise<ExitCode> {
  const project = lookAtFolder(calledFrom(at), flags.kind);
  const plan = planFiles(project, { withConvex: flags.convex });
  const files = findFiles(project.folder, fillTemplates(plan, project));
  const asks = isInteractive() && !flags.yes && !flags.json && !flags.dryRun;
  if (!flags.json) print(sentenceOf(project));
  const replaced = flags.force === true ? different(files) : asks ? await askAbout(files) : [];
  if (replaced === undefined) {
    print("Nothing was written.");
    return EXIT.canceled;
  }
  const written = flags.dryRun === true ? wouldWrite(files, replaced) : write(project.folder, files, replaced);
  const steps = nextSteps(project, files, written.kept);
  if (flags.json)
    print(JSON.stringify({ ok: true, kind: project.kind, isDryRun: flags.dryRun === true, ...written, steps }));
  else print([...listLines(written, flags.dryRun === true), "", ...stepLines(steps, flags.dryRun === true)].join("\n"));
  return EXIT.done;
}

function sentenceOf({ kind, hasTypeScript, hasConvex, hasClerk, packageManager, source }: Project): string {
  const parts = [
    hasTypeScript ? "TypeScript" : "no TypeScript: the files are TypeScript all the same, which runs here as it is",
    hasConvex ? "Convex" : "no Convex yet",
    ...(hasClerk ? ["Clerk"] : []),
    ...(source === "" ? [] : ["src/"]),
    packageManager,
  ];
  return `${NAMES[kind]} (${parts.join(", ")})`;
}

const NAMES: Readonly<Record<ProjectKind, string>> = {
  next: "A Next.js app",
  expo: "An Expo app",
  vite: "A Vite app",
  node: "A Node app",
};

/** Asks whether to write, and which files to overwrite. Undefined when the person wants neither. */
async function askAbout(files: readonly FoundFile[]): Promise<readonly string[] | undefined> {
  const { confirm, isCancel, multiselect } = await import("@clack/prompts");
  const fresh = files.filter(({ state }) => state === "new").length;
  const isWanted = fresh === 0 || (await confirm({ message: `Write ${fresh} new files?` }));
  if (isCancel(isWanted) || !isWanted) return undefined;
  const options = different(files).map((path) => ({ value: path }));
  if (options.length === 0) return [];
  const message = "These are there and differ. Overwrite any? (space chooses, enter goes on)";
  const chosen = await multiselect({ message, options, required: false });
  return isCancel(chosen) ? undefined : chosen;
}

function different(files: readonly FoundFile[]): readonly string[] {
  return files.flatMap(({ state, path }) => (state === "different" ? [path] : []));
}

function wouldWrite(files: readonly FoundFile[], replaced: readonly string[]): Written {
  const isWritten = ({ state, path }: FoundFile): boolean => state === "new" || replaced.includes(path);
  return {
    wrote: files.filter(isWritten).map(({ path }) => path),
    kept: different(files).filter((path) => !replaced.includes(path)),
    same: files.flatMap(({ state, path }) => (state === "same" ? [path] : [])),
  };
}

/** Throws {@link UsageError} where a file cannot be written after all: it says which were. */
function write(folder: string, files: readonly FoundFile[], replaced: readonly string[]): Written {
  const written: string[] = [];
  for (const file of files) {
    try {
      if (file.state === "new") writeNew(folder, file);
      else if (replaced.includes(file.path)) overwrite(folder, file);
      else continue;
    } catch (cause) {
      const reason = fileReason(cause) ?? String(cause);
      const before = written.length === 0 ? "Nothing was written." : `Written before it: ${written.join(", ")}.`;
      throw new UsageError(`${file.path} cannot be written: ${reason}. ${before} Mend it, then run init again.`, {
        cause,
      });
    }
    written.push(file.path);
  }
  return wouldWrite(files, replaced);
}

function listLines({ wrote, kept, same }: Written, isDryRun: boolean): readonly string[] {
  const lines = [
    ...wrote.map((path) => `  ${isDryRun ? "would write" : "wrote"}  ${path}`),
    ...kept.map((path) => `  kept   ${path}  (yours differs; --force overwrites)`),
  ];
  const all = wrote.length + kept.length === 0 ? [`  Everything is there already: ${same.length} files.`] : [];
  return [...lines, ...all];
}

function stepLines(steps: readonly string[], isDryRun: boolean): readonly string[] {
  return [
    isDryRun ? "Nothing was written. Once it is, next:" : "Next:",
    ...steps.map((step, index) => `${index + 1}. ${step.replaceAll("\n", "\n   ")}`),
  ];
}
