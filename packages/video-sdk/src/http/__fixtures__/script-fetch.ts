// A fetch that gives the answers a test has laid out, and remembers what it was asked. Knows no route.

/** What one request is answered with. `hang`: never, whatever the signal says. */
export type ScriptedAnswer = Response | Error | "hang" | ((request: Request) => Promise<Response>);

/** One request that was made. */
export interface SeenRequest extends Pick<Request, "url" | "method" | "headers" | "signal"> {
  /** Its body, empty where it has none. */
  text(): Promise<string>;
  json(): Promise<unknown>;
}

/** The fetch and what it was asked. */
export interface ScriptedFetch {
  readonly fetch: typeof fetch;
  /** In order. */
  readonly requests: readonly SeenRequest[];
}

/** One answer per request, in order. A request beyond them fails as a broken network would. */
export function scriptFetch(...answers: readonly ScriptedAnswer[]): ScriptedFetch {
  const waiting = [...answers];
  const requests: SeenRequest[] = [];
  return {
    requests,
    fetch: (input, init) => {
      const request = input instanceof Request ? input : new Request(input, init);
      requests.push(seen(request));
      const answer = waiting.shift() ?? new TypeError("No answer is laid out for this request.");
      if (answer instanceof Error) return Promise.reject(answer);
      if (answer === "hang") return new Promise(() => undefined);
      return typeof answer === "function" ? answer(request) : Promise.resolve(answer);
    },
  };
}

/** The body is that of a copy, because ky discards its own. The request itself is held on to: with it, its signal would be lost as garbage. */
function seen(request: Request): SeenRequest {
  const { url, method, headers } = request;
  const copy = request.clone();
  return {
    url,
    method,
    headers,
    text: () => copy.text(),
    json: () => copy.json(),
    get signal() {
      return request.signal;
    },
  };
}

/** An answer in JSON. */
export function json(body: unknown, init?: ResponseInit): Response {
  return new Response(JSON.stringify(body), init);
}

/** The page a gateway shows when it has no answer of its own backend. */
export function htmlPage(status: number): Response {
  const page = "<!doctype html><title>Error</title><h1>error 502: the upstream failed (400)</h1>";
  return new Response(page, { status, headers: { "content-type": "text/html" } });
}

/** What a runtime's fetch rejects with when the network is gone. */
export function networkError(): Error {
  return new TypeError("fetch failed");
}
