// What the functions of a deployment take, compared with what the engine sends them: each option of `backend` that follows. Pure.
import type { BackendField } from "@video-engine/video-sdk/adapters";
import { findingsOf, type Finding } from "./finding.ts";

const found = findingsOf("convex");

/** An argument of a function. */
export interface TakenArgument {
  readonly isOptional: boolean;
  /** A list whose members are objects. */
  readonly isListOfObjects: boolean;
}

/** The arguments of a function by name. `anything`: it checks none. */
export type TakenArguments = Readonly<Record<string, TakenArgument>> | "anything";

/** What the engine sends to a function: always, and where `backend.fields` says so. */
interface SentArguments {
  readonly always: readonly string[];
  readonly fields?: Readonly<Partial<Record<BackendField, string>>>;
}

const AMOUNT: SentArguments = { always: ["amount"] };

/** Every mutation of the contract, by its name below the app's folder. */
export const SENT: Readonly<Record<string, SentArguments>> = {
  "generations:acquireGenerationSlot": { always: ["type", "prompt"] },
  "generations:updateGenerationStatus": {
    always: ["generationId", "status", "videoUrl"],
    fields: { slotError: "error" },
  },
  "users:reserveCredits": AMOUNT,
  "users:captureReservedCredits": AMOUNT,
  "users:releaseReservedCredits": AMOUNT,
  "sessions:createSession": { always: ["title", "type"] },
  "sessions:addGenerationToSession": {
    always: [
      ...["sessionId", "type", "prompt", "model", "modelLabel", "aspectRatio", "isLoading"],
      "concurrencySlotId",
    ],
    fields: {
      creditsUsed: "creditsUsed",
      videos: "videos",
      sourceImage: "sourceImage",
      removeWatermark: "removeWatermark",
    },
  },
  "sessions:updateGeneration": {
    always: ["generationId", "isLoading", "videos", "completedAt", "error"],
    fields: { externalRequestId: "externalRequestId", refunded: "refunded" },
  },
};

const KEY = "operationId";

/** What is wrong, and which options of `backend` fit. `taken` has the functions whose arguments are known, by the names of {@link SENT}. */
export function findingsOfFields(taken: ReadonlyMap<string, TakenArguments>): readonly Finding[] {
  const known = Object.entries(SENT).flatMap(([name, sent]) => {
    const args = taken.get(name);
    return args === undefined ? [] : [{ name, sent, args }];
  });
  const problems = known.flatMap(({ name, sent, args }) => problemsOf(name, sent, args));
  if (known.length < Object.keys(SENT).length) return problems;
  return [...problems, found("ok", `what the functions take fits ${JSON.stringify(optionsFor(known))} as \`backend\``)];
}

interface KnownFunction {
  readonly name: string;
  readonly sent: SentArguments;
  readonly args: TakenArguments;
}

function problemsOf(name: string, { always, fields = {} }: SentArguments, args: TakenArguments): readonly Finding[] {
  if (args === "anything") return [found("note", `${name} checks no arguments: any field is taken, a wrong one too`)];
  const sent = [...always, ...Object.values(fields), KEY];
  const refused = always.filter((field) => args[field] === undefined);
  const missing = Object.entries(args).flatMap(([field, { isOptional }]) =>
    isOptional || sent.includes(field) ? [] : [field],
  );
  return [
    ...(refused.length === 0 ? [] : [found("failed", `${name} does not take ${refused.join(", ")}`)]),
    ...(missing.length === 0 ? [] : [found("failed", `${name} needs ${missing.join(", ")}, which is not sent`)]),
  ];
}

/** As `createVideoEngine` takes them; what is the default is left out. */
function optionsFor(known: readonly KnownFunction[]): Record<string, unknown> {
  const all = known.flatMap(({ sent }) => Object.keys(sent.fields ?? {}));
  const fields = known.flatMap(({ sent, args }) =>
    Object.entries(sent.fields ?? {}).flatMap(([field, argument]) => (takes(args, argument) ? [field] : [])),
  );
  const update = known.find(({ name }) => name === "sessions:updateGeneration")?.args;
  return {
    ...(known.every(({ args }) => takes(args, KEY)) && { takesOperationIds: true }),
    ...(fields.length > 0 && { fields: fields.length === all.length ? "all" : fields }),
    ...(update !== "anything" && update?.["videos"]?.isListOfObjects === true && { videosAs: "objects" }),
  };
}

function takes(args: TakenArguments, field: string): boolean {
  return args !== "anything" && args[field] !== undefined;
}
