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
    if (isCall(call)) return call as T; // of a path and, where it is typed, the members that belong to it
    return notPlanned(route, "answers no { path }");
  } catch (cause) {
    return notPlanned(route, `has thrown ${causeText(cause)}`);
  }
}

function isCall(call: unknown): boolean {
  const { path, body, query }: Readonly<Record<string, unknown>> = Object(call);
  return typeof path === "string" && path !== "" && Object(body ?? query) === (body ?? query);
}

function notPlanned(route: string, what: string): { readonly error: VideoErrorData } {
  const message = `\`routes.${route}\` ${what}. Nothing was sent: mend the map of the routes.`;
  return { error: videoErrorData("not-configured", { message }) };
}
