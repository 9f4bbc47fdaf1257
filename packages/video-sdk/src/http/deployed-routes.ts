// The routes of the app's deployed server: a pair for each family of models, and the names that each of them reads.
import { transitionOf, type ResolvedVideoRequest, type VideoModelId } from "@video-engine/video-models";
import { requestBody } from "./request-body.ts";
import type { RouteCall, RoutedJob, RouteMap, RouteQuestion } from "./route-map.ts";

/** Families with a submit route of their own. Transitions belong to the family of their model. */
const SUBMITS: Partial<Record<VideoModelId, string>> = {
  "kie-sora-2": "kie-sora-2",
  "kie-wan-2.5": "kie-wan-2.5",
  "kie-seedance-1.5-pro": "kie-seedance-1.5-pro",
  "pixverse-v5": "pixverse-video",
};

/** How a body says what was not asked for: every body has a ratio and a length. */
const RATIO = "16:9";
const SECONDS = 5;

/** The deployed routes below a path. `others`: the submit route of the models without one of their own. */
export function deployedRoutes(below: string, others: string): RouteMap {
  return {
    submit: (request) => ({ path: `${below}/${familyOf(request.model) ?? others}`, body: deployedBody(request) }),
    status: toQuestion,
    verdictStatuses: [400, 403, 422],
    isSubmitRepeatable: false,
  };
}

function familyOf(model: VideoModelId): string | undefined {
  const sibling = transitionOf(model);
  return SUBMITS[model] ?? (sibling && SUBMITS[sibling]);
}

/** fal's route looks a job up by its endpoint, so it is asked with each question. */
function toQuestion({ model, modelId, requestId, endpoint }: RoutedJob): RouteQuestion {
  const family = familyOf(model);
  return family?.startsWith("kie-") === true
    ? { path: `api/${family}/status`, query: { taskId: requestId, modelId, endpoint } }
    : { path: "api/fal-generate-videos/status", query: { requestId, modelId, endpoint } };
}

function deployedBody(request: ResolvedVideoRequest): RouteCall["body"] {
  const { startFrameImageUrl, endFrameImageUrl, klingO1Images: references = [], ...body } = requestBody(request);
  const { aspectRatio = RATIO, duration, attachmentImageUrl, klingO1Elements, klingO1Video } = body;
  // One image of Kling stands where every other model has its image; several are a list of their own.
  const isAlone = references.length === 1 && klingO1Elements === undefined && klingO1Video === undefined;
  const image = isAlone ? references[0] : attachmentImageUrl;
  return {
    ...body,
    model: modelNamed(request),
    aspectRatio,
    duration: typeof duration === "number" ? duration : SECONDS,
    // Routes of kie read the one name, those of fal the other.
    attachmentImageUrl: image,
    imageUrl: image,
    startFrameImageUrl,
    startImageUrl: startFrameImageUrl,
    endFrameImageUrl,
    endImageUrl: endFrameImageUrl,
    klingO1Images: isAlone || references.length === 0 ? undefined : references.map((url) => ({ url })),
  };
}

/** Two frames go with the id of the model that has a transition: its server knows what they mean. */
function modelNamed({ model, startFrameImageUrl, endFrameImageUrl }: ResolvedVideoRequest): VideoModelId {
  const isTransition = startFrameImageUrl !== undefined && endFrameImageUrl !== undefined;
  return (isTransition ? transitionOf(model) : undefined) ?? model;
}
