// Convex's HTTP API as ConvexHttpClient 1.48 calls it: POST /api/query, /api/mutation and /api/action.
// Knows nothing of the functions or of sockets.
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { JSONValue } from "convex/values";
import type { FunctionCall, FunctionKind, FunctionRunner, Outcome } from "./function-runner.ts";
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

/** What the HTTP API needs: a runner, and whom to tell that something may have been committed. */
export interface HttpApiOptions {
  readonly runner: FunctionRunner;
  readonly onCommit: () => void;
}

/** A request listener for node:http. */
export function createHttpApi(options: HttpApiOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.method === "OPTIONS") return void response.writeHead(204, CORS).end();
    void answer(options, request)
      .catch((error: unknown) => refuse(500, "InternalServerError", String(error)))
      .then(({ status, body }) => {
        response.writeHead(status, { ...CORS, "content-type": "application/json" }).end(JSON.stringify(body));
      });
  };
}

async function answer({ runner, onCommit }: HttpApiOptions, request: IncomingMessage): Promise<Answer> {
  const kind = request.method === "POST" ? kindOf(request.url) : undefined;
  if (kind === undefined) {
    return refuse(404, "NotFound", "The embedded backend serves POST /api/query, /api/mutation and /api/action.");
  }
  const caller = identify(request.headers.authorization);
  if (caller instanceof TokenError) return refuse(401, caller.code, caller.message);
  const call = parseCall(await text(request));
  if (call === undefined) return refuse(400, "BadJsonBody", "The body must be JSON with path and args.");
  const outcome = await runner.run(kind, call, caller);
  if (kind !== "query") onCommit();
  return answerOf(outcome);
}

function kindOf(url: string | undefined): FunctionKind | undefined {
  if (url === "/api/query") return "query";
  if (url === "/api/mutation") return "mutation";
  return url === "/api/action" ? "action" : undefined;
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
function parseCall(body: string): FunctionCall | undefined {
  try {
    const { path, args }: { path?: unknown; args?: JSONValue } = JSON.parse(body);
    if (typeof path !== "string") return undefined;
    return { path, args: (Array.isArray(args) ? args[0] : args) ?? {} };
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
