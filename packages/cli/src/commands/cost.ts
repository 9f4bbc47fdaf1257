// `video-engine cost`: the price of every model, or of one request line by line. Makes no calls.
import { Command } from "commander";
import {
  findVideoModel,
  isVideoModelId,
  sortedVideoModels,
  type VideoQuote,
  type VideoRequest,
} from "@video-engine/video-models";
import { EXIT, exitCodeOf, type ExitCode } from "../exit-codes.ts";
import { failureData, failureLines } from "../failure-lines.ts";
import { addVideoFlags, requestFrom, strict, type VideoFlagValues } from "../flags.ts";
import { readRequest } from "../judge-request.ts";
import { pricing } from "../pricing.ts";
import { print } from "../standard-output.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage-error.ts";

interface CostFlags extends VideoFlagValues {
  readonly json?: boolean;
}

/** The command. Calls `end` with the exit code. */
export function costCommand(end: (code: ExitCode) => void): Command {
  const command = new Command("cost")
    .summary("what each model costs; with --model: one request, line by line")
    .option("--model <id>", "left out: the default request of every model");
  addVideoFlags(command)
    .option("--json", "as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: CostFlags) => end(await cost(flags)));
  return strict(command);
}

const EXAMPLES = `
A request that generate would refuse is refused here in the same words, after
its price.

Examples:
  video-engine cost
  video-engine cost --model vid-veo-3.1 --resolution 1080p --duration 8`;

async function cost({ json: isJson = false, ...flags }: CostFlags): Promise<ExitCode> {
  if (flags.model === undefined) {
    if (Object.keys(flags).length > 0)
      throw new UsageError(
        "Without --model every model is listed as it is by default. Say which one the other flags are of.",
      );
    return printAll(isJson);
  }
  // Not only the price: whether it could be generated is judged as `generate` does. A price needs no prompt.
  const refusal = await readRequest(takesPrompt(flags.model) ? "any prompt" : "", flags).then(
    () => undefined,
    (thrown: unknown) => ({ thrown }),
  );
  const { model } = flags;
  if (!isVideoModelId(model)) throw refusal?.thrown;
  const quote = pricing.quoteVideo({ ...requestFrom("", flags), model, prompt: "" } as VideoRequest);
  const error = refusal && failureData(refusal.thrown);
  if (isJson) print(JSON.stringify({ ok: refusal === undefined, ...quote, error }));
  else print(quoteLines(quote).join("\n"));
  if (refusal === undefined) return EXIT.done;
  for (const line of failureLines(refusal.thrown, "video-engine cost --help")) console.error(line);
  return exitCodeOf(refusal.thrown);
}

function takesPrompt(model: string): boolean {
  return findVideoModel(model)?.promptLimit.max !== 0;
}

function quoteLines({ lines, credits, notes, refused }: VideoQuote): readonly string[] {
  const cells = lines.map(({ label, factor, credits: sum }) => [
    label,
    factor === undefined ? "" : `x ${factor}`,
    String(sum),
  ]);
  const remarks = [...notes, ...refused].map(({ field, outcome, reason }) => `${outcome}: ${field}: ${reason}`);
  return [table(["step", "factor", "credits"], cells, { right: ["credits"] }), "", `${credits} credits`, ...remarks];
}

function printAll(isJson: boolean): ExitCode {
  const rows = sortedVideoModels({ pricing }).map(({ id }) => ({
    model: id,
    ...pricing.quoteVideo({ model: id, prompt: "" }),
  }));
  if (isJson) {
    print(JSON.stringify(rows.map(({ model, credits, lines, request }) => ({ model, credits, lines, request }))));
    return EXIT.done;
  }
  const cells = rows.map(({ model, credits, request, lines }) => [
    ...[model, String(credits), durationOf(request.duration), request.resolution ?? "-"],
    ...[request.generateAudio ? "on" : "off", lines.map(({ label, credits: sum }) => `${label} ${sum}`).join(" > ")],
  ]);
  print(table(["model", "credits", "duration", "resolution", "audio", "breakdown"], cells, { right: ["credits"] }));
  return EXIT.done;
}

function durationOf(duration: number | "auto" | undefined): string {
  if (duration === undefined) return "-";
  return duration === "auto" ? duration : `${duration} s`;
}
