// Encodes a generation's state as text and decodes it. Pure. Stored text is not trusted: it may be torn, foreign, newer or edited by hand.
import { isVideoModelId } from "@video-engine/video-models";
import { isUnconfirmed } from "./acquiring.ts";
import { withoutUrls } from "./upload-placeholder.ts";
import { isState } from "./record-shape.ts";
import { isRowAnew } from "./settlement.ts";
import type { GenerationState, StateName } from "./state.ts";
import type { AcquiringCall, SettlementStep } from "./settlement-steps.ts";
import { parsed } from "../value-kinds.ts";

/**
 * The version of the format. Every record begins with `{"v":N,`. A later version reads the records of all earlier released ones
 * (`__fixtures__/records-v*.json` hold samples) and raises the number only when an earlier version would do harm with its records. Each record
 * has the lowest number that can finish it. Unknown fields are carried along in the plan.
 */
const VERSION = 5;

/** Version 1 does not know the steps around the app's copies, nor the mark of a refund, and would set such a record aside. Every other record it can finish. */
const SINCE_2: readonly SettlementStep[] = ["save-videos", "update-row", "mark-refunded"];

/**
 * Versions 1 and 2 know the models of their release only, and would set a record of another one aside. Versions 1 to 3 would send calls without
 * their numbers, so that a repeat would run again. Versions 1 to 4 do not know that slot and credits may both be in doubt, nor credits that were
 * asked for anew.
 */
function versionOf(state: GenerationState): number {
  const isBothInDoubt = "held" in state && state.held.alsoUnconfirmed !== undefined;
  if (state.name === "acquiring-both" || isBothInDoubt || state.plan.isReservedAnew === true) return 5;
  if (state.plan.calls !== undefined) return 4;
  if (!isVideoModelId(state.plan.request.model)) return 3;
  const steps = state.name === "settling" ? state.steps : "undone" in state ? state.undone : undefined;
  return SINCE_2.some((step) => steps?.[step] !== undefined) ? 2 : 1;
}

/** Why a stored text cannot be read: it is incomplete, or its content is not a valid state. */
export type Unreadable = "torn" | "shape";

/** A decoded record. `newer`: a later version of this package wrote it, and this version must not interpret it. */
export type DecodedRecord =
  | { readonly kind: "state"; readonly state: GenerationState }
  | { readonly kind: "newer"; readonly version: number }
  | { readonly kind: "unreadable"; readonly reason: Unreadable };

/**
 * The text to store. It never contains a token. Once the provider has the job, it contains neither the prompt nor the attachments, because
 * they are not needed again. An image given as bytes is never stored.
 */
export function encodeRecord(state: GenerationState): string {
  const body = JSON.stringify(withoutPrompt(state));
  return `{"v":${versionOf(state)},"sum":${checksum(body)},"state":${body}}`;
}

const VERSION_OF = /^\{"v":([1-9]\d{0,8}),/;
const HEAD = /^\{"v":\d+,"sum":(\d+),"state":/;

/** Decodes a stored text into a state. Never throws. */
export function decodeRecord(text: string): DecodedRecord {
  const version = Number(VERSION_OF.exec(text)?.[1]);
  if (version > VERSION) return { kind: "newer", version };
  const head = HEAD.exec(text);
  const body = text.slice(head?.[0].length, -1);
  if (!(version >= 1) || !text.endsWith("}") || Number(head?.[1]) !== checksum(body)) return TORN;
  const state = parsed(body);
  return isState(state) ? { kind: "state", state } : { kind: "unreadable", reason: "shape" };
}

const TORN: DecodedRecord = { kind: "unreadable", reason: "torn" };

const NEEDS_PROMPT: ReadonlySet<StateName> = new Set<StateName>([
  "uploading",
  "acquiring-both",
  "acquiring-slot",
  "reserving-credits",
  "creating-session",
  "recording",
  "submitting",
]);

/** A slot or a row is requested again under its key with the same arguments, so its prompt is needed. A row is recorded anew with it. */
function needsPrompt(state: GenerationState): boolean {
  if (state.name === "settling" && isRowAnew(state)) {
    const { status } = state.steps["record-row"] ?? {};
    return status !== undefined && status !== "done";
  }
  if (state.name === "completed") return state.undone?.["record-row"] !== undefined;
  const isAskedAgain = "held" in state && state.plan.guarantee === "exactly-once";
  const isUnsure = (call: AcquiringCall): boolean => isAskedAgain && isUnconfirmed(state.held, call);
  return NEEDS_PROMPT.has(state.name) || isUnsure("acquire-slot") || isUnsure("record-row");
}

function withoutPrompt(state: GenerationState): GenerationState {
  const { attachmentImageBytes: _bytes, ...request } = state.plan.request;
  if (needsPrompt(state)) return { ...state, plan: { ...state.plan, request } };
  return { ...state, plan: { ...state.plan, request: { ...withoutUrls(request), prompt: "" } } };
}

/** FNV-1a, 32 bits. It detects a torn write, not a person who edits the storage. */
function checksum(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
