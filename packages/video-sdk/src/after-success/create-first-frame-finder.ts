// The app's route that makes a picture of a video's first frame. One request per call, and none once the deployment has no such route.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { planned } from "../http/planned.ts";
import { routesOf } from "../http/plan-routes.ts";
import { readRouteError } from "../http/read-route-error.ts";
import type { RouteMap } from "../http/route-map.ts";
import { createSend, type Http, type HttpAnswer } from "../http/send.ts";
import type { CallResult, FindFirstFrame } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { parseErrorAnswer } from "../protocol.ts";

/** Where the route is. */
export interface FirstFrameFinderOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** Which request the route takes. Default: that of the plan. */
  readonly routes?: RouteMap | undefined;
}

/** Milliseconds until a request counts as unanswered: the route fetches the video and decodes its beginning. */
const DEADLINE_MS = 30_000;

/** The statuses of a server that does not have the route. */
const NO_ROUTE: ReadonlySet<number> = new Set([404, 405, 501]);

const HTTPS_URL = /^https:\/\/[^\s\\/?#][^\s\\]{0,2039}$/;

/** Finds pictures through the app's route. A deployment without the route is asked only once. */
export function createFirstFrameFinder(options: FirstFrameFinderOptions): FindFirstFrame {
  const { http, clock } = options;
  const { firstFrame } = routesOf(options.routes);
  const send = createSend(http, clock);
  let isMissing = false;
  return async (videoUrl, signal) => {
    if (isMissing || firstFrame === undefined) return missing();
    if (!HTTPS_URL.test(videoUrl)) return failure(videoErrorData("invalid-request"));
    const call = planned("firstFrame", () => firstFrame(videoUrl));
    if ("error" in call) return failure(call.error);
    const answer = await send("post", call.path, { json: call.body, signal, deadlineMs: DEADLINE_MS });
    isMissing ||= isNoRoute(answer);
    return isMissing ? missing() : toFirstFrame(answer);
  };
}

function isNoRoute(answer: HttpAnswer): boolean {
  if (answer.kind === "none") return false;
  // The routes of `./server` always exist, and answer `not-configured` where one is not set up.
  return NO_ROUTE.has(answer.status) || parseErrorAnswer(answer.body)?.code === "not-configured";
}

function toFirstFrame(answer: HttpAnswer): CallResult<string> {
  if (answer.kind === "none" || answer.status >= 400) return failure(readRouteError(answer));
  const url = urlIn(answer.body);
  return url === undefined ? failure(videoErrorData("protocol-mismatch")) : { ok: true, value: url };
}

function urlIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("url" in body) || typeof body.url !== "string") return undefined;
  const isRefusal = "success" in body && body.success === false;
  return HTTPS_URL.test(body.url) && !isRefusal ? body.url : undefined;
}

function missing(): CallResult<never> {
  return failure(videoErrorData("not-configured", { message: "This deployment makes no pictures of first frames." }));
}

/** Whether the picture was made does not matter to anything. */
function failure(error: VideoErrorData): CallResult<never> {
  return { ok: false, certainty: "unknown", error };
}
