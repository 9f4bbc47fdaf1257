// The routes over simulated providers and a test clock, and a caller of them. Everything stands still until the clock is moved.
import { createFakeFal, type FakeFalOptions } from "../../testing/providers/fake-fal.ts";
import { createFakeKie } from "../../testing/providers/fake-kie.ts";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import { createVideoRoutes, type VideoRoutesOptions } from "../create-video-routes.ts";
import { falProvider } from "../providers/fal-provider.ts";
import { kieProvider } from "../providers/kie-provider.ts";
import type { RouteHandler } from "../protect-route.ts";
import type { VideoServerEvent } from "../server-event.ts";

export const MODEL = "vid-veo-3.1-fast";
export const GOOD = { model: MODEL, prompt: "a corgi surfing", aspectRatio: "16:9", duration: 8, resolution: "720p" };
export const SECRET = "a signing secret of 32 characters";
export const KEY = "generation-0001";

/** What a caller says beside its body or query. */
export interface Caller {
  /** Default `u1`. */
  readonly user?: string;
  /** The Idempotency-Key. Default: none. */
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** An answer, read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // Any JSON: tests say what they expect of it.
  readonly body: ReturnType<typeof JSON.parse>;
}

/** Sets everything up. Without limits on rates, unless they are given. A bearer token is the user's id. */
export function createRoutesWorld(options: Partial<VideoRoutesOptions> = {}, falOptions: Partial<FakeFalOptions> = {}) {
  const clock = createTestClock();
  const fal = createFakeFal({ now: clock.now, queueMs: 100, jobMs: 900, ...falOptions });
  const kie = createFakeKie({ now: clock.now, queueMs: 100, jobMs: 900 });
  const fetch = createProviderFetch([fal, kie]);
  const events: VideoServerEvent[] = [];
  const routes = createVideoRoutes({
    authenticate: ({ headers }) => {
      const [, userId] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
      return userId === undefined ? null : { userId };
    },
    providers: [falProvider({ credentials: "id:secret", fetch }), kieProvider({ apiKey: "secret", fetch })],
    signingSecret: SECRET,
    rateLimits: { submit: false, status: false, cancel: false },
    onEvent: (event) => void events.push(event),
    clock,
    ...options,
  });
  return { clock, fal, kie, fetch, events, routes, ...driveRoutes(routes) };
}

/** Calls routes as an app would. */
export function driveRoutes(routes: Record<"generateVideo" | "videoStatus" | "cancelVideo", RouteHandler>) {
  const post = (body: unknown, caller: Caller = {}) =>
    new Request("https://app.example/api", {
      method: "POST",
      headers: headersOf(caller),
      signal: caller.signal ?? null,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  const get = (query: Record<string, string>, caller: Caller = {}) =>
    new Request(`https://app.example/api?${new URLSearchParams(query).toString()}`, {
      headers: headersOf(caller),
      signal: caller.signal ?? null,
    });
  return {
    generate: async (body: unknown, caller?: Caller) => await read(routes.generateVideo(post(body, caller))),
    cancel: async (body: unknown, caller?: Caller) => await read(routes.cancelVideo(post(body, caller))),
    status: async (query: Record<string, string>, caller?: Caller) =>
      await read(routes.videoStatus(get(query, caller))),
  };
}

function headersOf({ user = "u1", key, headers }: Caller): Headers {
  const all = new Headers();
  if (user !== "") all.set("authorization", `Bearer ${user}`);
  if (key !== undefined) all.set("idempotency-key", key);
  for (const [name, value] of Object.entries(headers ?? {})) all.set(name, value);
  return all;
}

async function read(answering: Promise<Response>): Promise<Answered> {
  const answer = await answering;
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
