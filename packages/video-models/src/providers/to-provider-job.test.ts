// Holds every job that can be asked for against the schemas that the providers publish.
import { describe, expect, test } from "vitest";
import { choicesFor } from "../choices.ts";
import { checkVideoRequest } from "../parse-video-request.ts";
import { getVideoModel } from "../registry.ts";
import type { VideoRequest } from "../video-request.ts";
import { inputProblems } from "./__fixtures__/input-problems.ts";
import { publishedEndpoints, publishedSchema } from "./__fixtures__/published-schema.ts";
import { attachmentsOf, MODEL_IDS, REACHABLE_REQUESTS, requestsOf } from "./__fixtures__/reachable-requests.ts";
import { providersFor } from "./providers-for.ts";
import { getVideoModelEndpoint, toProviderJob } from "./to-provider-job.ts";

const jobsOf = (request: VideoRequest) => providersFor(request).map((provider) => toProviderJob(request, { provider }));
const requestsOfModel = (modelId: string) => REACHABLE_REQUESTS.filter(({ model }) => model === modelId);

/** Published fields that we leave to the provider, or that have no counterpart in a request. */
const LEFT_TO_THE_PROVIDER = new Set([
  "audio_negative_prompt",
  "audio_url",
  "cfg_scale",
  "character_ids",
  "model",
  "negative_prompt",
  "num_frames",
  "num_inference_steps",
  "seed",
  "style",
  "voice_ids",
  // Content filters that are on unless switched off.
  "detect_and_block_ip",
  "enable_safety_checker",
  "safety_tolerance",
  // Sent when attached: the next test but one watches over them.
  "elements",
  "end_image_url",
  "image_urls",
  "input_urls",
  "tail_image_url",
  "audio_urls",
  "image_url",
  "keyframe_indexes",
  "keyframes",
  "reference_audio_urls",
  "reference_image_urls",
  "reference_video_urls",
  "start_image_url",
  "video_url",
  "video_urls",
  // Several shots, each with a prompt of its own: a request has one prompt.
  "multi_prompt",
  "shot_type",
  "thinking_type",
  "end_user_id",
  // The fine tuning of Topaz and Sync.
  "compression",
  "grain",
  "halo",
  "noise",
  "options",
  "recover_detail",
  "target_fps",
]);

describe.each(MODEL_IDS)("the jobs of %s", (modelId) => {
  test("fit the published schema, whatever is chosen", () => {
    for (const request of requestsOfModel(modelId)) {
      for (const job of jobsOf(request)) {
        expect({ job, problems: inputProblems(publishedSchema(job), job.input) }).toEqual({ job, problems: [] });
      }
    }
  });

  test("leave no default to the provider that costs money or changes the video", () => {
    for (const job of requestsOfModel(modelId).flatMap(jobsOf)) {
      const missing = Object.keys(publishedSchema(job)).filter(
        (name) => !(name in job.input) && !LEFT_TO_THE_PROVIDER.has(name),
      );
      // Its newest page has no such field; the older one had one value.
      expect(missing).toEqual(job.endpoint === "decart/lucy-14b/image-to-video" ? ["resolution"] : []);
    }
  });

  test("carry the prompt and everything attached", () => {
    for (const request of requestsOfModel(modelId)) {
      const urls = JSON.stringify(request).match(/https:[^"]+/g) ?? [];
      for (const { input } of jobsOf(request)) {
        expect(input["prompt"]).toBe(getVideoModel(modelId).promptLimit.max > 0 ? request.prompt : undefined);
        expect(JSON.stringify(input).match(/https:[^"]+/g) ?? []).toEqual(expect.arrayContaining(urls));
        expect(JSON.stringify(input).match(/https:[^"]+/g) ?? []).toHaveLength(urls.length);
      }
    }
  });

  test("differ wherever the choices differ", () => {
    for (const attachments of attachmentsOf(modelId)) {
      const requests = requestsOf(modelId, attachments);
      for (const provider of getVideoModel(modelId).providers) {
        const served = requests.filter((request) => providersFor(request).includes(provider));
        const jobs = new Set(served.map((request) => JSON.stringify(toProviderJob(request, { provider }))));
        expect(jobs.size).toBe(served.length);
      }
    }
  });

  test("survive JSON unchanged", () => {
    for (const job of requestsOfModel(modelId).flatMap(jobsOf)) {
      expect(JSON.parse(JSON.stringify(job))).toStrictEqual(job);
    }
  });

  test("come from requests that may be made", () => {
    const isRetired = getVideoModel(modelId).lifecycle.stage === "retired";
    for (const request of requestsOfModel(modelId)) {
      const check = checkVideoRequest(request);
      expect(check.ok ? "ok" : check.code).toBe(isRetired ? "model-retired" : "ok");
    }
  });
});

describe("toProviderJob", () => {
  test("reaches every endpoint in the fixtures but Sora's on fal", () => {
    const reached = REACHABLE_REQUESTS.flatMap(jobsOf);
    const endpointsOf = (id: string) =>
      new Set(reached.filter(({ provider }) => provider === id).map((job) => job.endpoint));
    const sora = ["fal-ai/sora-2/text-to-video", "fal-ai/sora-2/image-to-video"];
    expect(endpointsOf("fal")).toEqual(
      new Set(publishedEndpoints("fal").filter((endpoint) => !sora.includes(endpoint))),
    );
    expect(endpointsOf("kie")).toEqual(new Set(publishedEndpoints("kie")));
  });

  test.each(MODEL_IDS)("asks the first provider of %s where none is named", (model) => {
    const [request] = requestsOfModel(model);
    expect(request && toProviderJob(request).provider).toBe(getVideoModel(model).providers[0]);
  });

  test.each(MODEL_IDS)("passes nothing to a provider that is not a field of %s", (model) => {
    const [request] = requestsOfModel(model);
    const smuggled = {
      webhook_url: "https://evil.example.com/",
      callBackUrl: "https://evil.example.com/",
      enable_safety_checker: false,
      safety_tolerance: "6",
      nsfw_checker: false,
      num_inference_steps: 1000,
      seed: 1,
      __proto__: { voice_ids: ["x"] },
    };
    const loaded = { ...smuggled, ...request, model, prompt: "A red fox runs through the snow" };
    for (const provider of providersFor(loaded)) {
      expect(toProviderJob(loaded, { provider })).toEqual(
        toProviderJob({ ...request, model, prompt: loaded.prompt }, { provider }),
      );
    }
  });

  test("decides what a request leaves open", () => {
    expect(toProviderJob({ model: "vid-veo-3.1", prompt: "A fox" })).toEqual({
      provider: "fal",
      endpoint: "fal-ai/veo3.1",
      input: {
        prompt: "A fox",
        duration: "8s",
        resolution: "720p",
        aspect_ratio: "16:9",
        generate_audio: true,
        auto_fix: true,
      },
    });
  });

  test("does not change the request", () => {
    const request = Object.freeze({ model: "kie-wan-2.5", prompt: "A fox" } as const);
    expect(toProviderJob(request)).toEqual(toProviderJob(request));
  });
});

describe("toProviderJob refuses", () => {
  test("a provider that does not have the model, naming those that have it", () => {
    const request = { model: "vid-ovi", prompt: "A fox" } as const;
    expect(() => toProviderJob(request, { provider: "kie" })).toThrow(
      expect.objectContaining({
        name: "UnservableRequestError",
        code: "unservable-request",
        modelId: "vid-ovi",
        provider: "kie",
        servedBy: ["fal"],
        message: "kie cannot serve vid-ovi: it does not offer this model. Served by fal.",
      }),
    );
    expect(() => toProviderJob(request, { provider: "wavespeed" })).toThrow("wavespeed cannot serve vid-ovi");
  });

  test("a prompt beyond the limit of one provider, naming the one that takes it", () => {
    const request = { model: "kie-wan-2.5", prompt: "x".repeat(801) } as const;
    expect(() => toProviderJob(request)).toThrow(
      "kie cannot serve kie-wan-2.5: the prompt has 801 characters, 800 are taken. Served by fal.",
    );
    expect(toProviderJob(request, { provider: "fal" }).input["prompt"]).toBe(request.prompt);
    expect(() => toProviderJob({ ...request, prompt: "x".repeat(1501) })).toThrow("No provider serves this request.");
  });

  test("to count a prompt in characters where the provider counts bytes", () => {
    const job = (prompt: string) => () => toProviderJob({ model: "pixverse-v5", prompt });
    expect(job("é".repeat(1024))).not.toThrow();
    expect(job("é".repeat(1025))).toThrow("the prompt has 2050 bytes, 2048 are taken");
  });

  test("to snap Sora's durations to those of fal", () => {
    for (const duration of [10, 15]) {
      const request = { model: "kie-sora-2", prompt: "A fox", duration } as const;
      expect(() => toProviderJob(request, { provider: "fal" })).toThrow(
        `fal cannot serve kie-sora-2: duration ${duration} is not one of 4, 8, 12, 16, 20. Served by kie.`,
      );
    }
  });

  test("a transition without its frames", () => {
    const { startFrameImageUrl, endFrameImageUrl } = {
      startFrameImageUrl: "https://media.example.com/start.png",
      endFrameImageUrl: "https://media.example.com/end.png",
    };
    const veo = { model: "veo3.1-transition", prompt: "A fox" } as const;
    expect(() => toProviderJob({ ...veo, endFrameImageUrl })).toThrow("startFrameImageUrl is missing");
    expect(() => toProviderJob({ ...veo, startFrameImageUrl })).toThrow("endFrameImageUrl is missing");
    expect(() => toProviderJob({ ...veo, startFrameImageUrl: "", endFrameImageUrl })).toThrow("No provider serves");
  });

  test("an image that is still bytes", () => {
    const request = { model: "vid-veo-3.1", prompt: "A fox", attachmentImageBytes: "aGVsbG8=" } as const;
    expect(() => toProviderJob(request)).toThrow(
      expect.objectContaining({ name: "ImageNotUploadedError", code: "image-not-uploaded" }),
    );
    expect(() => toProviderJob(request)).toThrow("upload the bytes first");
  });

  test("a model that does not exist", () => {
    // @ts-expect-error: not an id
    expect(() => toProviderJob({ model: "vid-veo-9", prompt: "A fox" })).toThrow("vid-veo-9");
  });
});

describe("getVideoModelEndpoint", () => {
  test("names the provider and endpoint of the job", () => {
    for (const request of REACHABLE_REQUESTS) {
      const { provider, endpoint } = toProviderJob(request);
      expect(getVideoModelEndpoint(request)).toEqual({ provider, endpoint });
    }
    expect(getVideoModelEndpoint({ model: "kie-wan-2.5", prompt: "A fox" }, { provider: "fal" })).toEqual({
      provider: "fal",
      endpoint: "fal-ai/wan-25-preview/text-to-video",
    });
  });

  test("takes an image that is still bytes", () => {
    expect(getVideoModelEndpoint({ model: "vid-ovi", prompt: "A fox", attachmentImageBytes: "aGVsbG8=" })).toEqual({
      provider: "fal",
      endpoint: "fal-ai/ovi/image-to-video",
    });
  });

  test("refuses what toProviderJob refuses", () => {
    expect(() => getVideoModelEndpoint({ model: "vid-ovi", prompt: "A fox" }, { provider: "kie" })).toThrow(
      "kie cannot serve vid-ovi",
    );
  });
});

test("what a form offers is what the requests of these tests cover", () => {
  for (const model of MODEL_IDS) {
    const offered = attachmentsOf(model).flatMap((attachments) => choicesFor(model, { attachments }).aspectRatios);
    const covered = requestsOfModel(model).flatMap(({ aspectRatio }) => aspectRatio ?? []);
    expect(new Set(covered)).toEqual(new Set(offered));
  }
});
