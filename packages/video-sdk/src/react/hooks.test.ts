// The small hooks, without a DOM: each shows what its store shows, and renders only when that has changed.
import { act } from "react";
import { describe, expect, test, vi } from "vitest";
import type { Attachment, AttachmentSnapshot } from "../attachments/attachment.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable } from "../observable.ts";
import { createReactWorld, mountHook } from "./__fixtures__/react-world.ts";
import { useAttachment } from "./use-attachment.ts";
import { useGeneration, useGenerations } from "./use-generation.ts";
import { useVideoSessions, useVideoTiles } from "./use-video-sessions.ts";
import { useVideoChoices, useVideoSettings } from "./use-video-settings.ts";
import { useVideoEngine } from "./video-engine-context.ts";

const REQUEST = { model: "vid-veo-3.1", prompt: "a corgi surfing" } as const;

describe("useVideoEngine", () => {
  test("gives the provider's engine", async () => {
    const world = createReactWorld();
    expect((await mountHook(world, useVideoEngine)).current).toBe(world.engine);
  });

  test("without a provider says which one to put where", async () => {
    const quiet = vi.spyOn(console, "error").mockReturnValue();
    const withoutOne = mountHook({ engine: undefined as never }, useVideoEngine); // what a forgotten provider leaves
    await expect(withoutOne).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("<VideoEngineProvider engine={engine}>"),
    });
    quiet.mockRestore();
  });
});

describe("useGeneration", () => {
  test("follows one generation, and nothing else", async () => {
    const world = createReactWorld();
    const { id } = world.engine.generate(REQUEST);
    const hook = await mountHook(world, () => useGeneration(id), { isStrict: false });
    expect(hook.current).toMatchObject({ id, status: "running" });
    await world.pass(5 * 60_000);
    expect(hook.current).toMatchObject({ status: "completed" });
    const { renders } = hook;
    await world.tap(() => world.engine.generate(REQUEST));
    expect(hook.renders).toBe(renders);
  });

  test("shows one that comes later under the id, such as by resume()", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, () => useGeneration("generation-1"));
    expect(hook.current).toBeUndefined();
    await world.tap(() => world.engine.generate(REQUEST));
    expect(hook.current).toMatchObject({ id: "generation-1" });
  });

  test("with a selector gives that part, and renders only when it changes", async () => {
    const world = createReactWorld();
    const { id } = world.engine.generate(REQUEST);
    const seen: (string | undefined)[] = [];
    const hook = await mountHook(
      world,
      () => {
        const phase = useGeneration(id, (snapshot) => snapshot?.phase);
        seen.push(phase);
        return phase;
      },
      { isStrict: false },
    );
    await world.pass(5 * 60_000);
    expect(hook.current).toBe("completed");
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(2);
  });

  test("with a selector that builds an object, the same content is the same object, and nothing loops", async () => {
    const world = createReactWorld();
    const { id } = world.engine.generate(REQUEST);
    const select = (snapshot: GenerationSnapshot | undefined) => ({
      status: snapshot?.status,
      isSlow: snapshot?.isSlow,
    });
    const hook = await mountHook(world, () => useGeneration(id, select), { isStrict: false });
    const first = hook.current;
    await world.pass(30_000);
    expect(hook.current).toBe(first);
    const inline = await mountHook(world, () => useGeneration(id, (snapshot) => [snapshot?.settlement]));
    expect(inline.current).toEqual(["held"]);
    await world.pass(5 * 60_000);
    expect([hook.current, inline.current]).toEqual([{ status: "completed", isSlow: false }, ["captured"]]);
  });

  test("is undefined without an id", async () => {
    const world = createReactWorld();
    world.engine.generate(REQUEST);
    expect((await mountHook(world, () => useGeneration(undefined))).current).toBeUndefined();
    await world.tap(() => undefined);
  });
});

test("useGenerations lists all of them, newest first, and the same array while nothing changes", async () => {
  const world = createReactWorld();
  const hook = await mountHook(world, useGenerations);
  expect(hook.current).toEqual([]);
  await world.tap(() => [world.engine.generate(REQUEST), world.engine.generate(REQUEST)]);
  expect(hook.current.map(({ id }) => id)).toEqual(["generation-2", "generation-1"]);
  expect(hook.current).toEqual(world.engine.list());
  const { current } = hook;
  await world.tap(() => world.engine.settings.update({ duration: 6 }));
  expect(hook.current).toBe(current);
  await world.pass(5 * 60_000);
});

describe("useVideoSettings", () => {
  test("shows the model and its settings, and changes them", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoSettings);
    expect(hook.current).toMatchObject({ isLoaded: true, model: "vid-veo-3.1", settings: { duration: 8 } });
    act(() => hook.current.update({ duration: 6 }));
    expect(hook.current).toMatchObject({ chosen: { duration: 6 }, settings: { duration: 6 } });
    act(() => hook.current.select("kling-o1"));
    expect(hook.current).toMatchObject({ model: "kling-o1", chosen: {} });
  });

  test("gives the same object while nothing changes, and the same functions always", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoSettings);
    const { current } = hook;
    await world.tap(() => world.engine.generate(REQUEST));
    expect(hook.current).toBe(current);
    act(() => hook.current.update({ duration: 6 }));
    expect(hook.current).toMatchObject({ select: current.select, update: current.update });
  });
});

describe("useVideoChoices", () => {
  test("are those of the chosen model", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, () => useVideoChoices());
    expect(hook.current).toMatchObject({ mode: "text-to-video", audio: "optional" });
    act(() => world.engine.settings.select("kling-2.5-turbo-transition"));
    expect(hook.current).toMatchObject({ mode: "first-last-frame" });
  });

  test("follow the attachments and the chosen resolution", async () => {
    const world = createReactWorld();
    const attached = { attachmentImageUrl: { uri: "file:///a.png" } };
    const hook = await mountHook(world, () => useVideoChoices(attached));
    expect(hook.current.mode).toBe("image-to-video");
    act(() => world.engine.settings.select("pixverse-v5"));
    act(() => world.engine.settings.update({ resolution: "1080p" }));
    expect(hook.current.durations).toEqual([5]);
  });
});

describe("useAttachment", () => {
  const uploading: AttachmentSnapshot = {
    id: "file-1",
    status: "uploading",
    sentBytes: 10,
    totalBytes: 100,
    url: undefined,
    error: undefined,
  };

  test("follows the upload, and unsubscribes from it", async () => {
    const { get, set, subscribe } = createObservable(uploading);
    const leave = vi.fn();
    const attachment: Attachment = {
      id: "file-1",
      getSnapshot: get,
      cancel: vi.fn(),
      uploaded: Promise.resolve(uploading),
      subscribe(listener) {
        const stop = subscribe(listener);
        return () => {
          stop();
          leave();
        };
      },
    };
    const hook = await mountHook(createReactWorld(), () => useAttachment(attachment), { isStrict: false });
    expect(hook.current).toBe(uploading);
    act(() => set({ ...uploading, sentBytes: 50 }));
    expect(hook.current).toMatchObject({ sentBytes: 50 });
    await hook.unmount();
    expect(leave).toHaveBeenCalledTimes(1);
    expect(attachment.cancel).not.toHaveBeenCalled();
  });

  test("is undefined without one", async () => {
    expect((await mountHook(createReactWorld(), () => useAttachment(undefined))).current).toBeUndefined();
  });
});

describe("useVideoSessions", () => {
  test("lists, selects, makes and refreshes", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoSessions);
    expect(hook.current).toMatchObject({ sessions: [], currentId: undefined, isLoading: false, error: undefined });
    const { gave } = await world.tap(() => hook.current.create({ title: "Corgis" }));
    expect(await gave).toBe("session-1");
    await world.tap(() => hook.current.create({ title: "Cats" }));
    await world.tap(() => hook.current.refresh());
    expect(hook.current).toMatchObject({
      sessions: [{ title: "Cats" }, { title: "Corgis" }],
      currentId: "session-2",
    });
    await world.tap(() => hook.current.select("session-1"));
    expect(hook.current.currentId).toBe("session-1");
  });

  test("leaves no query behind, in StrictMode neither", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useVideoSessions, { isStrict: true });
    expect(world.followed()).toBe(1);
    await hook.unmount();
    expect(world.followed()).toBe(0);
  });
});

describe("useVideoTiles", () => {
  test("shows a generation at once, then in its row's place, of the session that is shown", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, () => useVideoTiles());
    await world.tap(() => world.engine.generate(REQUEST));
    expect(hook.current).toMatchObject([
      { key: "generation-1", status: "loading", snapshot: { sessionId: "session-1" } },
    ]);
    await world.tap(world.pushBooks);
    expect(hook.current).toMatchObject([{ key: "generation-1", rowId: "row-1" }]);
    await world.pass(5 * 60_000);
    await world.tap(world.pushBooks);
    expect(hook.current).toMatchObject([{ key: "generation-1", status: "completed" }]);
  });

  test("shows another session when it is asked for, and goes back", async () => {
    const world = createReactWorld();
    await world.tap(() => world.engine.generate(REQUEST, { sessionId: "session-7" }));
    await world.tap(() => world.engine.sessions.create());
    let wanted: string | undefined = "session-7";
    const hook = await mountHook(world, () => useVideoTiles(wanted));
    expect(hook.current).toMatchObject([{ rowId: "row-1" }]);
    wanted = undefined;
    await world.tap(() => world.engine.settings.update({ duration: 4 }));
    await world.tap(() => world.engine.sessions.select("session-9"));
    expect(hook.current).toEqual([]);
  });

  test("leaves no query and no timer behind", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, () => useVideoTiles("session-1"));
    expect(world.followed()).toBe(2);
    await hook.unmount();
    expect([world.followed(), world.clock.pending]).toEqual([0, 0]);
  });
});
