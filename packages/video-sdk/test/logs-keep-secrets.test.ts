// No prompt, address or token is in anything that is logged: events, causes, stacks, spans and metrics, however a generation goes and whoever
// repeats what the user wrote.
import { HttpResponse } from "msw";
import { describe, expect, test } from "vitest";
import { recordEngineEvents, recordServerEvents } from "../src/opentelemetry/index.ts";
import { ACT_FOR_USER_HEADER } from "../src/server/index.ts";
import type { FalScenario } from "../src/testing/providers/fal-scenarios.ts";
import { fakeNetworkAndTime } from "./support/open-app.ts";
import { openTelemetry } from "./support/open-telemetry.ts";
import { openRecordedApp, type RecordedAppOptions } from "./support/open-recorded-app.ts";
import { watchSignatures } from "./support/pass-time.ts";

fakeNetworkAndTime();
watchSignatures();

const PROMPT = "PROMPTMARK a corgi that surfs, PROMPTMARK, at the break of PROMPTMARK dawn";
const IMAGE = "https://cdn.example/URLMARK/image.png?signature=SIGMARK0001";
const TOKEN = "eyJhbGciOiJSUzI1NiJ9.TOKENMARKeyJzdWIiOiJ1c2VyXzEifQ.TOKENMARKsignature";
const VIDEO = "https://v3.fal.media/files/URLMARK.mp4?token=SIGMARK0002";
const MARKS = /PROMPTMARK|URLMARK|SIGMARK|TOKENMARK|id:secret/;

/** Whatever it is asked, this server repeats everything that it knows. */
const everything = {
  detail: [{ msg: PROMPT, type: "value_error", input: { prompt: PROMPT, image_url: IMAGE }, url: VIDEO }],
  note: PROMPT,
  token: TOKEN,
};
/** All texts in what a function was given. */
function textsIn(given: unknown): readonly string[] {
  if (typeof given === "string") return [given];
  if (given instanceof Request) return [given.url, ...[...given.headers].flat()];
  return typeof given === "object" && given !== null ? Object.values(given).flatMap(textsIn) : [];
}
/** A function of the app that throws, with everything that it was given in the message and in the cause. */
const repeating = (...given: readonly unknown[]): never => {
  const texts = textsIn(given).join(" ");
  throw new Error(`refused ${texts}`, { cause: new TypeError(`"${texts}" is not what it should be`) });
};

function listening() {
  const { api, spans, measured } = openTelemetry();
  const said = async (): Promise<string> => {
    const told = spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
    return JSON.stringify([told, await measured()]);
  };
  return { hearClient: recordEngineEvents(api), hearServer: recordServerEvents(api), said };
}

interface Way extends RecordedAppOptions {
  readonly fal?: FalScenario;
  readonly cancelAfterMs?: number;
  readonly refusing?: string;
}

const answer = (status: number) => ({ kind: "answer", status, body: everything }) as const;

const WAYS: Readonly<Record<string, Way>> = {
  "goes well": { fal: { output: { video: { url: VIDEO } } } },
  "is refused by the provider, which repeats the request": { fal: { submit: { fault: answer(422), accepted: false } } },
  "is refused for its key": { fal: { submit: { fault: answer(401), accepted: false } } },
  "is answered in a way that cannot be read": { fal: { submit: { fault: answer(500), accepted: true } } },
  "fails with a text of the provider's": {
    fal: { failure: { status: 422, body: everything, error: PROMPT, errorType: "value_error" } },
  },
  "fails with the prompt as its detail": { fal: { failure: { status: 422, body: { detail: PROMPT }, error: PROMPT } } },
  "is asked about in vain": { fal: { status: [answer(500), answer(404), answer(403)] } },
  "finishes in another shape": { fal: { output: { [PROMPT]: VIDEO, clip: { link: VIDEO } } } },
  "finishes with an address that may not be passed on": {
    fal: { output: { video: { url: VIDEO.replace("https", "http") } } },
  },
  "finishes with a forbidden address": { fal: { output: { video: { url: `javascript:URLMARK` } } } },
  "is canceled": { fal: { neverEnds: true }, cancelAfterMs: 5000 },
  "cannot be copied": { fal: { output: { video: { url: VIDEO } } }, routes: { rehost: repeating } },
  "cannot be copied, and may not be passed on": {
    fal: { output: { video: { url: VIDEO.replace("https", "http") } } },
    routes: { rehost: repeating },
  },
  "meets an authenticate that repeats the token": { routes: { authenticate: repeating } },
  "meets an authenticate that refuses": {
    routes: {
      authenticate: ({ headers }) => ({ refused: "expired", cause: `expired: ${headers.get("authorization")}` }),
    },
  },
  "meets a reservation that repeats the request": { routes: { verifyReservation: repeating } },
  "meets prices that throw": { routes: { pricing: { quoteVideo: repeating } } },
  "meets a limiter that throws": { routes: { rateLimits: { limiter: { take: repeating } } } },
  "meets a store that cannot begin": {
    routes: { idempotency: { begin: repeating, update: repeating, forget: repeating } },
  },
  "meets a store that cannot update": {
    routes: { idempotency: { begin: () => Promise.resolve(undefined), update: repeating, forget: repeating } },
  },
  "meets a signing secret that throws": { routes: { signingSecret: repeating } },
  "is routed by a function that throws": {
    routes: { routing: { "vid-veo-3.1-fast": [{ provider: "fal", endpoint: "a/b", toInput: repeating }] } },
  },
  "has callbacks that throw": {
    engine: { onSuccess: repeating, onError: repeating, onSettled: repeating, polling: repeating },
  },
  ...Object.fromEntries(
    [
      "generations:acquireGenerationSlot",
      "users:reserveCredits",
      "sessions:addGenerationToSession",
      "sessions:updateGeneration",
      "users:captureReservedCredits",
      "generations:updateGenerationStatus",
    ].map((name) => [`meets a backend whose ${name} repeats the request`, { refusing: name }]),
  ),
};

describe.each([false, true])("with an image: %s", (hasImage) => {
  test.each(Object.entries(WAYS))("a generation that %s", async (_, { fal, cancelAfterMs, refusing, ...options }) => {
    const { hearClient, hearServer, said } = listening();
    const app = openRecordedApp({ token: TOKEN, ...options, hearClient, hearServer });
    if (fal !== undefined) app.fal.playNext(fal);
    for (const message of refusing === undefined ? [] : [PROMPT, `${PROMPT} ${IMAGE}`]) {
      const refusal = { success: false, ok: false, message: `No: ${message}`, error: message };
      const errorMessage = `Server Error\nArgumentValidationError: Object is missing a field.\n\nObject: {prompt: "${message}"}`;
      app.backend.breakNext(refusing ?? "", {
        isRun: false,
        answer: () => HttpResponse.json({ status: "success", value: refusal, logLines: [] }),
      });
      app.backend.breakNext(refusing ?? "", {
        isRun: false,
        answer: () => HttpResponse.json({ status: "error", errorMessage, logLines: [] }, { status: 560 }),
      });
    }
    const generation = app.engine.generate({
      model: "vid-veo-3.1-fast",
      prompt: PROMPT,
      duration: 8,
      ...(hasImage ? { attachmentImageUrl: IMAGE } : {}),
    });
    if (cancelAfterMs !== undefined) {
      await app.pass(cancelAfterMs);
      void generation.cancel();
    }
    await app.pass(120_000, () => generation.getSnapshot().status !== "running");
    app.engine.dispose();
    await app.pass(2000);
    const text = app.log.map(({ e }) => e).join("\n");
    expect(app.log.length).toBeGreaterThan(0);
    expect(text).not.toMatch(MARKS);
    expect(await said()).not.toMatch(MARKS);
    expect(JSON.stringify(await app.serverRoutes.check())).not.toMatch(MARKS);
  });
});

describe("a request of a stranger's", () => {
  const ADDRESS = "https://sdk.app.example/URLMARK?requestId=TOKENMARK";
  const bodies: readonly (readonly [string, string])[] = [
    ["no JSON", `PROMPTMARK {"prompt":`],
    ["an unknown model", JSON.stringify({ model: "PROMPTMARK", prompt: PROMPT })],
    ["a field too many", JSON.stringify({ model: "vid-veo-3.1-fast", prompt: PROMPT, PROMPTMARK: IMAGE })],
    [
      "a bad value",
      JSON.stringify({
        model: "vid-veo-3.1-fast",
        prompt: PROMPT,
        aspectRatio: "PROMPTMARK",
        attachmentImageUrl: "URLMARK",
      }),
    ],
    ["a video to look at", JSON.stringify({ videoUrl: VIDEO, requestId: "TOKENMARK" })],
  ];
  test.each(bodies)("with %s", async (_, body) => {
    const app = openRecordedApp({ token: TOKEN, routes: { cronSecret: "TOKENMARK-cron-secret" } });
    const { check: __, health: ___, ...routes } = app.serverRoutes;
    for (const authorization of [`Bearer ${TOKEN}`, "Bearer TOKENMARK", "Bearer TOKENMARK-cron-secret", ""]) {
      for (const route of Object.values(routes)) {
        const headers = {
          authorization,
          cookie: "session=TOKENMARK",
          "idempotency-key": "key-0001",
          [ACT_FOR_USER_HEADER]: "user_2",
        };
        await route(new Request(ADDRESS, { method: "POST", headers, body }));
        await route(new Request(ADDRESS, { headers }));
      }
    }
    const text = app.log.map(({ e }) => e).join("\n");
    expect(app.log.length).toBeGreaterThan(20);
    expect(text).not.toMatch(MARKS);
    app.engine.dispose();
  });
});
