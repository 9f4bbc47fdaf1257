// The queries of docs/operating.md, run against what an engine and its routes have really logged.
import { HttpResponse } from "msw";
import { askLog, type LogLine } from "@video-engine/test-servers";
import { expect, test } from "vitest";
import { fakeNetworkAndTime, MINUTE, request } from "./support/open-app.ts";
import { openRecordedApp } from "./support/open-recorded-app.ts";
import { watchSignatures } from "./support/pass-time.ts";

fakeNetworkAndTime();
watchSignatures();

test("was the user charged, and where did it fail: one id joins client, server, row and books", async () => {
  const app = openRecordedApp();
  const generation = app.engine.generate(request);
  await app.outcomeOf(generation);
  const { id } = generation;
  const [charged] = askLog(app.log, "Was user X charged for generation Y?", { user: "user_1", id });
  expect(charged).toMatchObject({ outcome: "completed", settlement: "captured", credits: 208 });

  const story = askLog(app.log, "What happened to it, on both sides?", { id });
  const types = story.map(({ source, type }) => `${String(source)} ${String(type)}`);
  for (const type of [
    "client credits-reserved",
    "server submit-begun",
    "server job-accepted",
    "client job-accepted",
    "server job-finished",
    "client job-finished",
    "client step-settled",
  ]) {
    expect(types).toContain(type);
  }
  expect(types.indexOf("server submit-begun")).toBeLessThan(types.indexOf("server job-accepted"));

  // The row has the handle of the server's events; the key of the submit is the generation's id.
  const handles = new Set(story.flatMap(({ handle }) => handle ?? []));
  expect([...handles]).toEqual([app.backend.books.rows[0]?.externalRequestId]);
  const jobs = new Set(story.flatMap(({ job }) => job ?? []));
  expect([...jobs]).toEqual([app.fal.jobs[0]?.id]);
});

test("where do jobs fail: by place, certainty and code", async () => {
  const app = openRecordedApp();
  app.fal.playNext("content-policy-violation");
  await app.outcomeOf(app.engine.generate(request));
  app.fal.playNext("submit-422");
  await app.outcomeOf(app.engine.generate(request));
  const rows = askLog(app.log, "Where do jobs fail?");
  expect(rows).toContainEqual({
    source: "server",
    type: "job-failed",
    place: "fal",
    certainty: null,
    code: "content-rejected",
    times: 1,
  });
  expect(rows).toContainEqual({
    source: "client",
    type: "job-failed",
    place: "check-status",
    certainty: null,
    code: "content-rejected",
    times: 1,
  });
  expect(rows).toContainEqual({
    source: "server",
    type: "request-failed",
    place: "generate-video",
    certainty: null,
    code: "provider-rejected",
    times: 1,
  });
  for (const id of app.engine.list().map((generation) => generation.id)) {
    expect(askLog(app.log, "Was user X charged for generation Y?", { user: "user_1", id })).toMatchObject([
      { outcome: "failed", settlement: "released" },
    ]);
  }
});

test("which credits are held, and why", async () => {
  const app = openRecordedApp();
  for (let tries = 0; tries < 200; tries += 1) {
    app.backend.breakNext("users:captureReservedCredits", {
      isRun: false,
      answer: () =>
        HttpResponse.json({
          status: "success",
          value: { success: false, message: "The ledger is closed." },
          logLines: [],
        }),
    });
  }
  const stuck = app.engine.generate(request);
  await app.pass(10 * MINUTE, () => stuck.getSnapshot().status !== "running");
  const held = askLog(app.log, "Which credits are held, and why?");
  expect(held).toMatchObject([
    {
      id: stuck.id,
      user: "user_1",
      credits: 208,
      settlement: "held",
      effect: "capture-credits",
      certainty: "not-done",
      code: "settlement-failed",
    },
  ]);
  app.engine.dispose();
});

test("which paid calls have no end: their process died, and a job may exist", async () => {
  const app = openRecordedApp();
  await app.outcomeOf(app.engine.generate(request));
  expect(askLog(app.log, "Which paid calls have no end?")).toEqual([]);
  // What a process leaves that was killed right after it had begun.
  const begun = app.log.findIndex(({ e }) => e.includes('"submit-begun"'));
  const killed = app.log.slice(0, begun + 1);
  const key = app.engine.list()[0]?.id;
  const lost = { key, provider: "fal", credits: 208 };
  expect(askLog(killed, "Which paid calls have no end?")).toMatchObject([{ ...lost, told: null }]);
  // What another instance answers to the repeats of the client.
  const answered = (code: string): LogLine => ({
    source: "server",
    e: JSON.stringify({
      type: "request-failed",
      at: Date.now() + 60_000,
      route: "generate-video",
      key,
      error: { code },
    }),
  });
  const repeated = [...killed, answered("already-running"), answered("submission-unknown")];
  expect(askLog(repeated, "Which paid calls have no end?")).toMatchObject([lost]);
});

test("a paid call that the provider refused has an end, whether or not the model has another provider", async () => {
  const app = openRecordedApp();
  for (const scenario of ["submit-422", "submit-429"] as const) {
    app.fal.playNext(scenario);
    await app.outcomeOf(app.engine.generate(request));
  }
  expect(app.log.filter(({ e }) => e.includes('"provider-refused"')).length).toBeGreaterThanOrEqual(2);
  expect(askLog(app.log, "Which paid calls have no end?")).toEqual([]);
});

test("what a webhook tells of a job is found by the job that was accepted", async () => {
  const app = openRecordedApp();
  const { id, outcome } = app.engine.generate(request);
  await app.pass(MINUTE, () => app.fal.jobs.length > 0);
  void outcome;
  await app.pass(10 * MINUTE, () => app.engine.get(id)?.getSnapshot().status === "completed");
  const requestId = app.fal.jobs[0]?.id;
  const refused = {
    type: "url-refused",
    at: Date.now(),
    provider: "fal",
    requestId,
    why: "of a rule",
    isForbidden: true,
  };
  const log = [...app.log, { source: "server" as const, e: JSON.stringify(refused) }];
  const story = askLog(log, "What happened to it, on both sides?", { id });
  expect(story.map(({ type, job }) => [type, job])).toContainEqual(["url-refused", requestId]);
});
