// Which job a question is about: what the request id says, for every model, and never what contradicts it.
import { isVideoModelId, VIDEO_MODELS } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { readJobQuery } from "./job-query.ts";
import { falProvider } from "./providers/fal-provider.ts";
import { kieProvider } from "./providers/kie-provider.ts";
import { createRequestHandles } from "./request-handles.ts";

const providers = [falProvider({ credentials: "" }), kieProvider({ apiKey: "" })];
const handles = createRequestHandles({ signingSecret: "x".repeat(32), clock: createTestClock() });
const jobId = "00000000-0000-4000-8000-000000000001";
const modelId = "vid-veo-3.1";
const issue = async (provider = "fal") => await handles.issuer()({ jobId, modelId, provider }, "u1");

describe("a question about a job", () => {
  test.each(Object.keys(VIDEO_MODELS).filter(isVideoModelId))(
    "of %s goes to the provider that has it",
    async (model) => {
      for (const provider of VIDEO_MODELS[model].providers.filter((id) => providers.some((known) => known.id === id))) {
        const requestId = await handles.issuer()({ jobId, modelId: model, provider }, "u1");
        const query = await readJobQuery({ requestId, modelId: model, provider }, "u1", { handles, providers });
        expect(query).toMatchObject({ modelId: model, provider: { id: provider }, job: { requestId: jobId } });
        if (provider === "fal") expect(query.job.endpoint).toMatch(/^[\w-]+\/[\w.-]+/);
      }
    },
  );

  test("may leave out what the request id says", async () => {
    const requestId = await issue();
    for (const named of [{}, { modelId: null, provider: undefined }, { modelId, provider: "fal" }]) {
      const query = await readJobQuery({ requestId, ...named }, "u1", { handles, providers });
      expect(query).toMatchObject({ modelId, provider: { id: "fal" } });
    }
  });

  test("about a job of a transition may name the model that the frames were attached to", async () => {
    const ofTransition = { jobId, modelId: "veo3.1-transition", provider: "fal" } as const;
    const requestId = await handles.issuer()(ofTransition, "u1");
    const query = await readJobQuery({ requestId, modelId }, "u1", { handles, providers });
    expect(query).toMatchObject({ modelId: "veo3.1-transition", job: { endpoint: expect.stringContaining("veo3.1") } });
  });

  test.each([
    { modelId: "vid-veo-3.1-fast" },
    { modelId: "vid-veo-9" },
    { modelId: "" },
    { modelId: 5 },
    { modelId: ["vid-veo-3.1"] },
    { modelId: "constructor" },
    { provider: "kie" },
    { provider: "evil" },
    { provider: "" },
    { provider: {} },
  ])("that says %j against it finds nothing", async (named) => {
    const asked = readJobQuery({ requestId: await issue(), ...named }, "u1", { handles, providers });
    await expect(asked).rejects.toMatchObject({ code: "not-found" });
  });

  test("at a provider that no longer serves the model finds nothing", async () => {
    const asked = readJobQuery({ requestId: await issue("kie") }, "u1", { handles, providers });
    await expect(asked).rejects.toMatchObject({ code: "not-found" });
  });

  test("at a provider that is not set up here names what is missing", async () => {
    const asked = readJobQuery({ requestId: await issue() }, "u1", { handles, providers: [] });
    await expect(asked).rejects.toMatchObject({ code: "not-configured" });
  });
});
