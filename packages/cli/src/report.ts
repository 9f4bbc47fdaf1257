// What `generate` says, in each of its forms: lines for a person, one JSON document, or one JSON event a line.
import { styleText } from "node:util";
import type { GenerationOutcome, GenerationSnapshot, Settlement } from "@video-engine/video-sdk";
import { SETTLEMENT_SENTENCES } from "./failure-lines.ts";
import { createProgress } from "./progress.ts";
import { print, printKept, printLast } from "./standard-output.ts";

/** A user's credits. */
export interface Balance {
  readonly total: number;
  readonly reserved: number;
  readonly available: number;
}

/** How the video reached the disk: a file, or why there is none. */
export type Saved = { readonly file: string } | { readonly saveError: string };

/** What is known of a generation that was not waited for. */
export interface Left {
  readonly status: GenerationSnapshot["status"];
  readonly settlement: Settlement;
  readonly id?: string;
  readonly requestId?: string | undefined;
  readonly videos?: readonly string[];
}

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
  /** Told in the place of the rest, when the process ends at once. `lines`: the same for a person. */
  left(left: Left, lines: readonly string[]): void;
  end(): void;
}

/** Which form. At most one of them. */
export interface ReportFlags {
  readonly json?: boolean | undefined;
  readonly jsonStream?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** What it is told about. */
export interface ReportFacts {
  /** How long a job usually takes, milliseconds, where that is known better than by the model. */
  readonly usualMs?: number | undefined;
  /** False where the videos' addresses end with this command. Default true. */
  readonly areVideosLasting?: boolean;
}

/** The report in the form that the flags name. */
export function createReport({ json, jsonStream, quiet }: ReportFlags, facts: ReportFacts = {}): Report {
  if (jsonStream === true) return streamReport(facts);
  return json === true ? documentReport(facts) : personReport(quiet === true, facts);
}

function personReport(isQuiet: boolean, { usualMs, areVideosLasting = true }: ReportFacts): Report {
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
      printKept(outcomeLines(outcome, after, areVideosLasting).join("\n"));
      if (outcome.status === "completed") return;
      const reason = outcome.status === "failed" ? `${outcome.error.code}: ${outcome.error.message}` : "canceled";
      console.error(styleText("red", reason, { stream: process.stderr }));
      console.error(SETTLEMENT_SENTENCES[outcome.settlement]);
    },
    saved(saved) {
      if ("file" in saved) return printKept(`saved           ${styleText("green", saved.file)}`);
      const place = areVideosLasting
        ? "The video is paid for and stays at its url above."
        : "It was a demo's, and ends with this command.";
      console.error(`not saved: ${saved.saveError}. ${place}`);
    },
    left(_, lines) {
      say.end();
      for (const line of lines) console.error(line);
    },
    end: say.end,
  };
}

function outcomeLines(
  outcome: GenerationOutcome,
  after: Balance | undefined,
  areVideosLasting: boolean,
): readonly string[] {
  const credits =
    after === undefined
      ? "not known: the backend does not answer"
      : `${after.available} available, ${after.reserved} held`;
  if (outcome.status !== "completed") return [`credits after   ${credits}`];
  const url = areVideosLasting ? [`url             ${outcome.videos.join(" ")}`] : [];
  return [`credits after   ${credits}`, `id              ${outcome.id}`, ...url];
}

/** `ok` is whether there is a video, on this disk or not. */
function documentReport({ areVideosLasting = true }: ReportFacts): Report {
  let document: Record<string, unknown> = {};
  return {
    note: ignore,
    begun: ({ id, before }) => (document = { id, credits: { before } }),
    moved: ignore,
    held: ignore,
    decided(outcome, after) {
      const credits = { ...(document["credits"] as object), after };
      document = { ok: outcome.status === "completed", ...outcome, ...whyCanceled(outcome), credits, areVideosLasting };
    },
    saved: (saved) => (document = { ...document, ...saved }),
    left(left, lines) {
      printLast(JSON.stringify({ ...document, ...leftData(left, lines), isLeft: true }));
      document = {};
      for (const line of lines) console.error(line);
    },
    end() {
      if (Object.hasOwn(document, "ok")) printKept(JSON.stringify(document));
      document = {};
    },
  };
}

function streamReport({ areVideosLasting = true }: ReportFacts): Report {
  const line = (event: string, about: object): string => JSON.stringify({ event, ...about });
  return {
    note: (text) => print(line("note", { text })),
    begun: (about) => print(line("begun", about)),
    moved: (snapshot) => print(line("moved", snapshot)),
    held: (balance) => print(line("held", { credits: balance })),
    decided(outcome, after) {
      const ok = outcome.status === "completed";
      printKept(line("decided", { ok, ...outcome, ...whyCanceled(outcome), credits: { after }, areVideosLasting }));
    },
    saved: (saved) => printKept(line("saved", saved)),
    left(left, lines) {
      printLast(line("left", leftData(left, lines)));
      for (const text of lines) console.error(text);
    },
    end: ignore,
  };
}

/** The error of what was canceled: a program reads `error` wherever there is no video. */
function whyCanceled({ status, settlement }: GenerationOutcome): object {
  const message = `The generation was canceled. ${SETTLEMENT_SENTENCES[settlement]}`;
  return status === "canceled" ? { error: { code: "canceled", message } } : {};
}

function leftData(left: Left, lines: readonly string[]): object {
  const ok = left.status === "completed";
  const why = { code: "interrupted", message: lines.join(" ") };
  return { ok, ...left, ...(ok ? { saveError: why.message } : { error: why }) };
}

function ignore(): void {
  // This form does not tell it.
}
