// The form's hook, without a DOM: what it shows of a generation, and that React's comings and goings never touch one.
import { act } from "react";
import { describe, expect, test } from "vitest";
import { createReactWorld, mountHook } from "./__fixtures__/react-world.ts";
import { useVideoGeneration } from "./use-video-generation.ts";

const INPUT = { prompt: "a corgi surfing" };
const MINUTES_MS = 60_000;

test("it has what the app's screen consumes", async () => {
  const hook = await mountHook(createReactWorld(), useVideoGeneration);
  const members = ["status", "error", "progress", "isGenerating", "settings"];
  const functions = ["updateSettings", "generate", "cancel", "reset"];
  expect(Object.keys(hook.current)).toEqual(expect.arrayContaining([...members, ...functions]));
  expect(functions.map((name) => typeof Object.entries(hook.current).find(([key]) => key === name)?.[1])).toEqual(
    functions.map(() => "function"),
  );
});

describe("one generation", () => {
  test("is idle, generating, completed; and the answer has the video", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    expect(hook.current).toMatchObject({ status: "idle", isGenerating: false, error: undefined, progress: undefined });
    const { gave: answer } = await world.tap(() => hook.current.generate(INPUT));
    expect(hook.current).toMatchObject({ status: "generating", isGenerating: true });
    await world.pass(5_000);
    expect(hook.current.progress).toMatchObject({ phase: "polling", fraction: undefined, basis: undefined });
    await world.pass(2 * MINUTES_MS);
    expect(hook.current).toMatchObject({ status: "completed", isGenerating: false, progress: { fraction: 1 } });
    expect(await answer).toMatchObject({ success: true, videos: ["https://videos.test/job-1.mp4"] });
    world.ledger.assertBalanced();
  });

  test("shows its tile at once, in the same render as the tap", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    act(() => void hook.current.generate(INPUT));
    expect(hook.current).toMatchObject({ status: "generating", progress: { phase: "acquiring-slot" } });
    await world.tap(() => undefined);
  });

  test.each([
    ["insufficient credits", { credits: 10 }, "There are not enough credits for this video."],
    ["no free slot", { slots: 0 }, "Too many videos are being generated at once. Wait for one to finish."],
  ])("that fails for %s shows the sentence", async (_, options, error) => {
    const world = createReactWorld(options);
    const hook = await mountHook(world, useVideoGeneration);
    const { gave: answer } = await world.tap(() => hook.current.generate(INPUT));
    await world.pass(MINUTES_MS);
    expect(hook.current).toMatchObject({ status: "failed", error, isGenerating: false });
    expect(hook.current.snapshot?.settlement).toBe("none");
    expect(await answer).toMatchObject({ success: false, error });
    world.ledger.assertBalanced();
  });

  test("that is refused as invalid shows which field, and calls nothing", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    await act(() => hook.current.generate({ prompt: "" }));
    expect(hook.current).toMatchObject({ status: "failed", error: expect.stringContaining("prompt") });
    expect(world.ledger.calls).toEqual([]);
  });

  test("can be canceled, and reset shows idle again", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    await world.tap(() => hook.current.cancel());
    await world.tap(() => hook.current.generate(INPUT));
    await world.pass(5_000);
    await world.tap(() => hook.current.cancel());
    await world.pass(2 * MINUTES_MS);
    expect(hook.current).toMatchObject({ status: "canceled", isGenerating: false });
    await world.tap(() => hook.current.reset());
    expect(hook.current).toMatchObject({ status: "idle", progress: undefined, error: undefined });
    world.ledger.assertBalanced();
  });
});

describe("several generations", () => {
  test("do not touch each other: the hook shows the latest, and every answer is its own", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    world.api.playNext({ fail: "provider-failed" });
    const { gave: first } = await world.tap(() => hook.current.generate({ prompt: "first" }));
    await world.pass(5_000);
    const { gave: second } = await world.tap(() => hook.current.generate({ prompt: "second" }));
    expect(hook.current.snapshot?.prompt).toBe("second");
    await world.pass(5 * MINUTES_MS);
    expect(hook.current).toMatchObject({ status: "completed", error: undefined });
    expect([await first, await second]).toMatchObject([
      { success: false, code: "provider-failed" },
      { success: true, generationId: "generation-2" },
    ]);
    world.ledger.assertBalanced();
  });

  test("a cancel is for the latest", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    await world.tap(() => hook.current.generate({ prompt: "first" }));
    await world.tap(() => hook.current.generate({ prompt: "second" }));
    await world.pass(5_000);
    await world.tap(() => hook.current.cancel());
    await world.pass(5 * MINUTES_MS);
    expect(world.engine.list()).toMatchObject([
      { prompt: "second", status: "canceled" },
      { prompt: "first", status: "completed" },
    ]);
    world.ledger.assertBalanced();
  });

  test("go to the session that is shown", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    await world.tap(() => world.engine.sessions.create());
    await world.tap(() => hook.current.generate(INPUT));
    await world.tap(() => hook.current.generate(INPUT));
    await world.pass(5 * MINUTES_MS);
    expect(world.engine.list().map(({ sessionId }) => sessionId)).toEqual(["session-1", "session-1"]);
    expect(world.ledger.books.sessions).toHaveLength(1);
  });
});

describe("the component's life", () => {
  test("unmounting in mid-flight neither stops the generation nor leaves anything behind", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    const { gave: answer } = await world.tap(() => hook.current.generate(INPUT));
    await world.pass(5_000);
    await hook.unmount();
    const { renders } = hook;
    await world.clock.advance(5 * MINUTES_MS);
    expect(await answer).toMatchObject({ success: true });
    expect([hook.renders, world.followed(), world.clock.pending]).toEqual([renders, 0, 0]);
    world.ledger.assertBalanced();
  });

  test("StrictMode starts nothing twice", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration, { isStrict: true });
    await world.tap(() => hook.current.generate(INPUT));
    await world.pass(5 * MINUTES_MS);
    expect([world.engine.list().length, world.api.calls.submit]).toEqual([1, 1]);
    world.ledger.assertBalanced();
  });

  test("its functions stay the same from render to render, but for cancel, which knows its generation", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    const { generate, updateSettings, reset } = hook.current;
    await world.tap(() => generate(INPUT));
    await world.pass(5_000);
    expect(hook.current).toMatchObject({ generate, updateSettings, reset });
  });

  test("with nothing changed it returns the same object, and another component's generation renders nothing", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration, { isStrict: false });
    const { current, renders } = hook;
    await act(async () => {
      void world.engine.generate({ model: "vid-veo-3.1", prompt: "of another screen" });
      await world.clock.advance(5_000);
    });
    expect([hook.current === current, hook.renders]).toEqual([true, renders]);
  });
});

describe("settings", () => {
  test("are those of the chosen model, and what is changed is what is sent", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoGeneration);
    expect(hook.current.settings).toMatchObject({ model: "vid-veo-3.1", duration: 8, generateAudio: true });
    await world.tap(() => hook.current.updateSettings({ duration: 6, generateAudio: false }));
    expect(hook.current.settings).toMatchObject({ model: "vid-veo-3.1", duration: 6, generateAudio: false });
    await world.tap(() => hook.current.updateSettings({ model: "vid-veo-3.1-fast", aspectRatio: "9:16" }));
    expect(hook.current.settings).toMatchObject({
      model: "vid-veo-3.1-fast",
      aspectRatio: "9:16",
      generateAudio: true,
    });
    await world.tap(() => hook.current.generate(INPUT));
    expect(hook.current.snapshot?.request).toMatchObject({ model: "vid-veo-3.1-fast", aspectRatio: "9:16" });
    await world.tap(() => hook.current.updateSettings({ model: "vid-veo-3.1" }));
    expect(hook.current.settings).toMatchObject({ duration: 6, generateAudio: false });
  });
});
