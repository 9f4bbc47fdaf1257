// The limits of the providers, written out by hand: at the limit a prompt is sent whole, above it is refused.
import { expect, test } from "vitest";
import type { VideoProviderId } from "../model.ts";
import type { VideoModelId } from "../registry.ts";
import { attachmentsOf } from "./__fixtures__/reachable-requests.ts";
import { providersFor } from "./providers-for.ts";
import { toProviderJob } from "./to-provider-job.ts";

type Row = readonly [model: VideoModelId, provider: VideoProviderId, max: number];

test.each<Row>([
  ["kie-wan-2.5", "kie", 800],
  ["kie-wan-2.5", "fal", 1500],
  ["vid-kling-2.6-pro", "kie", 1000],
  ["vid-kling-2.6-pro", "fal", 2500],
  ["vid-kling-2.5-pro", "kie", 2500],
  ["vid-kling-2.5-pro", "fal", 2500],
  ["kling-2.5-turbo-transition", "kie", 2500],
  ["kling-2.5-turbo-transition", "fal", 2500],
  ["kling-o1", "fal", 2500],
  ["kling-o1-transition", "fal", 2500],
  ["kie-sora-2", "kie", 5000],
  ["kie-seedance-1.5-pro", "kie", 20_000],
  ["kie-seedance-1.5-pro-transition", "kie", 20_000],
  ["pixverse-v5", "fal", 2048],
  ["pixverse-v5-transition", "fal", 2048],
])("%s on %s takes a prompt of %i, and not of one more", (model, provider, max) => {
  for (const attachments of attachmentsOf(model)) {
    const request = { model, prompt: "x".repeat(max), ...attachments };
    expect(toProviderJob(request, { provider }).input["prompt"]).toBe(request.prompt);
    expect(providersFor({ ...request, prompt: `${request.prompt}x` })).not.toContain(provider);
  }
});
