// Holds what a model is said to cost against the prices that are published of the endpoints that it uses.
import { describe, expect, test } from "vitest";
import { costUsdOf } from "./cost-usd-of.ts";
import newerEndpoints from "./providers/__fixtures__/fal-endpoints-2026-11.json" with { type: "json" };
import { MODEL_IDS, REACHABLE_REQUESTS } from "./providers/__fixtures__/reachable-requests.ts";
import { toProviderJob } from "./providers/to-provider-job.ts";
import { getVideoModel, type VideoModelId } from "./registry.ts";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import type { VideoRequest } from "./video-request.ts";

interface Published {
  readonly endpoint: string;
  readonly priceUsd?: {
    readonly perSecond?: Readonly<Record<string, number>>;
    readonly per1kTokens?: number;
  };
}

const PUBLISHED: readonly Published[] = newerEndpoints;
const priceAt = (endpoint: string) => PUBLISHED.find((row) => row.endpoint === endpoint)?.priceUsd;

const requestsOf = (id: VideoModelId) => REACHABLE_REQUESTS.filter(({ model }) => model === id);
const endpointOf = (request: VideoRequest) => toProviderJob(request).endpoint;

/** The published rate for a second of what is asked, by the words of the page: `720p audio on`, `1080p`, `any`. */
function publishedRate(request: VideoRequest): number | undefined {
  const { resolution = "", generateAudio, mode, referenceVideoUrls } = resolveVideoRequest(request).request;
  const lines = resolution === "4K" ? (request.model.includes("ltx") ? "2160p" : "4k") : resolution;
  const sound = generateAudio ? "audio on" : "audio off";
  const references = mode === "reference-to-video" ? `${lines}, ${referenceVideoUrls ? "video" : "image"} refs` : "";
  const rates = Object.entries(priceAt(endpointOf(request))?.perSecond ?? {});
  const words = [`${lines} ${sound}`, references, lines, `${lines} (audio on or off)`, sound, "any"];
  const isOf = (name: string, word: string) => name === word || name === `720p|1080p ${word.replace(/^\d+p /, "")}`;
  const found = words.map((word) => rates.find(([name]) => isOf(name, word))).find((rate) => rate !== undefined);
  if (found?.[0].startsWith("720p|1080p") && !["720p", "1080p"].includes(lines)) return undefined;
  return found?.[1] ?? (rates.length === 1 && rates[0]?.[0] === "480p" && lines === "" ? rates[0][1] : undefined);
}

function costOf(request: VideoRequest): number | undefined {
  const model = getVideoModel(request.model);
  const { request: resolved } = resolveVideoRequest(request);
  const hasReferenceVideos = resolved.referenceVideoUrls !== undefined;
  const video = { ...resolved, hasAudio: resolved.generateAudio, hasReferenceVideos };
  return model.cost && costUsdOf(model, model.cost, video);
}

const WITH_COST = MODEL_IDS.filter((id) => getVideoModel(id).cost !== undefined);

describe.each(WITH_COST)("the cost of %s", (id) => {
  test("is what is published, never less", () => {
    let held = 0;
    for (const request of requestsOf(id)) {
      const rate = publishedRate(request);
      if (rate === undefined || request.duration === "auto") continue;
      const { duration, mode, referenceVideoUrls } = resolveVideoRequest(request).request;
      const seconds = mode === "video-to-video-edit" ? 10 : Number(duration ?? 5);
      const charged = rate * (seconds + (referenceVideoUrls ? 15 : 0));
      const cost = costOf(request) ?? 0;
      expect([request, cost >= charged - 1e-9, cost <= charged * 1.004]).toEqual([request, true, true]);
      held += 1;
    }
    expect(held > 0).toBe(id !== "vid-seedance-pro-fast");
  });

  test("of a length that the model chooses is that of its longest clip", () => {
    const withAuto = requestsOf(id).filter(({ duration }) => duration === "auto");
    for (const request of withAuto) expect(costOf(request)).toBe(costOf({ ...request, duration: 15 }));
  });

  test("never falls with more seconds or with sound", () => {
    expect.hasAssertions();
    const byOptions = new Map(requestsOf(id).map((request) => [JSON.stringify(request), costOf(request)]));
    for (const request of requestsOf(id)) {
      const { duration } = request;
      const longer = typeof duration === "number" ? { ...request, duration: duration + 1 } : request;
      const loud = request.generateAudio === false ? { ...request, generateAudio: true } : request;
      for (const more of [longer, loud]) {
        const cost = byOptions.get(JSON.stringify(more));
        if (cost !== undefined) expect(cost).toBeGreaterThanOrEqual(costOf(request) ?? 0);
      }
    }
  });
});

test("tokens cost what the page of Seedance says of five seconds in full HD", () => {
  const request = { model: "vid-seedance-pro-fast", prompt: "a fox", duration: 5, resolution: "1080p" } as const;
  expect(costOf(request)).toBeCloseTo(0.245, 3);
});

test("tokens cost what its page says of a second at 720p, and in proportion elsewhere", () => {
  const second = (resolution: "480p" | "720p" | "1080p" | "4K") => {
    const model = getVideoModel("vid-seedance-2.0");
    return costUsdOf(model, { perThousandTokens: 0.014 }, { mode: "text-to-video", duration: 1, resolution });
  };
  expect(second("720p")).toBeCloseTo(0.3024, 6);
  expect(second("4K")).toBeCloseTo(0.3024 * 9, 6);
});

test("no cost is given where none is published", () => {
  for (const id of MODEL_IDS.filter((one) => getVideoModel(one).baseCredits === undefined)) {
    const isPublished = requestsOf(id).some((request) => priceAt(endpointOf(request)) !== undefined);
    expect([id, getVideoModel(id).cost !== undefined]).toEqual([id, isPublished]);
  }
});
