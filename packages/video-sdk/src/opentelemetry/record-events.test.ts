// The events of an engine and its routes, as the real OpenTelemetry SDK exports them.
import { expect, test, vi } from "vitest";
import { fakeNetworkAndTime, request } from "../../test/support/open-app.ts";
import { openRecordedApp } from "../../test/support/open-recorded-app.ts";
import { openTelemetry } from "../../test/support/open-telemetry.ts";
import type { OpenTelemetryApi } from "./open-telemetry-api.ts";
import { recordEngineEvents } from "./record-engine-events.ts";
import { recordServerEvents } from "./record-server-events.ts";

fakeNetworkAndTime();

function openMeasuredApp() {
  const telemetry = openTelemetry();
  const hearClient = recordEngineEvents(telemetry.api);
  const hearServer = recordServerEvents(telemetry.api);
  return { telemetry, ...openRecordedApp({ hearClient, hearServer }) };
}

test("a generation is one span with its phases inside, and its job another, joined by the generation's id", async () => {
  const { telemetry, engine, outcomeOf, fal } = openMeasuredApp();
  const generation = engine.generate(request);
  await outcomeOf(generation);
  const spans = telemetry.spans();
  const whole = spans.find(({ name }) => name === "video.generation");
  expect(whole?.attributes).toMatchObject({
    "video.generation.id": generation.id,
    "user.id": "user_1",
    "video.model": request.model,
    "video.credits": 208,
    "video.settlement": "captured",
    "video.outcome": "completed",
  });
  const inside = spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === whole?.spanContext().spanId);
  const phases = inside.map(({ name }) => name);
  expect(phases).toEqual([
    "video.reserving-credits",
    "video.creating-session",
    "video.recording",
    "video.submitting",
    "video.polling",
    "video.saving",
    "video.settling",
  ]);
  const [submit, job] = ["video.submit", "video.job"].map((name) => spans.find((span) => span.name === name));
  for (const span of [submit, job])
    expect(span?.attributes).toMatchObject({
      "video.generation.id": generation.id,
      "user.id": "user_1",
      "video.provider": "fal",
    });
  expect(job?.attributes).toMatchObject({
    "video.job.id": fal.jobs[0]?.id,
    "video.handle": whole?.attributes["video.handle"],
  });
  expect(job?.duration[0]).toBeGreaterThan(10);

  const measured = await telemetry.measured();
  const pointsOf = (name: string) => measured.find((metric) => metric.name === name)?.points;
  expect(pointsOf("video.generations")).toEqual([
    {
      value: 1,
      attributes: { "video.model": request.model, "video.outcome": "completed", "video.settlement": "captured" },
    },
  ]);
  expect(pointsOf("video.settled_credits")).toEqual([
    { value: 208, attributes: { "video.model": request.model, "video.settlement": "captured" } },
  ]);
  expect(pointsOf("video.jobs")).toMatchObject([
    { value: 1, attributes: { "video.outcome": "finished", "video.provider": "fal" } },
  ]);
  expect(pointsOf("video.generation.duration")).toHaveLength(1);
});

test("one that failed says by which error, and metrics have no ids", async () => {
  const { telemetry, engine, outcomeOf, fal } = openMeasuredApp();
  fal.playNext("content-policy-violation");
  const generation = engine.generate(request);
  await outcomeOf(generation);
  const failed = telemetry.spans().filter(({ status }) => status.code === 2);
  expect(failed.map(({ name, attributes }) => [name, attributes["error.type"]])).toEqual([
    ["video.job", "content-rejected"],
    ["video.generation", "content-rejected"],
  ]);
  const measured = JSON.stringify(await telemetry.measured());
  expect(measured).toContain("content-rejected");
  for (const id of [generation.id, "user_1", String(fal.jobs[0]?.id)]) expect(measured).not.toContain(id);
});

test("the end of a job that is told twice, or that began elsewhere, counts once", async () => {
  const telemetry = openTelemetry();
  const hear = recordServerEvents(telemetry.api);
  const job = {
    userId: "u1",
    modelId: "vid-veo-3.1",
    provider: "fal",
    requestId: "job-1",
    handle: "v1",
    key: "key-0001",
  } as const;
  for (const at of [5000, 6000]) hear({ type: "job-finished", at, ...job, videos: 1 });
  expect(telemetry.spans()).toHaveLength(1);
  const measured = await telemetry.measured();
  expect(measured.find(({ name }) => name === "video.jobs")?.points).toMatchObject([{ value: 1 }]);
  expect(measured.find(({ name }) => name === "video.job.duration")).toBeUndefined();
});

test("the app may set its meter provider after the listeners are made", () => {
  const { api } = openTelemetry();
  const getMeter = vi.fn(api.metrics.getMeter);
  const later = { ...api, metrics: { getMeter } };
  const [hearClient, hearServer] = [recordEngineEvents(later), recordServerEvents(later)];
  expect(getMeter).not.toHaveBeenCalled();
  hearServer({ type: "memory-stores-used", at: 0, stores: ["limiter"] });
  hearServer({ type: "memory-stores-used", at: 1, stores: ["limiter"] });
  hearClient({ type: "callback-failed", callback: "onEvent", message: "no" });
  expect(getMeter).toHaveBeenCalledOnce();
});

test.each([undefined, {}])("%o instead of the module is refused with what to pass", (api) => {
  for (const record of [recordEngineEvents, recordServerEvents]) {
    expect(() => record(api as unknown as OpenTelemetryApi)).toThrow('import * as api from "@opentelemetry/api"');
  }
});
