// Holds the list of providers against the registry and against the jobs.
import { describe, expect, test } from "vitest";
import { getVideoModel } from "../registry.ts";
import { attachmentsOf, MODEL_IDS, REACHABLE_REQUESTS } from "./__fixtures__/reachable-requests.ts";
import { encode } from "./encode.ts";
import { providersFor } from "./providers-for.ts";
import { resolveVideoRequest } from "../resolve-video-request.ts";
import { Refusal } from "./refusal.ts";

describe("providersFor", () => {
  test("lists all providers of a model, in its order, for everything a form offers; only Sora's durations keep it from fal", () => {
    for (const request of REACHABLE_REQUESTS) {
      const expected = request.model === "kie-sora-2" ? ["kie"] : getVideoModel(request.model).providers;
      expect(providersFor(request)).toEqual(expected);
    }
  });

  test.each(MODEL_IDS)("lists them for the longest prompt that %s takes, too", (model) => {
    const { promptLimit, providers } = getVideoModel(model);
    const prompt = "x".repeat(promptLimit.max);
    for (const attachments of attachmentsOf(model)) {
      const expected = model === "kie-sora-2" ? ["kie"] : providers;
      expect(providersFor({ model, prompt, ...attachments })).toEqual(expected);
    }
  });

  test("leaves out a provider whose limit the request exceeds", () => {
    expect(providersFor({ model: "vid-kling-2.6-pro", prompt: "x".repeat(1001) })).toEqual(["fal"]);
    expect(providersFor({ model: "vid-kling-2.6-pro", prompt: "x".repeat(2501) })).toEqual([]);
  });

  test("counts an image given as bytes as uploaded", () => {
    const request = { model: "vid-kling-2.6-pro", prompt: "A fox", attachmentImageBytes: "aGVsbG8=" } as const;
    expect(providersFor(request)).toEqual(["kie", "fal"]);
  });

  test("a provider has an encoder for exactly the models that name it", () => {
    for (const provider of ["fal", "kie", "wavespeed", "openrouter"] as const) {
      const request = (model: (typeof MODEL_IDS)[number]) => resolveVideoRequest({ model, prompt: "A fox" }).request;
      const isOffered = (model: (typeof MODEL_IDS)[number]) => {
        const answer = encode(provider, request(model));
        return !(answer instanceof Refusal && answer.message.includes("does not offer this model"));
      };
      expect(MODEL_IDS.filter(isOffered)).toEqual(
        MODEL_IDS.filter((model) => getVideoModel(model).providers.includes(provider)),
      );
    }
  });
});
