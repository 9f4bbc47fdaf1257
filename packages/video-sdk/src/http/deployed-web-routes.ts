// The routes that the web app calls, whose submits are guarded by Turnstile.
import { deployedRoutes } from "./deployed-routes.ts";
import type { RouteMap } from "./route-map.ts";

/** What the web app adds to a submit. */
export interface DeployedWebRoutesOptions extends Pick<RouteMap, "extraBody"> {
  /** A new Turnstile token: each is good for one submit. Sent as `turnstileToken`. What throws leaves the submit unsent. */
  turnstileToken(): string | Promise<string>;
}

/**
 * The deployed server's routes for the web app: the same as for its mobile client but for the submits, which have a Turnstile token. Addresses
 * for files and pictures of first frames come from the mobile routes, unless you name others.
 *
 * @example
 * const routes = deployedWebRoutes({ turnstileToken: () => turnstile.execute() });
 */
export function deployedWebRoutes({ turnstileToken, extraBody }: DeployedWebRoutesOptions): RouteMap {
  return {
    ...deployedRoutes("api", "fal-generate-videos"),
    async extraBody() {
      const [extra, token] = [await extraBody?.(), await turnstileToken()];
      // The route would get "undefined" from an untyped caller.
      if (typeof token !== "string" || token === "") throw new Error("turnstileToken gave none");
      return { ...extra, turnstileToken: token };
    },
  };
}
