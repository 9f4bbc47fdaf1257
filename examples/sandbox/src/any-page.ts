// Lets any web page call the sandbox, as a page may call the providers. Knows nothing of what is served.
import type { WebHandler } from "./serve-http.ts";

/** A handler that answers a browser's question first, and marks every answer as readable. */
export function forAnyPage(handler: WebHandler): WebHandler {
  return async (request) => {
    if (request.method === "OPTIONS") {
      const headers = {
        "access-control-allow-origin": "*",
        "access-control-allow-methods": "GET, HEAD, POST, PUT, DELETE",
        "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "*",
        "access-control-max-age": "86400",
      };
      return new Response(null, { status: 204, headers });
    }
    const response = await handler(request);
    response.headers.set("access-control-allow-origin", "*");
    response.headers.set("access-control-expose-headers", "*");
    return response;
  };
}
