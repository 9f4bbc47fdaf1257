// From a request to the plan of a generation: checked, priced, and storable. Calls nothing but the app's own pricing.
import {
  checkVideoRequest,
  isVideoModelId,
  UnpricedVideoModelError,
  type VideoQuote,
  type VideoRegistry,
  type VideoRequest,
  type VideoRequestCheck,
  type VideoRequestIssue,
} from "@video-engine/video-models";
import type { GenerationPlan } from "../core/state.ts";
import { refusalOf } from "../core/storable-plan.ts";
import { toVideoError, videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
import type { TakenRequest } from "../file-ports.ts";

/** What a plan needs beside its request. */
export interface PlanOptions extends Omit<GenerationPlan, "request" | "credits"> {
  readonly quote: (request: VideoRequest) => VideoQuote;
  /** Newer rules than those of this release. Left out: these. */
  readonly registry: Pick<VideoRegistry, "checkVideoRequest"> | undefined;
}

/** The plan, or why there is none. Never throws. */
export function planRequest(
  { request, issues: fileIssues }: TakenRequest,
  { quote, registry, ...rest }: PlanOptions,
): { readonly plan: GenerationPlan } | { readonly error: VideoErrorData } {
  const checked = checkKnown(request, registry);
  const issues = [...fileIssues, ...(checked.ok ? [] : checked.issues)];
  if (!checked.ok || issues.length > 0) {
    return { error: invalidRequest(request, issues, checked.ok ? undefined : checked.code) };
  }
  try {
    const { request: resolved, credits } = quote(checked.request);
    const plan: GenerationPlan = { ...rest, request: resolved, credits };
    const error = refusalOf(plan);
    return error === undefined ? { plan } : { error };
  } catch (cause) {
    return { error: pricingFailed(cause) };
  }
}

/** Asks the newer rules, where there are some. A model that only they know cannot be kept in a record of this version: it is unknown here. */
function checkKnown(request: unknown, registry: PlanOptions["registry"]): VideoRequestCheck {
  const checked = (registry?.checkVideoRequest ?? checkVideoRequest)(request);
  return checked.ok && !isVideoModelId(checked.request.model) ? checkVideoRequest(request) : checked;
}

/** The error that lists every issue of a request. `code`: what is wrong with it, where a known model leaves that open. */
export function invalidRequest(
  request: unknown,
  issues: readonly VideoRequestIssue[],
  code: VideoErrorCode = "invalid-request",
): VideoErrorData {
  const { model }: { readonly model?: unknown } = typeof request === "object" && request !== null ? request : {};
  return videoErrorData(isVideoModelId(model) ? code : "unknown-model", {
    message: issues.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`)).join(" "),
    details: { issues },
  });
}

function pricingFailed(cause: unknown): VideoErrorData {
  if (cause instanceof UnpricedVideoModelError) return videoErrorData("not-configured", { message: cause.message });
  const { message } = cause instanceof Error ? cause : toVideoError(cause);
  return videoErrorData("not-configured", {
    message: `The pricing that the engine was given has failed: ${message}`,
  });
}
