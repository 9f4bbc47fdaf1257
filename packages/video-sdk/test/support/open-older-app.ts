// An app of an older release in front of the routes of today: real clients, real routes, simulated providers. What the server sells may also have
// an id that no release of this repository has: a proxy renames one model on its way, in both directions.
import { createFakeFal } from "../../src/testing/providers/fake-fal.ts";
import { createProviderFetch } from "../../src/testing/providers/create-provider-fetch.ts";
import type { createRegistry } from "@video-engine/video-models";
import { http, HttpResponse, type RequestHandler } from "msw";
import type { KeyValueStorage } from "../../src/adapters/index.ts";
import { createServedCatalogue } from "../../src/index.ts";
import { createVideoRoutes, falProvider, type VideoRoutesOptions } from "../../src/server/index.ts";
import type { AppBackend } from "./app-backend.ts";
import { openApp } from "./open-app.ts";

const SHOP = "https://shop.test";

/** A server of a later release. */
export interface LaterServer {
  readonly handlers: readonly RequestHandler[];
  /** The input of every job that the provider took. */
  readonly inputs: () => readonly Readonly<Record<string, unknown>>[];
  /** Replaces what the catalogue's route answers; undefined: what the routes answer. */
  answerModels(answer: ((catalogue: unknown) => Response) | undefined): void;
  readonly questions: () => number;
}

/** The routes of this release. `renamed`: the model that clients know by another id. */
export function createLaterServer(
  options: Partial<VideoRoutesOptions> = {},
  renamed?: { readonly here: string; readonly there: string },
): LaterServer {
  const fal = createFakeFal({ now: Date.now, queueMs: 5_000, jobMs: 60_000 });
  let answer: ((catalogue: unknown) => Response) | undefined;
  let questions = 0;
  const routes = createVideoRoutes({
    authenticate: () => ({ userId: "user-1" }),
    providers: [falProvider({ credentials: "id:secret", fetch: createProviderFetch([fal]) })],
    signingSecret: "a signing secret of 32 characters",
    onEvent: () => undefined,
    ...options,
  });
  const swap = (text: string, from?: string, to?: string): string =>
    from === undefined || to === undefined ? text : text.replaceAll(`"${from}"`, `"${to}"`);
  const passed = async (route: (request: Request) => Promise<Response>, request: Request): Promise<Response> => {
    const url = swap(decodeURIComponent(request.url).replaceAll(/=([^&]*)/g, '="$1"'), renamed?.there, renamed?.here);
    const body = request.method === "POST" ? swap(await request.text(), renamed?.there, renamed?.here) : null;
    const { headers, method } = request;
    const response = await route(new Request(url.replaceAll('"', ""), { method, headers, body }));
    const text = swap(await response.text(), renamed?.here, renamed?.there);
    return new HttpResponse(text, { status: response.status, headers: { "content-type": "application/json" } });
  };
  return {
    questions: () => questions,
    inputs: () => fal.jobs.map(({ input }) => input),
    answerModels: (given) => void (answer = given),
    handlers: [
      http.post(`${SHOP}/api/mobile/generate-video`, ({ request }) => passed(routes.generateVideo, request)),
      http.get(`${SHOP}/api/mobile/video-status`, ({ request }) => passed(routes.videoStatus, request)),
      http.post(`${SHOP}/api/mobile/extract-first-frame`, () => new HttpResponse(null, { status: 404 })),
      http.get(`${SHOP}/api/mobile/models`, async ({ request }) => {
        questions += 1;
        const response = await passed(routes.models, request);
        return answer === undefined ? response : answer(await response.json());
      }),
    ],
  };
}

/** An app whose release has these models, over a server and a storage. */
export function openOlderApp(
  server: LaterServer,
  release: Pick<ReturnType<typeof createRegistry>, "models">,
  { storage, openBefore }: { readonly storage: KeyValueStorage; readonly openBefore?: AppBackend | undefined },
) {
  const address = { baseUrl: SHOP, getToken: () => "token" };
  const catalogue = createServedCatalogue({ http: address, storage, registry: release });
  const app = openApp({
    openBefore,
    backend: { kind: "with-operation-ids" },
    handlers: server.handlers,
    http: () => address,
    engine: { catalogue, user: "user-1", platform: { storage }, routes: { isSubmitRepeatable: true } },
  });
  return { ...app, catalogue };
}
