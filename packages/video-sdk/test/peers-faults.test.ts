// The two of the thirteen faults of design/peers.md that need more than the engine; the others are in engine/regressions.test.ts.
import { createVideoRoutes, falProvider } from "@video-engine/video-sdk/server";
import { createFakeFal, createProviderFetch, createTestClock } from "@video-engine/video-sdk/testing";
import { expect, test } from "vitest";
import { createHttpVideoApi } from "../src/http/create-http-video-api.ts";

const JSON_ANSWER = { headers: { "content-type": "application/json" } };

test("8. a token is never used again after a wait: every request asks for its own", async () => {
  const sent: (string | null)[] = [];
  const fetchNothing: typeof fetch = async (input, init) => {
    sent.push(new Request(input, init).headers.get("authorization"));
    return new Response(JSON.stringify({ queued: true }), JSON_ANSWER);
  };
  let tokens = 0;
  const http = { baseUrl: "https://app.test", getToken: () => `token-${++tokens}`, fetch: fetchNothing };
  const api = createHttpVideoApi({ http, clock: createTestClock() });
  const question = { job: { requestId: "job-1" }, model: "vid-veo-3.1" } as const;
  await api.status(question, { signal: new AbortController().signal });
  await api.status(question, { signal: new AbortController().signal });
  expect(sent).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("10. a finished video is re-hosted by the server, whatever its host, and its bytes never pass the client", async () => {
  const clock = createTestClock();
  const fal = createFakeFal({ now: clock.now, mp4Url: () => "https://some.other.host/temporary.mp4" });
  const rehosted: string[] = [];
  const routes = createVideoRoutes({
    authenticate: () => ({ userId: "user-1" }),
    signingSecret: "a secret of the test, of 32 or more",
    providers: [falProvider({ credentials: "key", fetch: createProviderFetch([fal]) })],
    clock,
    rehost: async (videoUrl) => {
      rehosted.push(videoUrl);
      return "https://videos.app.test/lasting.mp4";
    },
  });
  const body = JSON.stringify({ model: "vid-veo-3.1", prompt: "a corgi", duration: 8 });
  const submitted = await routes.generateVideo(new Request("https://app.test/generate", { method: "POST", body }));
  const { requestId } = (await submitted.json()) as { requestId: string };
  clock.jump(600_000);
  const status = await routes.videoStatus(
    new Request(`https://app.test/status?requestId=${requestId}&modelId=vid-veo-3.1`),
  );
  expect(await status.json()).toMatchObject({
    success: true,
    videos: [{ url: "https://videos.app.test/lasting.mp4" }],
  });
  expect(rehosted).toEqual(["https://some.other.host/temporary.mp4"]);
});
