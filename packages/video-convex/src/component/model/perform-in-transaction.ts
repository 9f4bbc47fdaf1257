// Performs the effects that are part of the transaction, by the app's functions where it has given them, and by the component's tables otherwise.
import {
  createPerformEffect,
  type BackendReport,
  type FileUploads,
  type VideoApi,
} from "@video-engine/video-sdk/adapters";
import { videoErrorData, type EventPayload, type OutsideEffect } from "@video-engine/video-sdk/core";
import { ConvexError } from "convex/values";
import { internal } from "../_generated/api.ts";
import type { MutationCtx } from "../_generated/server.ts";
import { appLedger } from "./app-ledger.ts";
import { ownLedger, type LedgerOwner } from "./own-ledger.ts";
import type { Settings } from "./settings.ts";

/** Effects that wait for something outside: an action performs them. */
export const OUTSIDE = ["submit-job", "check-status", "cancel-job", "save-videos", "upload-file"] as const;

/** An effect that an action performs. */
export type ActionEffect = Extract<OutsideEffect, { type: (typeof OUTSIDE)[number] }>;

/** An effect that is part of the transaction. */
export type LedgerEffect = Exclude<OutsideEffect, ActionEffect>;

const GROUPS = {
  "acquire-slot": "slots",
  "close-slot": "slots",
  "reserve-credits": "books",
  "capture-credits": "books",
  "release-credits": "books",
  "create-session": "grid",
  "record-row": "grid",
  "attach-job": "grid",
  "save-row": "grid",
  "update-row": "grid",
  "mark-row-failed": "grid",
  "mark-refunded": "grid",
} as const satisfies Record<LedgerEffect["type"], keyof Omit<Settings["functions"], "perform">>;

/** How an effect was answered, and which functions of the app have refused. */
export interface Performed {
  readonly answer: EventPayload;
  readonly refused: readonly BackendReport[];
}

/** Performs one effect, and says how it was answered. Whatever has failed has changed nothing. Never throws. */
export async function performInTransaction(
  ctx: MutationCtx,
  owner: LedgerOwner,
  effect: LedgerEffect,
): Promise<Performed> {
  if (owner.settings.functions[GROUPS[effect.type]] === undefined) {
    return { answer: await perform(ownLedger(ctx, owner), effect), refused: [] };
  }
  try {
    const args = { generation: owner._id, effect: JSON.stringify(effect) };
    return JSON.parse(await ctx.runMutation(internal.scheduled.callApp, args)) as Performed; // written by `performByApp`
  } catch (thrown) {
    // oxlint-disable-next-line no-console -- what is caught here reaches no other log of the deployment
    console.error(`video-engine: ${effect.type} of generation "${owner.key}" has failed.`, thrown);
    const { type, attempt } = effect;
    const answer = {
      type: "effect-failed",
      effect: type,
      attempt,
      certainty: "not-done",
      error: errorIn(thrown),
    } as const;
    return { answer, refused: [] };
  }
}

/**
 * Performs one effect by the app's functions. Throws where the answer cannot be read: it is a transaction within the transaction, and so what the
 * function has done is undone. Otherwise an answer that says nothing would be an unknown outcome, where none need exist.
 */
export async function performByApp(ctx: MutationCtx, owner: LedgerOwner, effect: LedgerEffect): Promise<Performed> {
  const refused: BackendReport[] = [];
  const answer = await perform(
    appLedger(ctx, owner, (report) => refused.push(report)),
    effect,
  );
  if (answer.type === "effect-failed" && answer.certainty === "unknown")
    throw new ConvexError(JSON.stringify(answer.error));
  return { answer, refused };
}

function perform(ledger: ReturnType<typeof ownLedger>, effect: LedgerEffect): Promise<EventPayload> {
  return createPerformEffect({ ledger, api: NO_API, files: NO_FILES })(effect, {
    signal: NEVER_ABORTED,
    onProgress: () => undefined,
  });
}

function errorIn(thrown: unknown) {
  try {
    if (thrown instanceof ConvexError) return JSON.parse(String(thrown.data)) as ReturnType<typeof videoErrorData>; // thrown above
  } catch {
    // It is another error.
  }
  const message = "A function of the app has failed. Its log says why.";
  return videoErrorData("internal", { message });
}

/** A transaction ends by itself. */
const NEVER_ABORTED = { aborted: false } as AbortSignal; // nothing of a ledger listens to it
const outside = (): never => {
  throw new Error("This is not part of a transaction.");
};
const NO_API: VideoApi = { isSubmitRepeatable: false, submit: outside, status: outside, cancel: outside };
const NO_FILES: FileUploads = { upload: outside };
