// `video-engine cost`: the price of every model, or of one request line by line. Makes no calls.
import { isVideoModelId, sortedVideoModels, type VideoRequest } from "@video-engine/video-models";
import { parseFlags, requestFrom, UsageError, VIDEO_FLAGS, VIDEO_FLAGS_HELP } from "../flags.ts";
import { pricing } from "../pricing.ts";
import { table } from "../table.ts";

const HELP = `video-engine cost [--model <id> ...] [--json]

Without --model: the default request of every model. With it: that request, line by line.
${VIDEO_FLAGS_HELP}
  --json                   as JSON`;

/** Prints prices in credits. */
export async function cost(args: readonly string[]): Promise<number> {
  const { values } = parseFlags(args, VIDEO_FLAGS);
  if (values.help === true) return print(HELP);
  if (values.model === undefined) return printAll(values.json === true);
  const { model } = values;
  if (!isVideoModelId(model)) throw new UsageError(`There is no model "${model}". See: video-engine models.`);
  // Prices look at the settings only; whether the request would be accepted is said by its notes below.
  const quote = pricing.quoteVideo({ ...requestFrom("", values), model, prompt: "" } as VideoRequest);
  if (values.json === true) return print(JSON.stringify(quote));
  const lines = quote.lines.map(({ label, factor, credits }) => [
    label,
    factor === undefined ? "" : `x ${factor}`,
    String(credits),
  ]);
  const notes = [...quote.notes, ...quote.refused].map(
    ({ field, outcome, reason }) => `${outcome}: ${field}: ${reason}`,
  );
  return print(
    [table(["step", "factor", "credits"], lines, ["credits"]), "", `${quote.credits} credits`, ...notes].join("\n"),
  );
}

function printAll(isJson: boolean): number {
  const rows = sortedVideoModels({ pricing }).map(({ id }) => ({
    model: id,
    ...pricing.quoteVideo({ model: id, prompt: "" }),
  }));
  if (isJson)
    return print(
      JSON.stringify(rows.map(({ model, credits, lines, request }) => ({ model, credits, lines, request }))),
    );
  const cells = rows.map(({ model, credits, request, lines }) => [
    ...[
      model,
      String(credits),
      request.duration === undefined ? "-" : `${request.duration} s`,
      request.resolution ?? "-",
    ],
    ...[request.generateAudio ? "on" : "off", lines.map(({ label, credits: sum }) => `${label} ${sum}`).join(" > ")],
  ]);
  return print(table(["model", "credits", "duration", "resolution", "audio", "breakdown"], cells, ["credits"]));
}

function print(text: string): number {
  console.log(text);
  return 0;
}
