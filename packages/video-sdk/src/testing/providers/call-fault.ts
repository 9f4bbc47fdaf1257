// What can go wrong with one HTTP call to a provider, as data. Does not know which provider or which call.

/** What happens to one call in place of its proper answer. A text body is sent as HTML, everything else as JSON. */
export type CallFault =
  | { readonly kind: "network"; readonly code: "ECONNRESET" | "ECONNREFUSED" | "UND_ERR_HEADERS_TIMEOUT" }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** The answer that a fault stands for. Throws `TypeError("fetch failed")` with the system's code for a network fault. */
export function playCallFault(fault: CallFault): Response {
  if (fault.kind === "network") {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(fault.code), { code: fault.code }) });
  }
  const { status, body, headers = {} } = fault;
  if (typeof body !== "string") return Response.json(body, { status, headers });
  return new Response(body, { status, headers: { "content-type": "text/html", ...headers } });
}

/** A gateway's error page: what a proxy in front of a provider answers, in place of the provider's JSON. */
export const BAD_GATEWAY: CallFault = {
  kind: "answer",
  status: 502,
  body: "<html><head><title>502 Bad Gateway</title></head></html>",
};
