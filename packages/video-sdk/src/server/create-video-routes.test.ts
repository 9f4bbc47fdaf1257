// The routes together: what one hands out the others take, and the client reads every answer as what it is.
import { parseVideoRequest, resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test, vi } from "vitest";
import { createHttpVideoApi } from "../http/create-http-video-api.ts";
import { parseErrorAnswer, parseStatusAnswer, parseSubmitAnswer } from "../protocol.ts";
import { createRoutesWorld, driveRoutes, GOOD, KEY, MODEL, SECRET } from "./__fixtures__/routes-world.ts";
import { createVideoRoutes } from "./create-video-routes.ts";
import { falProvider } from "./providers/fal-provider.ts";

test("the client reads every answer of the routes as what it is", async () => {
  const { generate, status, fal, clock } = createRoutesWorld();
  const { body: accepted } = await generate(GOOD);
  const { requestId } = accepted;
  const query = { requestId, modelId: MODEL };
  expect(parseSubmitAnswer(accepted)).toMatchObject({ kind: "accepted", job: { requestId, provider: "fal" } });
  expect(parseStatusAnswer((await status(query)).body)).toMatchObject({ kind: "pending", status: "queued" });
  fal.playNext("content-policy-violation");
  const rejected = { ...query, requestId: (await generate(GOOD)).body.requestId };
  clock.jump(1000);
  const finished = parseStatusAnswer((await status(query)).body);
  expect(finished).toMatchObject({ kind: "finished", videos: [expect.any(String)] });
  const failed = parseStatusAnswer((await status(rejected)).body);
  expect(failed).toMatchObject({ kind: "failed", error: { code: "content-rejected" } });
  fal.playNext("submit-429");
  const said = parseErrorAnswer((await generate(GOOD)).body);
  expect(said).toMatchObject({ code: "rate-limited", retryable: true, retryAfterMs: 7000 });
});

test("without a clock of the app's own, time is the system's", async () => {
  const { fetch } = createRoutesWorld();
  const { generate, status } = driveRoutes(
    createVideoRoutes({
      authenticate: () => ({ userId: "u1" }),
      providers: [falProvider({ credentials: "id:secret", fetch })],
      signingSecret: SECRET,
    }),
  );
  const { requestId } = (await generate(GOOD)).body;
  expect(await status({ requestId })).toMatchObject({ status: 200, body: { queued: true } });
});

describe("the engine's own client over these routes", () => {
  /** The client, whose requests go to the routes in this process. `lose` drops the next answer after the route has given it. */
  function connect() {
    const world = createRoutesWorld();
    const urls: string[] = [];
    let isLost = false;
    const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init);
      urls.push(request.url);
      const isSubmit = request.url.includes("generate-video");
      const answer = await (isSubmit ? world.routes.generateVideo(request) : world.routes.videoStatus(request));
      if (!isLost) return answer;
      isLost = false;
      throw new TypeError("Network request failed");
    };
    const http = { baseUrl: "https://app.example", getToken: () => "u1", fetch };
    const api = createHttpVideoApi({ http, clock: world.clock, routes: { isSubmitRepeatable: true } });
    return { ...world, api, urls, lose: () => void (isLost = true) };
  }
  const { request } = resolveVideoRequest(parseVideoRequest(GOOD));

  test("gets the first job when the answer was lost and it asks again: there is one job", async () => {
    const { api, fal, lose } = connect();
    lose();
    expect(await api.submit(request, { key: KEY })).toMatchObject({ ok: false, certainty: "unknown" });
    const again = await api.submit(request, { key: KEY });
    expect(again).toMatchObject({ ok: true, value: { kind: "accepted", job: { provider: "fal" } } });
    expect(await api.submit(request, { key: KEY })).toEqual(again);
    expect(fal.jobs).toHaveLength(1);
  });

  test("has its questions held, and learns of the end from the first one", async () => {
    const { api, urls, clock } = connect();
    const submitted = await api.submit(request, { key: KEY });
    if (!submitted.ok || submitted.value.kind !== "accepted") throw new Error("There is no job.");
    const question = { job: submitted.value.job, model: request.model };
    const answered = vi.fn<(answer: unknown) => void>();
    void api.status(question, new AbortController()).then(answered);
    await vi.waitFor(async () => {
      await clock.advance(1000);
      expect(answered).toHaveBeenCalled();
    });
    const value = expect.objectContaining({ kind: "finished" });
    expect(answered).toHaveBeenCalledWith({ ok: true, value });
    expect(urls).toHaveLength(2);
    expect(urls.at(-1)).toContain("wait=24");
  });
});
