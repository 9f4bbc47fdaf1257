// From a request to the plan of a generation: checked, priced, and storable. Calls nothing but the app's own pricing.
import {
  checkVideoRequest,
  getVideoModel,
  isVideoModelId,
  UnpricedVideoModelError,
  type AnyVideoRegistry,
  type FieldNote,
  type VideoQuote,
  type VideoRequest,
  type VideoRequestIssue,
} from "@video-engine/video-models";
import { factsToKeep } from "../core/model-facts.ts";
import type { GenerationPlan } from "../core/state.ts";
import { refusalOf } from "../core/storable-plan.ts";
import { toVideoError, videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
import type { TakenRequest } from "../file-ports.ts";

/** The models that an engine generates with. */
export type EngineModels = Pick<AnyVideoRegistry, "checkVideoRequest" | "getVideoModel" | "isVideoModelId">;

/** The models of this release. */
export const BUILT_IN_MODELS: EngineModels = { checkVideoRequest, getVideoModel, isVideoModelId };

/** What a plan needs beside its request. */
export interface PlanOptions extends Omit<GenerationPlan, "request" | "credits" | "modelFacts" | "sent"> {
  readonly quote: (request: VideoRequest) => VideoQuote;
  /** Left out: the models of this release. */
  readonly registry: EngineModels | undefined;
  /** Those of the ledger. */
  readonly sentFields?: readonly string[] | undefined;
}

/** The plan, or why there is none. Never throws. */
export function planRequest(
  { request, issues: fileIssues }: TakenRequest,
  { quote, registry = BUILT_IN_MODELS, sentFields, ...rest }: PlanOptions,
): { readonly plan: GenerationPlan } | { readonly error: VideoErrorData } {
  const checked = registry.checkVideoRequest(request);
  if (!checked.ok || fileIssues.length > 0) {
    const issues = [...fileIssues, ...(checked.ok ? [] : checked.issues)];
    return { error: invalidRequest(request, issues, { registry, code: checked.ok ? undefined : checked.code }) };
  }
  try {
    const { request: resolved, credits, notes } = quote(checked.request);
    const { model } = resolved;
    const known = registry.getVideoModel(model);
    const modelFacts = factsToKeep(model, known);
    const sent = sentFields && { label: known.label, fields: sentFields };
    const plan: GenerationPlan = { ...rest, request: resolved, ...(modelFacts && { modelFacts }), sent, credits };
    const error = ruledOtherwise(notes) ?? refusalOf(plan);
    return error === undefined ? { plan } : { error };
  } catch (cause) {
    return { error: pricingFailed(cause) };
  }
}

/** The error that lists every issue of a request. `code`: what is wrong with it, where a known model leaves that open. */
export function invalidRequest(
  request: unknown,
  issues: readonly VideoRequestIssue[],
  {
    registry,
    code = "invalid-request",
  }: { readonly registry: EngineModels; readonly code?: VideoErrorCode | undefined },
): VideoErrorData {
  const { model }: { readonly model?: unknown } = typeof request === "object" && request !== null ? request : {};
  return videoErrorData(registry.isVideoModelId(model) ? code : "unknown-model", {
    message: issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" "),
    details: { issues },
  });
}

/** Why a price is none of the request that was checked: the pricing goes by an older registry, and would sell something else. */
function ruledOtherwise(notes: readonly FieldNote[]): VideoErrorData | undefined {
  const note = notes.find(({ field, outcome }) => outcome === "fitted" && SETTINGS.has(field));
  if (note === undefined) return undefined;
  return videoErrorData("not-configured", {
    message: `The pricing that the engine was given takes ${note.field} ${String(note.from)} for ${String(note.to)}: ${note.reason} Make it by createPricing of the registry that the engine was given.`,
  });
}

const SETTINGS: ReadonlySet<string> = new Set(["aspectRatio", "duration", "resolution"]);

function pricingFailed(cause: unknown): VideoErrorData {
  if (cause instanceof UnpricedVideoModelError) return videoErrorData("not-configured", { message: cause.message });
  const { message } = cause instanceof Error ? cause : toVideoError(cause);
  return videoErrorData("not-configured", {
    message: `The pricing that the engine was given has failed: ${message}`,
  });
}
