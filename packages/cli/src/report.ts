// What `generate` says, in each of its forms: lines for a person, one JSON document, or one JSON event a line.
import { styleText } from "node:util";
import type { GenerationOutcome, GenerationSnapshot } from "@video-engine/video-sdk";
import { SETTLEMENT_SENTENCES } from "./failure-lines.ts";
import { createProgress } from "./progress.ts";

/** A user's credits. */
export interface Balance {
  readonly total: number;
  readonly reserved: number;
  readonly available: number;
}

/** How the video reached the disk: a file, or why there is none. */
export type Saved = { readonly file: string } | { readonly saveError: string };

/** Told in the order of a generation. `end` is safe to call twice. */
export interface Report {
  /** A remark that no script reads. */
  note(text: string): void;
  begun(about: { readonly id: string; readonly credits: number; readonly before: Balance }): void;
  moved(snapshot: GenerationSnapshot): void;
  held(balance: Balance): void;
  /** Told before the video is saved: what it cost and where it is must not be lost by a full disk. */
  decided(outcome: GenerationOutcome, after: Balance | undefined): void;
  saved(saved: Saved): void;
  end(): void;
}

/** Which form. At most one of them. */
export interface ReportFlags {
  readonly json?: boolean | undefined;
  readonly jsonStream?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** The report in the form that the flags name. `usualMs`: how long a job usually takes, where that is known better than by the model. */
export function createReport({ json, jsonStream, quiet }: ReportFlags, usualMs?: number): Report {
  if (jsonStream === true) return streamReport();
  return json === true ? documentReport() : personReport(quiet === true, usualMs);
}

function personReport(isQuiet: boolean, usualMs: number | undefined): Report {
  const say = createProgress({ isQuiet, usualMs });
  const faint = (text: string): string => styleText("dim", text, { stream: process.stderr });
  return {
    note: (text) => say.line(faint(text)),
    begun: ({ credits, before }) =>
      say.line(`credits before  ${before.available} available; this video costs ${credits}`),
    moved: say.phase,
    held: ({ reserved, available }) => say.line(`credits held    ${reserved} held, ${available} available`),
    decided(outcome, after) {
      say.end();
      for (const line of outcomeLines(outcome, after)) console.log(line);
      if (outcome.status === "completed") return;
      const reason = outcome.status === "failed" ? `${outcome.error.code}: ${outcome.error.message}` : "canceled";
      console.error(styleText("red", reason, { stream: process.stderr }));
      console.error(SETTLEMENT_SENTENCES[outcome.settlement]);
    },
    saved(saved) {
      if ("file" in saved) console.log(`saved           ${styleText("green", saved.file)}`);
      else console.error(`not saved: ${saved.saveError}. The video is paid for and stays at its url above.`);
    },
    end: say.end,
  };
}

function outcomeLines(outcome: GenerationOutcome, after: Balance | undefined): readonly string[] {
  const credits =
    after === undefined
      ? "not known: the backend does not answer"
      : `${after.available} available, ${after.reserved} held`;
  return [
    `credits after   ${credits}`,
    ...(outcome.status === "completed"
      ? [`id              ${outcome.id}`, `url             ${outcome.videos.join(" ")}`]
      : []),
  ];
}

/** `ok` is whether there is a video, on this disk or not. */
function documentReport(): Report {
  let document: Record<string, unknown> = {};
  return {
    note: ignore,
    begun: ({ id, before }) => (document = { id, credits: { before } }),
    moved: ignore,
    held: ignore,
    decided(outcome, after) {
      const credits = { ...(document["credits"] as object), after };
      document = { ok: outcome.status === "completed", ...outcome, credits };
    },
    saved: (saved) => (document = { ...document, ...saved }),
    end() {
      if (Object.hasOwn(document, "ok")) console.log(JSON.stringify(document));
      document = {};
    },
  };
}

function streamReport(): Report {
  const print = (event: string, about: object): void => console.log(JSON.stringify({ event, ...about }));
  return {
    note: (text) => print("note", { text }),
    begun: (about) => print("begun", about),
    moved: (snapshot) => print("moved", snapshot),
    held: (balance) => print("held", { credits: balance }),
    decided: (outcome, after) =>
      print("decided", { ok: outcome.status === "completed", ...outcome, credits: { after } }),
    saved: (saved) => print("saved", saved),
    end: ignore,
  };
}

function ignore(): void {
  // This form does not tell it.
}
