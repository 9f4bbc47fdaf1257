// What every signed-in route has in common: method, sign-in, rate limit, errors, log. Knows no provider and no request.
import { isVideoError, VideoError } from "../errors.ts";
import { beforeWork, checkCall } from "./before-work.ts";
import { readThrown, toErrorResponse } from "./error-response.ts";
import type { LimitRate, RateLimitName } from "./limits/limit-rate.ts";
import { tell, type VideoRouteName, type VideoServerListener } from "./server-event.ts";
import type { WaitFor } from "./wait-limits.ts";

/** A signed-in user. */
export interface VideoUser {
  readonly userId: string;
}

/**
 * Returns the user who sent a request, from its headers, or null when there is none. Called before the body is read. A throw counts
 * as null, because token checkers throw on a bad token; throw a {@link VideoError} to answer with another error.
 */
export type Authenticate = (request: Request) => Promise<VideoUser | null> | VideoUser | null;

/** What all routes of an app have in common. */
export interface RouteContext {
  readonly authenticate: Authenticate;
  /** Left out: nothing is limited. */
  readonly limitRate?: LimitRate | undefined;
  readonly waitFor: WaitFor;
  readonly onEvent?: VideoServerListener | undefined;
}

/** One route: its method, the rate limit it counts towards, and its work for a signed-in user, which returns the JSON to answer or throws. */
export interface Route {
  readonly name: VideoRouteName;
  readonly method: "GET" | "POST";
  readonly limit: RateLimitName;
  readonly run: (request: Request, user: VideoUser) => Promise<object>;
}

/** A web-standard handler. Never rejects. */
export type RouteHandler = (request: Request) => Promise<Response>;

/** Wraps a route: method, sign-in, rate limit, then the route itself. Everything thrown becomes an error answer and an event. */
export function protectRoute({ name, method, limit, run }: Route, context: RouteContext): RouteHandler {
  const { authenticate, limitRate, waitFor, onEvent } = context;
  return async (request) => {
    let user: VideoUser | undefined;
    let isBegun = false;
    try {
      checkCall(request);
      if (request.method !== method) {
        throw new VideoError("method-not-allowed", { message: `Use ${method} here, not ${request.method}.` });
      }
      user = await waitFor("authenticate", async () => await signIn(request, authenticate));
      const { userId } = user;
      await waitFor("limiter", async () => await limitRate?.(limit, userId));
      isBegun = true;
      return Response.json(await run(request, user), { headers: { "cache-control": "no-store" } });
    } catch (cause) {
      const error = isBegun ? readThrown(cause) : beforeWork(cause);
      tell(onEvent, { type: "request-failed", route: name, error, userId: user?.userId });
      const response = toErrorResponse(error);
      if (error.code === "method-not-allowed") response.headers.set("allow", method);
      return response;
    }
  };
}

async function signIn(request: Request, authenticate: Authenticate): Promise<VideoUser> {
  const user = await Promise.resolve(request)
    .then(authenticate)
    .catch((cause: unknown) => {
      throw isVideoError(cause) ? cause : new VideoError("not-signed-in", { cause });
    });
  // An authenticate that is not type-checked may return undefined or an empty id.
  if (!user?.userId) throw new VideoError("not-signed-in");
  return user;
}
