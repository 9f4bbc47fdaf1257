// Whether a video can be made as the flags say it: `generate` and `cost` ask the same question. Nothing is called before it is answered.
import {
  checkVideoRequest,
  choicesFor,
  getVideoModel,
  isVideoModelId,
  resolveVideoRequest,
  type VideoRequest,
  type VideoRequestIssue,
} from "@video-engine/video-models";
import { VideoError, type GenerateRequest } from "@video-engine/video-sdk";
import { FLAG_OF, requestFrom, type VideoFlagValues } from "./flags.ts";
import { openFiles } from "./open-files.ts";

/** The checked request with its files opened. Throws for everything in it that cannot work or would not be used. */
export async function readRequest(prompt: string, flags: VideoFlagValues): Promise<GenerateRequest> {
  const { checkable, files } = await openFiles(requestFrom(prompt, flags));
  const checked = checkVideoRequest(checkable);
  const wrong = checked.ok ? [] : checked.issues.map((issue) => withChoices(issue, checkable));
  const unused = checked.ok || checked.code === "invalid-request" ? unusedIn(checkable) : [];
  const issues = [...wrong, ...unused.filter(({ path }) => wrong.every((issue) => issue.path !== path))];
  if (checked.ok && issues.length === 0) return { ...checked.request, ...files };
  const told = issues.map((issue) => ({ ...issue, flag: flagOf(issue) }));
  throw new VideoError(checked.ok ? "invalid-request" : checked.code, {
    message: told.map(({ flag, message }) => `${flag}: ${message}`).join(" "),
    details: { issues: told },
    settlement: "none",
  });
}

/** As it was written: `--duration 5`, or `the prompt`. */
function flagOf({ path, value }: VideoRequestIssue): string {
  const [field = ""] = path.split(".");
  const flag = Object.hasOwn(FLAG_OF, field) ? FLAG_OF[field as keyof VideoRequest] : undefined; // just looked up
  if (field === "generateAudio" && value === false) return "--no-audio";
  const isShown = typeof value === "string" || typeof value === "number";
  return `${flag ?? (path || "the request")}${isShown ? ` ${value}` : ""}`;
}

/** The shape of a field says what any model takes. A person wants to know what this one does. */
function withChoices(issue: VideoRequestIssue, { model, ...given }: Record<string, unknown>): VideoRequestIssue {
  if (!isVideoModelId(model)) return issue;
  const choices = choicesFor(model, { attachments: given });
  const offered = new Map<string, readonly unknown[]>([
    ["aspectRatio", choices.aspectRatios],
    ["resolution", choices.resolutions],
    // The model's own issue knows the resolution, too.
    ...(issue.allowed === undefined ? ([["duration", choices.durations]] as const) : []),
  ]);
  const allowed = offered.get(issue.path);
  if (allowed === undefined) return issue;
  const { label } = getVideoModel(model);
  if (allowed.length === 0) return { ...issue, message: `${label} leaves no choice here. Leave it out.` };
  return { ...issue, allowed, message: `${label} offers ${allowed.join(", ")} here.` };
}

/** An app sends every field of its form, so what a model has no use for does no harm there. Who writes a flag means it. */
function unusedIn(given: Record<string, unknown>): readonly VideoRequestIssue[] {
  const { notes, request: resolved } = resolveVideoRequest(given as unknown as VideoRequest); // its model is known
  return notes.flatMap(({ field, outcome, from, reason }) => {
    // Such as --audio where there always is sound. A prompt stands there whether it is sent or not.
    const isAsAsked = field !== "prompt" && resolved[field as keyof VideoRequest] === from; // any other name is undefined
    if (outcome !== "ignored" || isAsAsked) return [];
    return [{ path: field, message: `${reason} Leave it out.`, ...(field !== "prompt" && { value: from }) }];
  });
}
