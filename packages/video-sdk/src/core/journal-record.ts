// A generation's state as a stored text, and back. Pure. What is stored is not trusted: it may be torn, foreign, newer or edited by hand.
import { isObject, isState } from "./record-shape.ts";
import type { GenerationState, StateName } from "./state.ts";

/** The version of the format. A record of another one is set aside, never guessed at. */
const VERSION = 1;

/** Why a stored text was not read. */
export type Unreadable = "torn" | "version" | "shape";

/** A stored text, read. */
export type DecodedRecord =
  | { readonly kind: "state"; readonly state: GenerationState }
  | { readonly kind: "unreadable"; readonly reason: Unreadable };

/**
 * The text to store. No token is in it; from the moment the provider has the job, neither the prompt nor what was attached,
 * because nothing needs them again. An image given as bytes is never stored.
 */
export function encodeRecord(state: GenerationState): string {
  const body = JSON.stringify(withoutPrompt(state));
  return JSON.stringify({ v: VERSION, sum: checksum(body), body });
}

/** The state of a stored text. Never throws. */
export function decodeRecord(text: string): DecodedRecord {
  const record = parseObject(text);
  if (record === undefined || typeof record["v"] !== "number") return { kind: "unreadable", reason: "torn" };
  if (record["v"] !== VERSION) return { kind: "unreadable", reason: "version" };
  const { body, sum } = record;
  if (typeof body !== "string" || sum !== checksum(body)) return { kind: "unreadable", reason: "torn" };
  const state = parseObject(body);
  return state !== undefined && isState(state) ? { kind: "state", state } : { kind: "unreadable", reason: "shape" };
}

const NEEDS_PROMPT: ReadonlySet<StateName> = new Set<StateName>([
  "uploading",
  "acquiring-slot",
  "reserving-credits",
  "creating-session",
  "recording",
  "submitting",
]);

/** A slot and a row are asked for again under their keys with what they were asked for first. */
function needsPrompt(state: GenerationState): boolean {
  const unconfirmedCall = "held" in state ? state.held.unconfirmedCall : undefined;
  return NEEDS_PROMPT.has(state.name) || unconfirmedCall === "acquire-slot" || unconfirmedCall === "record-row";
}

function withoutPrompt(state: GenerationState): GenerationState {
  const { attachmentImageBytes: _bytes, ...request } = state.plan.request;
  if (needsPrompt(state)) return { ...state, plan: { ...state.plan, request } };
  const { attachmentImageUrl: _image, startFrameImageUrl: _start, endFrameImageUrl: _end, ...withoutImages } = request;
  const { klingO1Images: _images, klingO1Elements: _elements, klingO1Video: _video, ...settings } = withoutImages;
  return { ...state, plan: { ...state.plan, request: { ...settings, prompt: "" } } };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** FNV-1a, 32 bits: it finds a torn write. It is no protection against whoever edits the storage. */
function checksum(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
