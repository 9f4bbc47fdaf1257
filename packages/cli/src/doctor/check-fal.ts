// What fal says of the key and of every endpoint that the registry calls. Asks for descriptions and for a job that is not there: nothing is paid.
import type { JobInput } from "@video-engine/video-models/providers";
import { findingsOf, reasonOf, type Finding } from "./finding.ts";
import { registryJobs } from "./registry-jobs.ts";

const found = findingsOf("fal");
const NO_JOB = "00000000-0000-4000-8000-000000000000";
const ANSWER_MS = 15_000;
/** A page of descriptions is not a load test. */
const AT_ONCE = 4;

/** The key first, then the endpoints: those that are as the registry says are counted, those that could not be judged by their reason. */
export async function checkFal(key: string | undefined, send: typeof fetch): Promise<readonly Finding[]> {
  const jobs = [...registryJobs("fal")];
  const answers: EndpointAnswer[] = [];
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    const asked = jobs.slice(from, from + AT_ONCE);
    answers.push(...(await Promise.all(asked.map(([endpoint, job]) => checkEndpoint(endpoint, job.input, send)))));
  }
  const good = answers.filter(({ level }) => level === "ok").length;
  const reasons = new Set(answers.flatMap(({ level, text }) => (level === "unknown" ? [text] : [])));
  return [
    ...(key ? [await checkKey(key, send)] : []),
    ...(good === 0 ? [] : [found("ok", `${good} of ${jobs.length} endpoints take what the registry sends`)]),
    ...answers.flatMap(({ level, endpoint, text }) =>
      level === "failed" ? [found(level, `${endpoint} ${text}`)] : [],
    ),
    ...[...reasons].map((reason) => {
      const count = answers.filter(({ text }) => text === reason).length;
      return found("unknown", `${count} of ${jobs.length} endpoints: ${reason}`);
    }),
  ];
}

interface EndpointAnswer {
  readonly endpoint: string;
  readonly level: "ok" | "failed" | "unknown";
  readonly text: string;
}

async function checkKey(key: string, send: typeof fetch): Promise<Finding> {
  const url = `https://queue.fal.run/fal-ai/veo3.1/requests/${NO_JOB}/status`;
  try {
    const headers = { authorization: `Key ${key}` };
    const { status } = await send(url, { headers, redirect: "error", signal: AbortSignal.timeout(ANSWER_MS) });
    // A job that is not there is only said to a caller who is let in.
    if (status === 404) return found("ok", "the key is taken");
    if (status === 401 || status === 403)
      return found("failed", `the key is refused (${status}): FAL_KEY is id:secret`);
    return found("unknown", `the key could not be checked: status ${status}`);
  } catch (thrown) {
    return found("unknown", `the key could not be checked: ${reasonOf(thrown)}`);
  }
}

async function checkEndpoint(endpoint: string, input: JobInput, send: typeof fetch): Promise<EndpointAnswer> {
  const answer = (level: EndpointAnswer["level"], text = ""): EndpointAnswer => ({ endpoint, level, text });
  const url = `https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=${encodeURIComponent(endpoint)}`;
  try {
    const response = await send(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.status === 404 || response.status === 410) return answer("failed", "is not there any more");
    if (!response.ok) return answer("unknown", `status ${response.status}`);
    const schema = inputSchemaOf(await response.json(), endpoint);
    if (schema === undefined) return answer("unknown", "there, but their fields could not be read");
    const sent = Object.keys(input);
    const unknown = sent.filter((field) => !schema.fields.includes(field));
    const missing = schema.required.filter((field) => !sent.includes(field));
    if (unknown.length + missing.length === 0) return answer("ok");
    return answer("failed", [listed("does not take", unknown), listed("needs", missing)].filter(Boolean).join(", "));
  } catch (thrown) {
    return answer("unknown", reasonOf(thrown));
  }
}

function listed(what: string, fields: readonly string[]): string {
  return fields.length === 0 ? "" : `${what} ${fields.join(", ")}`;
}

/** The fields of the endpoint's POST; undefined for a document of another shape. */
function inputSchemaOf(document: unknown, endpoint: string) {
  const schema = at(document, [
    "paths",
    `/${endpoint}`,
    "post",
    "requestBody",
    "content",
    "application/json",
    "schema",
  ]);
  const name = at(schema, ["$ref"]);
  const input = typeof name === "string" ? at(document, name.replace(/^#\//, "").split("/")) : schema;
  const properties = at(input, ["properties"]);
  const required = at(input, ["required"]);
  if (typeof properties !== "object" || properties === null) return undefined;
  return {
    fields: Object.keys(properties),
    required: Array.isArray(required) ? required.filter((field) => typeof field === "string") : [],
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}
