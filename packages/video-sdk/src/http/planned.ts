// Asks an app's map of routes for a request. A map that throws, or answers something else, must not pass for a server that does not answer.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { causeText } from "../thrown-error.ts";

/** What the map says, or why nothing can be sent. Never throws. */
export function planned<T extends { readonly path: string }>(
  route: string,
  plan: () => T,
): T | { readonly error: VideoErrorData } {
  try {
    const call: unknown = plan();
    if (isCall(call, route)) return call as T; // just looked at
    return notPlanned(route, "answers no { path } with a body or a query");
  } catch (cause) {
    return notPlanned(route, `has thrown ${causeText(cause)}`);
  }
}

/** A question has a query, and everything else a body. */
function isCall(call: unknown, route: string): boolean {
  const { path, body, query }: Readonly<Record<string, unknown>> = Object(call);
  const content = route === "status" ? query : body;
  return typeof path === "string" && path !== "" && Object(content) === content && !Array.isArray(content);
}

function notPlanned(route: string, what: string): { readonly error: VideoErrorData } {
  const message = `\`routes.${route}\` ${what}. Nothing was sent: mend the map of the routes.`;
  return { error: videoErrorData("not-configured", { message }) };
}
