// The engine's face over a driver whose answers come late, not at all, twice or before they are asked for.
import { expect, test } from "vitest";
import { initial } from "../core/transition.ts";
import { snapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import { placeholderFor } from "../core/upload-placeholder.ts";
import { createCallbackGuard } from "../guard-callbacks.ts";
import { noFiles, type RequestFiles } from "../engine/request-files.ts";
import { planRequest } from "../engine/plan-request.ts";
import { videoErrorData } from "../errors.ts";
import type { GenerationReport, VideoEngineEvent } from "../engine/engine-event.ts";
import type { CallResult } from "../ports.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { quoteVideo } from "@video-engine/video-models";
import { createDrivenEngine, type DrivenEngineParts } from "./create-driven-engine.ts";
import type { DrivenStart, GenerationDriver } from "./generation-driver.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const UNANSWERED = { ok: false, certainty: "unknown", error: videoErrorData("unreachable") } as const;

/** A snapshot as the other side shows it. */
function shown(id: string, changes: Partial<GenerationSnapshot> = {}): GenerationSnapshot {
  const plan = planRequest(
    { request: REQUEST, files: [], issues: [] },
    { id, createdAt: 0, guarantee: "exactly-once", isSubmitRepeatable: false, quote: quoteVideo, registry: undefined },
  );
  if ("error" in plan) throw new Error(plan.error.message);
  return { ...snapshotOf(initial(plan.plan)[0]), ...changes };
}

function open(options: Partial<DrivenEngineParts> = {}) {
  const clock = createTestClock();
  const starts: DrivenStart[] = [];
  const cancels: string[] = [];
  const answers: CallResult<GenerationSnapshot>[] = [];
  let tell: (snapshots: readonly GenerationSnapshot[]) => void = () => undefined;
  let ids = 0;
  const engine = createDrivenEngine({
    driver: {
      start: async (start) => {
        starts.push(start);
        return await Promise.resolve(answers.shift() ?? { ok: true, value: shown(start.id, { phase: "submitting" }) });
      },
      cancel: async (id) => {
        cancels.push(id);
        return await Promise.resolve(answers.shift() ?? { ok: true, value: shown(id, { isCanceling: true }) });
      },
      follow: (listener) => {
        tell = (value) => listener({ ok: true, value });
        return () => (tell = () => undefined);
      },
      read: async () => await Promise.resolve({ ok: true, value: [] }),
    },
    platform: { clock, random: () => 0.5, createId: () => `g${++ids}` },
    files: noFiles,
    guard: createCallbackGuard(() => undefined),
    shownSession: () => "shown",
    ...options,
  });
  return { engine, clock, starts, cancels, answers, tell: (value: readonly GenerationSnapshot[]) => tell(value) };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

test("one call starts it, with the price that the user was told and the session that is shown", async () => {
  const { engine, starts } = open();
  const generation = engine.generate(REQUEST);
  await turns();
  expect(starts).toEqual([
    {
      id: "g1",
      sessionId: "shown",
      credits: engine.quote(REQUEST).credits,
      request: expect.objectContaining(REQUEST) as unknown,
    },
  ]);
  expect(starts[0]?.request).not.toHaveProperty("mode");
  expect(generation.getSnapshot().phase).toBe("submitting");
});

test("an answer that does not come: it is asked again under the same id, with the same arguments, until it is known", async () => {
  const { engine, clock, starts, answers } = open();
  answers.push(UNANSWERED, UNANSWERED, UNANSWERED);
  const generation = engine.generate(REQUEST);
  await turns();
  expect(generation.getSnapshot()).toMatchObject({ status: "running", pauseReason: "backend-unreachable" });
  for (let round = 0; round < 3; round++) await clock.advance(30_000);
  expect(starts).toHaveLength(4);
  expect(new Set(starts.map((start) => JSON.stringify(start))).size).toBe(1);
  expect(generation.getSnapshot()).toMatchObject({ phase: "submitting", isPaused: false });
});

test("a certain refusal ends it with the other side's error, and nothing was held", async () => {
  const { engine, starts, answers } = open();
  answers.push({ ok: false, certainty: "not-done", error: videoErrorData("price-changed") });
  const outcome = await engine.generate(REQUEST).outcome;
  expect(outcome).toMatchObject({ status: "failed", settlement: "none", error: { code: "price-changed" } });
  expect(starts).toHaveLength(1);
});

test.each(["not-signed-in", "not-configured"] as const)(
  "a refusal as %s after an answer that did not come proves nothing: it is asked again until it is known",
  async (code) => {
    const { engine, clock, starts, answers } = open();
    answers.push(UNANSWERED, { ok: false, certainty: "not-done", error: videoErrorData(code) });
    const generation = engine.generate(REQUEST);
    await turns();
    await clock.advance(1_000);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", isPaused: true });
    await clock.advance(30_000);
    expect(starts).toHaveLength(3);
    expect(generation.getSnapshot()).toMatchObject({ phase: "submitting", isPaused: false });
  },
);

test("what is followed is newer than the answer of the call", async () => {
  const { engine, tell } = open();
  const generation = engine.generate(REQUEST);
  tell([shown("g1", { phase: "polling" })]);
  await turns();
  expect(generation.getSnapshot().phase).toBe("polling");
});

test("generations of other devices are there too, and one that is told again is the same object", () => {
  const settled: string[] = [];
  const { engine, tell } = open({ onSettled: ({ id }) => settled.push(id) });
  engine.generate(REQUEST);
  tell([shown("other", { phase: "polling" }), shown("old", { status: "completed", phase: "completed" })]);
  expect(engine.list().map(({ id }) => id)).toEqual(["other", "old", "g1"]);
  const before = engine.list();
  tell([shown("other", { phase: "polling" }), shown("old", { status: "completed", phase: "completed" })]);
  expect(engine.list()).toBe(before);
});

test("callbacks are called for what ends while it is watched, and not for what had ended before", async () => {
  const settled: string[] = [];
  const { engine, tell } = open({ onSettled: ({ id }) => settled.push(id) });
  engine.generate(REQUEST);
  const [other, old] = [shown("other", { phase: "polling" }), shown("old", { status: "canceled", phase: "canceled" })];
  tell([other, old]);
  tell([{ ...other, status: "canceled", phase: "canceled" }, old]);
  await turns();
  expect(settled).toEqual(["other"]);
});

test("a cancel waits until the other side knows the generation, and is repeated until it is answered", async () => {
  const { engine, clock, starts, cancels, answers } = open();
  answers.push(UNANSWERED);
  const generation = engine.generate(REQUEST);
  void generation.cancel();
  await turns();
  expect([starts.length, cancels.length]).toEqual([1, 0]);
  await clock.advance(1_000);
  expect([starts.length, cancels.length]).toEqual([2, 1]);
});

const FILES: RequestFiles = {
  take: (request) => ({
    request: { ...request, attachmentImageUrl: placeholderFor("f1") } as never,
    files: [{ fileId: "f1", stored: undefined }],
    issues: [],
  }),
  uploads: noFiles.uploads,
};

test("a file that cannot be sent ends it before anything is asked of the other side", async () => {
  const { engine, starts } = open({ files: FILES });
  const outcome = await engine.generate(REQUEST).outcome;
  expect(outcome).toMatchObject({ status: "failed", settlement: "none", error: { code: "upload-failed" } });
  expect(starts).toEqual([]);
});

test("canceled while its file is sent, or with a signal that was aborted before, it costs nothing", async () => {
  const upload = async (): Promise<never> => await new Promise(() => undefined);
  const { engine, starts, cancels } = open({ files: { ...FILES, uploads: { upload } } });
  const generation = engine.generate(REQUEST);
  expect(generation.getSnapshot()).toMatchObject({ phase: "uploading", upload: { files: 1, filesDone: 0 } });
  await generation.cancel();
  expect(generation.getSnapshot().status).toBe("canceled");
  const aborted = engine.generate(REQUEST, { signal: AbortSignal.abort() });
  expect(aborted.getSnapshot().status).toBe("canceled");
  expect([starts, cancels]).toEqual([[], []]);
});

test("a file that was sent is in the request as its address", async () => {
  const upload = async () => await Promise.resolve({ ok: true, value: "https://files.example/1.png" } as const);
  const { engine, starts } = open({ files: { ...FILES, uploads: { upload } } });
  engine.generate(REQUEST);
  await turns();
  expect(starts.map(({ request }) => request.attachmentImageUrl)).toEqual(["https://files.example/1.png"]);
});

test("what completes while it is watched gets its poster, once, and what had ended before gets none", async () => {
  const asked: string[] = [];
  const { engine, tell } = open({
    afterSuccess: {
      run({ id }, show) {
        asked.push(id);
        show(`https://posters.example/${id}.jpg`);
      },
      stop: () => undefined,
    },
  });
  engine.generate(REQUEST);
  const done = { status: "completed", phase: "completed", videos: ["https://videos.example/1.mp4"] } as const;
  tell([shown("old", done), shown("other")]);
  for (const _ of [1, 2]) tell([shown("g1", done), shown("old", done), shown("other", done)]);
  await turns();
  expect(asked.toSorted()).toEqual(["g1", "other"]);
  expect(engine.get("g1")?.getSnapshot()).toMatchObject({ previewImage: "https://posters.example/g1.jpg", ...done });
});

test("what becomes of it after its end is shown, and its end stays: a late video, settled books, a poster of the other side", async () => {
  const { engine, tell } = open();
  const generation = engine.generate(REQUEST);
  const error = videoErrorData("timed-out");
  const failed = shown("g1", { status: "failed", phase: "failed", settlement: "held", error });
  tell([failed]);
  const outcome = await generation.outcome;
  const late = { settlement: "released", videos: ["https://videos.example/1.mp4"], previewImage: "p.jpg" } as const;
  tell([{ ...failed, ...late }]);
  expect(generation.getSnapshot()).toMatchObject({ status: "failed", ...late });
  tell([shown("g1", { phase: "polling" })]);
  expect(generation.getSnapshot()).toMatchObject({ status: "failed", ...late });
  expect(await generation.outcome).toBe(outcome);
});

/** Events of the other side, told page by page. */
function openEvents() {
  const told: { number: number; event: VideoEngineEvent }[] = [];
  const listeners = new Set<() => void>();
  const follows: (number | undefined)[] = [];
  const report = (id: string, type: GenerationReport["type"]): void => {
    const event = { id, type, seq: 1 } as GenerationReport; // what these tests look at
    told.push({ number: told.length + 1, event });
    for (const listener of listeners) listener();
  };
  const events: NonNullable<GenerationDriver["events"]> = (after) => ({
    read: () => Promise.reject(new Error("It is followed.")),
    follow(listener) {
      follows.push(after);
      const hear = (): void => {
        const page = after === undefined ? [] : told.filter(({ number }) => number > after).slice(0, 100);
        listener({ ok: true, value: { last: page.at(-1)?.number ?? after ?? told.length, events: page } });
      };
      listeners.add(hear);
      hear();
      return () => listeners.delete(hear);
    },
  });
  return { events, report, follows, listeners };
}

const QUIET: GenerationDriver = {
  start: () => new Promise(() => undefined),
  cancel: () => new Promise(() => undefined),
  follow: () => () => undefined,
  read: () => Promise.resolve({ ok: true, value: [] }),
};

test("what happens on the other side is told from the start on: once, in order, and to the handle's listeners", () => {
  const { events, report, listeners } = openEvents();
  report("old", "job-accepted");
  const heard: string[] = [];
  const { engine } = open({
    driver: { ...QUIET, events },
    onEvent: (event) => heard.push(`${"id" in event ? event.id : ""} ${event.type}`),
  });
  expect(listeners.size, "nothing before the first call").toBe(0);
  const own: string[] = [];
  const leave = engine.generate(REQUEST).on(({ type }) => own.push(type));
  report("g1", "slot-acquired");
  report("other", "slot-acquired");
  report("g1", "credits-reserved");
  leave();
  report("g1", "session-created");
  expect(heard).toEqual(["g1 slot-acquired", "other slot-acquired", "g1 credits-reserved", "g1 session-created"]);
  expect(own).toEqual(["slot-acquired", "credits-reserved"]);
  engine.dispose();
  report("g1", "row-recorded");
  expect([heard.length, listeners.size]).toEqual([4, 0]);
});

test("after fifty events the next page is followed, so that not all of them are told again after each change", () => {
  const { events, report, follows, listeners } = openEvents();
  const heard: string[] = [];
  const { engine } = open({ driver: { ...QUIET, events }, onEvent: ({ type }) => heard.push(type) });
  engine.generate(REQUEST);
  for (let n = 0; n < 170; n++) report("g1", "job-pending");
  expect(heard).toHaveLength(170);
  expect(follows).toEqual([undefined, 0, 50, 100, 150]);
  expect(listeners.size).toBe(1);
});

test("events are followed only where somebody listens", () => {
  const { events, listeners } = openEvents();
  const { engine } = open({ driver: { ...QUIET, events } });
  const generation = engine.generate(REQUEST);
  expect(listeners.size).toBe(0);
  generation.on(() => undefined);
  expect(listeners.size).toBe(1);
});

test("disposed of, it takes nothing more and shows nothing more", () => {
  const { engine, tell } = open();
  engine.generate(REQUEST);
  engine.dispose();
  tell([shown("other")]);
  expect(engine.list().map(({ id }) => id)).toEqual(["g1"]);
  expect(() => engine.generate(REQUEST)).toThrow("disposed");
});
