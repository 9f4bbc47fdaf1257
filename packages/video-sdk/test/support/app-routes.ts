// The app's HTTP routes as msw answers them, over one provider whose jobs take their time. Tokens live 60 s, as Clerk's do.
import { http, HttpResponse, type RequestHandler } from "msw";

/** Where the routes are. */
export const APP_URL = "https://app.test";

const TOKEN_LIFE_MS = 60_000;

/** One of the routes. */
export type RouteName = "generate" | "status" | "cancel";

/** One request that arrived. */
export interface RouteRequest {
  readonly route: RouteName;
  readonly at: number;
  readonly token: string;
  readonly key: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The routes, and how to break them. */
export interface AppRoutes {
  /** Every request that arrived, in order, those that met a fault included. */
  readonly requests: readonly RouteRequest[];
  /** Ids of the jobs that the provider took. */
  readonly jobs: readonly string[];
  readonly handlers: readonly RequestHandler[];
  /** Signs a token. Each is another. */
  signToken(): string;
  /** Tokens signed until now are refused from now on. */
  revokeTokens(): void;
  /** The next request of a route is answered with this instead. */
  answerNext(route: RouteName, ...answers: (() => Response)[]): void;
}

/** Routes whose jobs take `jobMs` on the runtime's clock. */
export function createAppRoutes({ jobMs = 120_000 } = {}): AppRoutes {
  const requests: RouteRequest[] = [];
  const jobs: { readonly id: string; readonly startedAt: number; isCanceled: boolean }[] = [];
  const faults = new Map<RouteName, (() => Response)[]>();
  let validFrom = 0;
  let tokens = 0;

  const isValid = (token: string): boolean => {
    const signedAt = Number(token.split("@")[1]);
    return signedAt >= validFrom && Date.now() - signedAt < TOKEN_LIFE_MS;
  };

  const arrive =
    (route: RouteName, answer: (request: RouteRequest) => Response) => async (info: { request: Request }) => {
      const { request } = info;
      const token = (request.headers.get("authorization") ?? "").replace(/^Bearer /, "");
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const body: unknown = request.method === "POST" ? await request.json() : undefined;
      const arrived = { route, at: Date.now(), token, key: request.headers.get("idempotency-key"), query, body };
      requests.push(arrived);
      const fault = faults.get(route)?.shift();
      if (fault !== undefined) return fault();
      return isValid(token) ? answer(arrived) : HttpResponse.json({ error: "Unauthorized" }, { status: 401 });
    };

  const generate = (): Response => {
    const id = `job-${jobs.length + 1}`;
    jobs.push({ id, startedAt: Date.now(), isCanceled: false });
    return HttpResponse.json({ queued: true, requestId: id, modelId: "vid-veo-3.1-fast", provider: "fal" });
  };

  const status = ({ query }: RouteRequest): Response => {
    const job = jobs.find(({ id }) => id === query["requestId"]);
    if (job === undefined) return HttpResponse.json({ error: "Not found" }, { status: 404 });
    if (job.isCanceled) return HttpResponse.json({ success: false, error: "Canceled.", code: "canceled" });
    if (Date.now() - job.startedAt < jobMs) return HttpResponse.json({ queued: true, status: "IN_PROGRESS" });
    return HttpResponse.json({ success: true, videos: [{ url: `https://videos.test/${job.id}.mp4` }] });
  };

  const cancel = ({ body }: RouteRequest): Response => {
    const job = jobs.find(({ id }) => JSON.stringify(body).includes(`"${id}"`));
    if (job !== undefined) job.isCanceled = true;
    return HttpResponse.json({ canceled: "removed" });
  };

  return {
    requests,
    get jobs() {
      return jobs.map(({ id }) => id);
    },
    handlers: [
      http.post(`${APP_URL}/api/mobile/generate-video`, arrive("generate", generate)),
      http.get(`${APP_URL}/api/mobile/video-status`, arrive("status", status)),
      http.post(`${APP_URL}/api/mobile/cancel-video`, arrive("cancel", cancel)),
      // This app makes no pictures of its videos.
      http.post(`${APP_URL}/api/mobile/extract-first-frame`, () => new HttpResponse(null, { status: 404 })),
    ],
    signToken: () => `token-${++tokens}@${Date.now()}`,
    revokeTokens: () => void (validFrom = Date.now() + 1),
    answerNext: (route, ...answers) => void faults.set(route, [...(faults.get(route) ?? []), ...answers]),
  };
}
