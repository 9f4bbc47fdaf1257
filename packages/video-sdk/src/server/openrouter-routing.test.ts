// A fourth provider through the routes: the app names it per model, with its own wire, and the registry's provider is next.
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import { expect, test } from "vitest";
import { createProviderFetch } from "../testing/providers/create-provider-fetch.ts";
import { createFakeFal } from "../testing/providers/fake-fal.ts";
import { createFakeOpenrouter } from "../testing/providers/fake-openrouter.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createRoutesWorld } from "./__fixtures__/routes-world.ts";
import { falProvider } from "./providers/fal-provider.ts";
import { openrouterProvider } from "./providers/openrouter-provider.ts";

/** Veo as OpenRouter takes it, as an app would write it. */
function veoInput({ prompt, duration, resolution, aspectRatio, generateAudio, ...frames }: ResolvedVideoRequest) {
  const { attachmentImageUrl: url } = frames;
  if (duration === "auto" || duration === undefined || resolution === undefined || aspectRatio === undefined) {
    return undefined;
  }
  const settings = { prompt, duration, resolution, aspect_ratio: aspectRatio, generate_audio: generateAudio };
  const frame = { type: "image_url", image_url: { url: url ?? "" }, frame_type: "first_frame" };
  return url === undefined ? settings : { ...settings, frame_images: [frame] };
}

function setUp() {
  const clock = createTestClock();
  const openrouter = createFakeOpenrouter({ now: clock.now, queueMs: 100, jobMs: 900 });
  const fal = createFakeFal({ now: clock.now, queueMs: 100, jobMs: 900 });
  const fetch = createProviderFetch([openrouter, fal]);
  const target = { provider: "openrouter", endpoint: "google/veo-3.1", toInput: veoInput } as const;
  const world = createRoutesWorld({
    clock,
    providers: [openrouterProvider({ apiKey: "secret", fetch }), falProvider({ credentials: "id:secret", fetch })],
    routing: { "vid-veo-3.1": [target, "fal"] },
  });
  return { ...world, clock, openrouter, fal };
}

const REQUEST = {
  model: "vid-veo-3.1",
  prompt: "a corgi surfing",
  duration: 8,
  attachmentImageUrl: "https://a.example/1.png",
};

test("a job goes to OpenRouter and comes back as a video, whose address a user can open", async () => {
  const { generate, status, clock, openrouter, fal } = setUp();
  const { body } = await generate(REQUEST);
  expect(body).toMatchObject({ queued: true, provider: "openrouter" });
  expect(openrouter.jobs).toMatchObject([
    {
      model: "google/veo-3.1",
      input: {
        duration: 8,
        resolution: "720p",
        frame_images: [{ frame_type: "first_frame", image_url: { url: REQUEST.attachmentImageUrl } }],
      },
    },
  ]);
  clock.jump(1000);
  const answer = await status({ requestId: body.requestId });
  expect(answer.body).toMatchObject({
    success: true,
    videos: [{ url: `https://storage.openrouter.example/${openrouter.jobs[0]?.id}.mp4` }],
  });
  expect(fal.calls).toEqual([]);
});

test("where OpenRouter certainly made no job, the registry's provider has it", async () => {
  const { generate, openrouter, fal } = setUp();
  openrouter.playNext("submit-429");
  expect((await generate(REQUEST)).body).toMatchObject({ queued: true, provider: "fal" });
  expect([openrouter.jobs.length, fal.jobs.length]).toEqual([0, 1]);
});

test("where a job may exist, no other provider is asked", async () => {
  const { generate, openrouter, fal } = setUp();
  openrouter.playNext("submit-reset-accepted");
  expect((await generate(REQUEST)).body).toMatchObject({ error: { code: "submission-unknown" } });
  expect([openrouter.jobs.length, fal.jobs.length]).toEqual([1, 0]);
});
