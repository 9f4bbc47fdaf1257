// The routes of the plan, which are those of `./server`, and what a map leaves to them.
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import { requestBody } from "./request-body.ts";
import type { FileToUpload, Route, RouteCall, RoutedJob, RouteMap, RouteQuestion } from "./route-map.ts";

/** The routes of the plan: one that submits, one that tells about jobs, whatever the model. The default. */
export const planRoutes = {
  submit: "api/mobile/generate-video",
  status: "api/mobile/video-status",
  presign: "api/mobile/r2-presign",
  presignVideo: "api/mobile/upload-video-presign",
  firstFrame: "api/mobile/extract-first-frame",
  models: "api/mobile/models",
} as const satisfies RouteMap;

/** A map with every path filled in. */
export interface Routes {
  submit(request: ResolvedVideoRequest): RouteCall;
  status(job: RoutedJob): RouteQuestion;
  readonly cancel: ((job: RoutedJob) => RouteCall) | undefined;
  presign(file: FileToUpload): RouteCall;
  presignVideo(file: FileToUpload): RouteCall;
  readonly firstFrame: ((videoUrl: string) => RouteCall) | undefined;
  readonly models: string;
}

/** The map, with the plan's bodies and queries where it only names a path. */
export function routesOf(map: RouteMap = {}): Routes {
  const { submit = planRoutes.submit, status = planRoutes.status, cancel, isUploadLengthSent = false } = map;
  const { presign = planRoutes.presign, presignVideo = planRoutes.presignVideo } = map;
  const { firstFrame = planRoutes.firstFrame, models = planRoutes.models } = map;
  const toPresign = ({ contentType, contentLength }: FileToUpload): object =>
    isUploadLengthSent ? { contentType, contentLength } : { contentType };
  return {
    submit: posting(submit, requestBody),
    status: asking(status, namesOf),
    cancel: cancel === undefined ? undefined : posting(cancel, namesOf),
    presign: posting(presign, toPresign),
    presignVideo: posting(presignVideo, ({ contentType }) => ({ contentType, fileName: "video.mp4" })),
    firstFrame: firstFrame === false ? undefined : posting(firstFrame, (videoUrl) => ({ videoUrl })),
    models,
  };
}

function posting<Given>(
  route: Route<Given, RouteCall>,
  toBody: (given: Given) => RouteCall["body"],
): (given: Given) => RouteCall {
  return typeof route === "string" ? (given) => ({ path: route, body: toBody(given) }) : route;
}

function asking(
  route: Route<RoutedJob, RouteQuestion>,
  toQuery: (job: RoutedJob) => RouteQuestion["query"],
): (job: RoutedJob) => RouteQuestion {
  return typeof route === "string" ? (job) => ({ path: route, query: toQuery(job) }) : route;
}

function namesOf({ requestId, modelId, provider, endpoint }: RoutedJob): RouteQuestion["query"] {
  return { requestId, modelId, provider, endpoint };
}
