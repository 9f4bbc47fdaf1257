// The form: the request that is sent, the session it goes to, and the answer that comes back.
import { describe, expect, test } from "vitest";
import type { GenerateRequest } from "../attachments/attachment.ts";
import type { GenerateOptions } from "../engine/create-engine.ts";
import { VideoError } from "../errors.ts";
import { createVideoSettings } from "./create-video-settings.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { snapshotWith } from "../grid/__fixtures__/rows-and-snapshots.ts";
import { changeSettings, formStatusOf, startFromForm } from "./generation-form.ts";

const image = "https://files.test/a.png";

function setUp(currentId?: string) {
  const world = createTestEngine();
  const settings = createVideoSettings();
  const sessions = { getSnapshot: () => ({ sessions: [], currentId, isLoading: false, error: undefined }) };
  const sent: { readonly request: GenerateRequest; readonly options: GenerateOptions | undefined }[] = [];
  const form = {
    settings,
    sessions,
    sentenceOf: world.engine.sentenceOf,
    models: world.engine.models,
    generate(request: GenerateRequest, options?: GenerateOptions) {
      sent.push({ request, options });
      return world.engine.generate(request, options);
    },
  };
  return { ...world, form, sent };
}

describe("the request", () => {
  test("is what was typed, with the chosen model and the settings that it lets one choose", () => {
    const { form, sent } = setUp();
    form.settings.update({ aspectRatio: "9:16", fastMode: true });
    startFromForm(form, { prompt: "a corgi" });
    expect(sent.map(({ request }) => request)).toEqual([
      {
        model: "vid-veo-3.1",
        prompt: "a corgi",
        aspectRatio: "9:16",
        duration: 8,
        resolution: "720p",
        generateAudio: true,
      },
    ]);
  });

  test("is fitted to what is attached, so that a setting from before is not refused", () => {
    const { form, sent, engine } = setUp();
    changeSettings(form, { model: "vid-hailuo-2.3", fastMode: true });
    startFromForm(form, { prompt: "a corgi" });
    expect(sent[0]?.request.fastMode).toBeUndefined();
    expect(engine.list()).toMatchObject([{ status: "running" }]);
  });

  test("keeps a setting that counts only with an attachment", () => {
    const { form, sent } = setUp();
    changeSettings(form, { model: "vid-hailuo-2.3", fastMode: true });
    startFromForm(form, { prompt: "a corgi", attachmentImageUrl: image });
    expect(sent[0]?.request).toMatchObject({ model: "vid-hailuo-2.3", fastMode: true });
  });

  test("takes a setting given with it over the chosen one, and fits the others to it", () => {
    const { form, sent, engine } = setUp();
    changeSettings(form, { model: "pixverse-v5", resolution: "720p", duration: 8 });
    startFromForm(form, { prompt: "a corgi", resolution: "1080p" });
    expect(sent[0]?.request).toMatchObject({ resolution: "1080p", duration: 5 });
    expect(engine.list()).toMatchObject([{ status: "running" }]);
  });

  test("with another model leaves out the settings of the chosen one", () => {
    const { form, sent } = setUp();
    form.settings.update({ duration: 8 });
    startFromForm(form, { prompt: "a corgi", model: "vid-veo-3.1-fast" });
    startFromForm(form, { prompt: "a corgi", model: "vid-veo-3.1" });
    expect(sent.map(({ request }) => request.duration)).toEqual([undefined, 8]);
  });
});

describe("the session", () => {
  test("is the one that is shown, unless another is named", () => {
    const { form, sent } = setUp("s1");
    startFromForm(form, { prompt: "a corgi" }, { clientKey: "tap-1" });
    startFromForm(form, { prompt: "a corgi" }, { sessionId: "s2" });
    expect(sent.map(({ options }) => options)).toEqual([{ sessionId: "s1", clientKey: "tap-1" }, { sessionId: "s2" }]);
  });

  test("is left to the engine where none is shown", () => {
    const { form, sent } = setUp();
    startFromForm(form, { prompt: "a corgi" });
    expect(sent[0]?.options).toEqual({});
  });
});

describe("the answer", () => {
  test("of a video has its URLs and its ids", async () => {
    const { form, clock, ledger } = setUp();
    const { id, answer } = startFromForm(form, { prompt: "a corgi" });
    await clock.advance(120_000);
    expect(await answer).toEqual({
      success: true,
      videos: ["https://videos.test/job-1.mp4"],
      generationId: id,
      sessionId: "session-1",
      rowId: "row-1",
    });
    ledger.assertBalanced();
  });

  test("of a failure has the sentence and the code, and never rejects", async () => {
    const { form, clock, api, ledger } = setUp();
    api.playNext({ fail: "content-rejected" });
    const { answer } = startFromForm(form, { prompt: "a corgi" });
    await clock.advance(120_000);
    expect(await answer).toMatchObject({
      success: false,
      error: "The provider's content policy refused this request.",
      code: "content-rejected",
      generationId: "generation-1",
      sessionId: "session-1",
    });
    ledger.assertBalanced();
  });

  test("of a cancel says that it was canceled", async () => {
    const { form, clock, engine, ledger } = setUp();
    const { id = "", answer } = startFromForm(form, { prompt: "a corgi" });
    await clock.advance(5_000);
    void engine.get(id)?.cancel();
    await clock.advance(60_000);
    expect(await answer).toMatchObject({ success: false, error: "The generation was canceled.", code: "canceled" });
    ledger.assertBalanced();
  });

  test("of a request that was refused names the field, and nothing was called", async () => {
    const { form, ledger } = setUp();
    const { answer } = startFromForm(form, { prompt: "" });
    expect(await answer).toMatchObject({
      success: false,
      code: "invalid-request",
      error: expect.stringContaining("prompt"),
    });
    expect(ledger.calls).toEqual([]);
  });

  test("of an engine that was disposed of says so", async () => {
    const { form, engine } = setUp();
    engine.dispose();
    const { id, answer } = startFromForm(form, { prompt: "a corgi" });
    expect(id).toBeUndefined();
    expect(await answer).toEqual({
      success: false,
      code: "disposed",
      error: "This engine has been disposed of. Create a new one.",
      cause: expect.any(VideoError),
    });
  });
});

test("a change of the model comes before the settings for it", () => {
  const { form } = setUp();
  changeSettings(form, { model: "vid-veo-3.1-fast", duration: 6 });
  expect(form.settings.getSnapshot()).toMatchObject({ model: "vid-veo-3.1-fast", chosen: { duration: 6 } });
  changeSettings(form, { aspectRatio: "9:16" });
  expect(form.settings.getSnapshot()).toMatchObject({
    model: "vid-veo-3.1-fast",
    chosen: { duration: 6, aspectRatio: "9:16" },
  });
});

test.each([
  ["idle", undefined],
  ["generating", snapshotWith({ id: "g1" })],
  ["completed", snapshotWith({ id: "g1", status: "completed" })],
  ["failed", snapshotWith({ id: "g1", status: "failed" })],
  ["canceled", snapshotWith({ id: "g1", status: "canceled" })],
] as const)("the status is %s", (status, snapshot) => expect(formStatusOf(snapshot)).toBe(status));
