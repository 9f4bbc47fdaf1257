// GET health: whether the settings can be used. Strangers learn yes or no.
import type { Clock } from "../../platform-ports.ts";
import { checkCall } from "../before-work.ts";
import { readThrown, toErrorResponse } from "../error-response.ts";
import { VideoError } from "../../errors.ts";
import { isInternalCaller } from "../internal-caller.ts";
import type { RouteHandler } from "../protect-route.ts";
import type { SecretOption } from "../secret-option.ts";
import type { SettingsReport } from "./check-routes.ts";

/** What the route needs. */
export interface HealthRouteOptions {
  readonly check: () => Promise<SettingsReport>;
  readonly clock: Pick<Clock, "now">;
  readonly cronSecret?: SecretOption;
}

/** How long an answer is given again, milliseconds: anybody may ask, and a check may look whether a store can be reached. */
const FRESH_MS = 10_000;

/** Builds the handler. Never rejects. */
export function healthRoute({ check, clock, cronSecret }: HealthRouteOptions): RouteHandler {
  const latest = freshFor(check, clock);
  return async (request) => {
    try {
      checkCall(request);
      if (request.method !== "GET") throw new VideoError("method-not-allowed", { message: "Use GET here." });
      const { isUsable: ok, findings } = await latest();
      const body = (await isInternalCaller(request, cronSecret)) ? { ok, findings } : { ok };
      return Response.json(body, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
    } catch (thrown) {
      const error = readThrown(thrown);
      const response = toErrorResponse(error);
      if (error.code === "method-not-allowed") response.headers.set("allow", "GET");
      return response;
    }
  };
}

function freshFor(check: HealthRouteOptions["check"], clock: Pick<Clock, "now">): HealthRouteOptions["check"] {
  let asked: { readonly at: number; readonly report: Promise<SettingsReport> } | undefined;
  return async () => {
    const now = clock.now();
    // A clock that was set back does not keep an answer.
    if (asked === undefined || now - asked.at >= FRESH_MS || now < asked.at) asked = { at: now, report: check() };
    return await asked.report;
  };
}
