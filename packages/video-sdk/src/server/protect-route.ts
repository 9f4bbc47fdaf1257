// What every signed-in route has in common: method, sign-in, rate limit, errors, log. Knows no provider and no request.
import { isVideoError, VideoError } from "../errors.ts";
import { beforeWork, checkCall } from "./before-work.ts";
import { readThrown, toErrorResponse } from "./error-response.ts";
import type { LimitRate, RateLimitName } from "./limits/limit-rate.ts";
import { tell, type EventSink, type ToldEvent, type VideoRouteName } from "./server-event.ts";
import { signInRefusalOf, type RefusedSignIn } from "./sign-in-refusal.ts";
import type { WaitFor } from "./wait-limits.ts";

/** A signed-in user. */
export interface VideoUser {
  readonly userId: string;
}

/**
 * Returns the user who sent a request, from its headers, or null when there is none. Called before the body is read. A throw counts
 * as null, because token checkers throw on a bad token; throw a {@link VideoError} to answer with another error. The event
 * `sign-in-refused` says why the request was not let in: what is returned as `refused`, or what jose, `@clerk/backend` and jsonwebtoken throw.
 */
export type Authenticate = (
  request: Request,
) => Promise<VideoUser | RefusedSignIn | null> | VideoUser | RefusedSignIn | null;

/** What all routes of an app have in common. */
export interface RouteContext {
  readonly authenticate: Authenticate;
  /** Left out: nothing is limited. */
  readonly limitRate?: LimitRate | undefined;
  readonly waitFor: WaitFor;
  readonly onEvent?: EventSink | undefined;
}

/** One route: its method, the rate limit it counts towards, and its work for a signed-in user, which returns the JSON to answer or throws. */
export interface Route {
  readonly name: VideoRouteName;
  readonly method: "GET" | "POST";
  readonly limit: RateLimitName;
  readonly run: (request: Request, user: VideoUser, note: Note) => Promise<object>;
}

/** What a request has turned out to be about, for the event of its failure. */
export interface Noted {
  readonly key?: string | undefined;
  readonly handle?: string | undefined;
  readonly requestId?: string | undefined;
  /** Texts of the user, which no event may repeat. */
  readonly texts?: readonly string[] | undefined;
}

/** Takes note of it. */
export type Note = (noted: Noted) => void;

/** A web-standard handler. Never rejects. */
export type RouteHandler = (request: Request) => Promise<Response>;

/** Wraps a route: method, sign-in, rate limit, then the route itself. Everything thrown becomes an error answer and an event. */
export function protectRoute({ name, method, limit, run }: Route, context: RouteContext): RouteHandler {
  const { authenticate, limitRate, waitFor, onEvent } = context;
  return async (request) => {
    let user: VideoUser | undefined;
    let isBegun = false;
    let noted: Noted = {};
    try {
      checkCall(request);
      if (request.method !== method) {
        throw new VideoError("method-not-allowed", { message: `Use ${method} here, not ${request.method}.` });
      }
      user = await waitFor("authenticate", async () => await signIn(request, { authenticate, route: name, onEvent }));
      const { userId } = user;
      await limitRate?.(limit, userId);
      isBegun = true;
      return Response.json(await run(request, user, (more) => (noted = { ...noted, ...more })), {
        headers: { "cache-control": "no-store" },
      });
    } catch (cause) {
      const error = isBegun ? readThrown(cause) : beforeWork(cause);
      tellFailure({ route: name, error, userId: user?.userId }, noted, { request, onEvent });
      const response = toErrorResponse(error);
      if (error.code === "method-not-allowed") response.headers.set("allow", method);
      return response;
    }
  };
}

interface Failing {
  readonly request: Request;
  readonly onEvent: EventSink | undefined;
}

type Failure = Pick<Extract<ToldEvent, { type: "request-failed" }>, "route" | "error" | "userId">;

function tellFailure(failure: Failure, noted: Noted, { request, onEvent }: Failing): void {
  const { key, handle, requestId, texts = [] } = noted;
  tell(onEvent, { type: "request-failed", ...failure, key, handle, requestId }, [...texts, ...tokensOf(request)]);
}

/** What a request proves its user by. A checker of tokens may repeat it in its error. */
function tokensOf(request: Partial<Request> | undefined): readonly string[] {
  const headers = request?.headers instanceof Headers ? request.headers : new Headers();
  return [headers.get("authorization")?.replace(/^\S+\s+/, ""), headers.get("cookie")].flatMap((text) => text ?? []);
}

interface SigningIn extends Pick<RouteContext, "authenticate" | "onEvent"> {
  readonly route: VideoRouteName;
}

async function signIn(request: Request, { authenticate, route, onEvent }: SigningIn): Promise<VideoUser> {
  const refuse = ({ refused: reason, cause }: RefusedSignIn): VideoError => {
    tell(onEvent, { type: "sign-in-refused", route, reason, cause }, tokensOf(request));
    return new VideoError("not-signed-in", { cause });
  };
  const answer = await Promise.resolve(request)
    .then(authenticate)
    .catch((cause: unknown) => {
      throw isVideoError(cause) ? cause : refuse({ refused: signInRefusalOf(cause), cause });
    });
  if (answer !== null && answer !== undefined && "refused" in answer) throw refuse(answer);
  // An authenticate that is not type-checked may return undefined or an empty id.
  if (answer?.userId) return answer;
  throw refuse({ refused: tokensOf(request).length > 0 ? "unknown" : "no-token" });
}
