// Convex's HTTP API as ConvexHttpClient 1.48 calls it: POST /api/query, /api/mutation, /api/action and /api/function, and the pair
// /api/query_ts and /api/query_at_ts. Knows nothing of the functions or of sockets.
import type { IncomingMessage, ServerResponse } from "node:http";
import { arrayBuffer, text } from "node:stream/consumers";
import type { JSONValue } from "convex/values";
import type { DeploymentSite } from "./deployment-site.ts";
import type { FunctionCall, FunctionKind, FunctionRunner, Outcome } from "./function-runner.ts";
import { encodeTimestamp } from "./sync-protocol.ts";
import { readToken, TokenError, type Identity } from "./tokens.ts";

/** Convex's status for a function that threw. */
const FUNCTION_FAILED = 560;

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, convex-client",
  "access-control-max-age": "86400",
};

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, JSONValue | undefined>>;
}

interface ParsedCall extends FunctionCall {
  readonly ts: JSONValue | undefined;
  readonly componentPath: JSONValue | undefined;
}

/** What the HTTP API needs: a runner, and whom to tell that something may have been committed. */
export interface HttpApiOptions {
  readonly runner: FunctionRunner;
  readonly onCommit: () => void;
  /** Answers what names no function. */
  readonly site: DeploymentSite;
}

/** A request listener for node:http. */
export function createHttpApi(options: HttpApiOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.method === "OPTIONS") return void response.writeHead(204, CORS).end();
    void answer(options, request)
      .catch((error: unknown) => refuse(500, "InternalServerError", String(error)))
      .then(async (answered) => {
        if (answered instanceof Response) return await pass(answered, response);
        const { status, body } = answered;
        response.writeHead(status, { ...CORS, "content-type": "application/json" }).end(JSON.stringify(body));
      });
  };
}

async function answer(options: HttpApiOptions, request: IncomingMessage): Promise<Answer | Response> {
  const { runner, onCommit, site } = options;
  const operation = request.method === "POST" ? OPERATIONS.get(request.url ?? "") : undefined;
  if (operation === "now")
    return { status: 200, body: { ts: encodeTimestamp((await runner.snapshot([], undefined)).ts) } };
  const caller = identify(request.headers.authorization);
  if (caller instanceof TokenError) return refuse(401, caller.code, caller.message);
  if (operation === undefined) return (await site(await toRequest(request), caller)) ?? nothingThere();
  const call = parseCall(await text(request));
  if (call === undefined) return refuse(400, "BadJsonBody", "The body must be JSON with path and args.");
  if (operation === "query-at") return await queryAt(runner, call, caller);
  if (call.componentPath !== undefined) {
    return refuse(
      403,
      "BadDeployKey",
      "Only a deployment's administrator calls the functions of a component by its path.",
    );
  }
  const kind = operation === "any" ? await runner.kindOf(call.path) : operation;
  // What is not there is a query that is not found.
  const outcome = await runner.run(kind ?? "query", call, caller);
  if (kind !== "query") onCommit();
  return answerOf(outcome);
}

function nothingThere(): Answer {
  return refuse(404, "NotFound", `The embedded backend serves POST ${[...OPERATIONS.keys()].join(", ")}.`);
}

const OPERATIONS: ReadonlyMap<string, FunctionKind | "any" | "now" | "query-at"> = new Map([
  ["/api/query", "query"],
  ["/api/mutation", "mutation"],
  ["/api/action", "action"],
  ["/api/function", "any"],
  ["/api/query_ts", "now"],
  ["/api/query_at_ts", "query-at"],
]);

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(new URL(url, "http://embedded.invalid"), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    body: hasBody ? await arrayBuffer(incoming) : null,
  });
}

async function pass(answered: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answered.status, { ...CORS, ...Object.fromEntries(answered.headers) });
  response.end(new Uint8Array(await answered.arrayBuffer()));
}

/** The database has no past: after a commit, a moment before it cannot be asked about any more. */
async function queryAt(runner: FunctionRunner, call: ParsedCall, caller: Identity | undefined): Promise<Answer> {
  const { ts, outcomes } = await runner.snapshot([call], caller);
  const [outcome] = outcomes;
  if (outcome !== undefined && call.ts === encodeTimestamp(ts)) return answerOf(outcome);
  const message =
    "Something was committed since this timestamp, and the embedded backend keeps no past. Ask for a new one.";
  return refuse(400, "TimestampTooOld", message);
}

function identify(authorization: string | undefined): Identity | TokenError | undefined {
  if (authorization === undefined) return undefined;
  try {
    return readToken(authorization.replace(/^Bearer /, "")).identity;
  } catch (error) {
    if (error instanceof TokenError) return error;
    throw error;
  }
}

/** The client sends its arguments as an array of one; curl users may send the object itself. */
function parseCall(body: string): ParsedCall | undefined {
  try {
    const { path, args, ts, componentPath }: { [Field in "path" | "args" | "ts" | "componentPath"]?: JSONValue } =
      JSON.parse(body);
    if (typeof path !== "string") return undefined;
    const call = { path, args: (Array.isArray(args) ? args[0] : args) ?? {} };
    return { ...call, ts: ts ?? undefined, componentPath: componentPath ?? undefined };
  } catch {
    return undefined;
  }
}

function answerOf(outcome: Outcome): Answer {
  if (outcome.ok) return { status: 200, body: { status: "success", value: outcome.value, logLines: [] } };
  const body = { status: "error", errorMessage: outcome.message, errorData: outcome.data, logLines: [] };
  return { status: FUNCTION_FAILED, body };
}

function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}
