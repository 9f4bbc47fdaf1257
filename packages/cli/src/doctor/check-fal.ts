// What fal says of the key and of every endpoint that the registry calls. Asks for descriptions and for a job that is not there: nothing is paid.
import type { JobInput } from "@video-engine/video-models/providers";
import { askProvider } from "./ask-provider.ts";
import { clockSkewMs } from "./clock-skew.ts";
import { findingsOf, type Finding } from "./finding.ts";
import { registryJobs } from "./registry-jobs.ts";

const found = findingsOf("fal");
const NO_JOB = "00000000-0000-4000-8000-000000000000";
/** A webhook of fal's is refused when its time is further from the server's. */
const MOST_SKEW_MS = 300_000;
/** A page of descriptions is not a load test. */
const AT_ONCE = 4;

/** The key first, then the endpoints: those that are as the registry says are counted, those that could not be judged by their reason. */
export async function checkFal(
  key: string | undefined,
  send: typeof fetch,
  now = Date.now,
): Promise<readonly Finding[]> {
  const jobs = [...registryJobs("fal")];
  const answers: EndpointAnswer[] = [];
  for (let from = 0; from < jobs.length; from += AT_ONCE) {
    const asked = jobs.slice(from, from + AT_ONCE);
    answers.push(...(await Promise.all(asked.map(([endpoint, job]) => checkEndpoint(endpoint, job.input, send)))));
  }
  const good = answers.filter(({ level }) => level === "ok").length;
  const reasons = new Set(answers.flatMap(({ level, text }) => (level === "unknown" ? [text] : [])));
  return [
    ...(key ? await checkKey(key, { send, now }) : []),
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

interface FalQuestion {
  readonly send: typeof fetch;
  readonly now: () => number;
}

interface EndpointAnswer {
  readonly endpoint: string;
  readonly level: "ok" | "failed" | "unknown";
  readonly text: string;
}

async function checkKey(key: string, { send, now }: FalQuestion): Promise<readonly Finding[]> {
  const url = `https://queue.fal.run/fal-ai/veo3.1/requests/${NO_JOB}/status`;
  const before = now();
  const answer = await askProvider(url, { send, headers: { authorization: `Key ${key}` } });
  if (!answer.isRead) return [found("unknown", `the key could not be checked: ${answer.reason}`)];
  const { status } = answer;
  const skewMs = clockSkewMs(answer.date, { before, after: now() }) ?? 0;
  const apart = `this machine's clock is ${Math.round(skewMs / 1_000)} s from fal's`;
  const clock =
    skewMs <= MOST_SKEW_MS ? [] : [found("failed", `${apart}: a server with such a clock refuses its webhooks`)];
  // A job that is not there is only said to a caller who is let in.
  if (status === 404) return [found("ok", "the key is taken"), ...clock];
  if (status === 401 || status === 403)
    return [found("failed", `the key is refused (${status}): FAL_KEY is id:secret`), ...clock];
  return [found("unknown", `the key could not be checked: status ${status}`), ...clock];
}

async function checkEndpoint(endpoint: string, input: JobInput, send: typeof fetch): Promise<EndpointAnswer> {
  const answer = (level: EndpointAnswer["level"], text = ""): EndpointAnswer => ({ endpoint, level, text });
  const url = `https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=${encodeURIComponent(endpoint)}`;
  const asked = await askProvider(url, { send });
  if (!asked.isRead) return answer("unknown", asked.reason);
  const { status, body } = asked;
  if (status === 404 || status === 410) return answer("failed", "is not there any more");
  if (status !== 200) return answer("unknown", `status ${status}`);
  const schema = inputSchemaOf(body, endpoint);
  if (schema === undefined) return answer("unknown", "there, but their fields could not be read");
  const sent = Object.keys(input);
  const unknown = sent.filter((field) => !schema.fields.includes(field));
  const missing = schema.required.filter((field) => !sent.includes(field));
  if (unknown.length + missing.length === 0) return answer("ok");
  return answer("failed", [listed("does not take", unknown), listed("needs", missing)].filter(Boolean).join(", "));
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
