// Whether the app's routes answer as they should to a caller who is not signed in, and whether they say that they are set up. Sends no job.
import { clockSkewMs, type Asked } from "./clock-skew.ts";
import { findingsOf, reasonOf, type Finding } from "./finding.ts";

const found = findingsOf("routes");
const ANSWER_MS = 15_000;
/** What a signed token may be off by before sign-ins fail: Clerk allows five seconds. */
const MOST_SKEW_MS = 5_000;

/** A route and how it is asked. */
const ROUTES = [
  ["api/mobile/generate-video", "POST"],
  ["api/mobile/video-status", "GET"],
  ["api/mobile/cancel-video", "POST"],
] as const;

/** `base` is ROUTES_URL; `now` this machine's clock. */
export async function checkRoutes(base: string, send: typeof fetch, now: () => number): Promise<readonly Finding[]> {
  if (!URL.canParse(base)) return [found("failed", "ROUTES_URL is no address, such as https://app.example")];
  const protectedOnes = await Promise.all(ROUTES.map(([path, method]) => checkRoute(base, { path, method }, send)));
  return [...(await checkHealth(base, send, now)), ...protectedOnes];
}

async function checkRoute(
  base: string,
  { path, method }: { readonly path: string; readonly method: "GET" | "POST" },
  send: typeof fetch,
): Promise<Finding> {
  try {
    const body = method === "POST" ? { body: "{}", headers: { "content-type": "application/json" } } : {};
    const response = await ask(addressOf(base, path), send, { method, ...body });
    if (response.status === 401) return await refusal(path, response);
    if (response.status === 404)
      return found("failed", `${path} is not there. \`npx @video-engine/cli init\` writes it`);
    // Anything else would have been done for a stranger, or is no answer of ours.
    return found("failed", `${path} answers ${response.status} to a caller who is not signed in, in place of 401`);
  } catch (thrown) {
    return found("unknown", `${path}: ${reasonOf(thrown)}`);
  }
}

/** A password before a whole deployment answers 401 to everybody, and with a page. */
async function refusal(path: string, response: Response): Promise<Finding> {
  const isJson = await response.json().then(
    () => true,
    () => false,
  );
  return isJson
    ? found("ok", `${path} refuses a caller who is not signed in`)
    : found(
        "unknown",
        `${path} answers 401 with something that is not JSON: is there a password before the deployment?`,
      );
}

async function checkHealth(base: string, send: typeof fetch, now: () => number): Promise<readonly Finding[]> {
  const path = "api/mobile/health";
  try {
    const before = now();
    const response = await ask(addressOf(base, path), send);
    const skew = skewOf(response.headers.get("date"), { before, after: now() });
    if (response.status === 200) return [found("ok", "the routes say that they are set up"), ...skew];
    if (response.status === 503)
      return [found("failed", "the routes say that a setting cannot be used: see the server's log"), ...skew];
    return [found("note", `${path} answers ${response.status}: this app has no such route`), ...skew];
  } catch (thrown) {
    return [found("unknown", `${path}: ${reasonOf(thrown)}`)];
  }
}

function skewOf(date: string | null, asked: Asked): readonly Finding[] {
  const skewMs = clockSkewMs(date, asked);
  if (skewMs === undefined) return [found("unknown", "the server says no time: its clock was not compared")];
  if (skewMs <= MOST_SKEW_MS) return [found("ok", "the clocks of this machine and of the server agree")];
  const apart = `the clocks of this machine and of the server are ${Math.round(skewMs / 1_000)} s apart`;
  return [found("failed", `${apart}: tokens count as expired, or as not yet valid`)];
}

async function ask(url: string, send: typeof fetch, init: RequestInit = {}): Promise<Response> {
  return await send(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
}

function addressOf(base: string, path: string): string {
  return `${base.replace(/\/+$/, "")}/${path}`;
}
