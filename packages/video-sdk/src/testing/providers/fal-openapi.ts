// fal's public descriptions of its endpoints, in the parts that are read: the input's fields. Needs no key, as at fal.

/** What is known of an endpoint's input. */
export interface FalInputFields {
  /** The names of all fields. */
  readonly fields: readonly string[];
  /** Those that a call needs. */
  readonly required?: readonly string[];
}

/** Whether an endpoint exists, and what it takes where that is known. */
export interface DescribedEndpoint {
  readonly exists: boolean;
  readonly input?: FalInputFields | undefined;
}

const PATH = "/api/openapi/queue/openapi.json";

/** Answers `GET https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=...`. */
export function answerFalOpenapi(request: Request, describe: (endpoint: string) => DescribedEndpoint): Response {
  const { pathname, searchParams } = new URL(request.url);
  const endpoint = searchParams.get("endpoint_id");
  if (request.method !== "GET" || pathname !== PATH || endpoint === null) return notFound();
  const { exists, input } = describe(endpoint);
  return exists ? Response.json(documentOf(endpoint, input)) : notFound();
}

function documentOf(endpoint: string, input: FalInputFields | undefined): unknown {
  const schema = { $ref: "#/components/schemas/Input" };
  const properties = Object.fromEntries((input?.fields ?? []).map((name) => [name, {}]));
  const known = input === undefined ? {} : { properties, required: input.required ?? [] };
  return {
    openapi: "3.0.4",
    paths: { [`/${endpoint}`]: { post: { requestBody: { content: { "application/json": { schema } } } } } },
    components: { schemas: { Input: { type: "object", ...known } } },
  };
}

function notFound(): Response {
  return Response.json({ error: "Not found" }, { status: 404 });
}
