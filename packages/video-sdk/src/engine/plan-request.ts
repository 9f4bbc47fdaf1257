// From a request to the plan of a generation: checked, priced, and storable. Calls nothing but the app's own pricing.
import {
  checkVideoRequest,
  type VideoQuote,
  type VideoRequest,
  type VideoRequestIssue,
} from "@video-engine/video-models";
import { isVideoModelId } from "@video-engine/video-models";
import type { GenerationPlan } from "../core/state.ts";
import { refusalOf } from "../core/storable-plan.ts";
import { toVideoError, videoErrorData, type VideoErrorData } from "../errors.ts";
import type { TakenRequest } from "../ports.ts";

/** What a plan needs beside its request. */
export interface PlanOptions extends Omit<GenerationPlan, "request" | "credits"> {
  readonly quote: (request: VideoRequest) => VideoQuote;
}

/** The plan, or why there is none. Never throws. */
export function planRequest(
  { request, issues: fileIssues }: TakenRequest,
  { quote, ...rest }: PlanOptions,
): { readonly plan: GenerationPlan } | { readonly error: VideoErrorData } {
  const checked = checkVideoRequest(request);
  const issues = [...fileIssues, ...(checked.ok ? [] : checked.issues)];
  if (!checked.ok || issues.length > 0) return { error: invalidRequest(request, issues) };
  try {
    const { request: resolved, credits } = quote(checked.request);
    const plan: GenerationPlan = { ...rest, request: resolved, credits };
    const error = refusalOf(plan);
    return error === undefined ? { plan } : { error };
  } catch (cause) {
    return { error: pricingFailed(cause) };
  }
}

/** The error that lists every issue of a request. */
export function invalidRequest(request: unknown, issues: readonly VideoRequestIssue[]): VideoErrorData {
  const { model }: { readonly model?: unknown } = typeof request === "object" && request !== null ? request : {};
  return videoErrorData(isVideoModelId(model) ? "invalid-request" : "unknown-model", {
    message: issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" "),
    details: { issues },
  });
}

function pricingFailed(cause: unknown): VideoErrorData {
  const { message } = cause instanceof Error ? cause : toVideoError(cause);
  return videoErrorData("not-configured", {
    message: `The pricing that the engine was given has failed: ${message}`,
  });
}
