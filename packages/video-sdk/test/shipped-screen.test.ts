// @vitest-environment happy-dom
// The screen of the shipped app moves to the SDK by one line, its import: it compiles so (with the tests), and here it runs so, on the real
// engine over fakes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { createElement } from "react";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { composeEngine, type VideoEngine } from "../src/compose-engine.ts";
import { defaultPollingPolicy } from "../src/core/polling-policy.ts";
import { createLocalLocks } from "../src/platform/local-locks.ts";
import { createMemoryStorage } from "../src/platform/memory-storage.ts";
import { createReactWorld, providerOf, type ReactWorld } from "../src/react/__fixtures__/react-world.ts";
import type { TestEngineOptions } from "../src/testing/create-test-engine.ts";
import { VideosScreen } from "./shipped-app/screens/videos-screen-moved.tsx";

const MINUTES_MS = 60_000;
const folder = join(import.meta.dirname, "shipped-app/screens");

afterEach(cleanup);

test("the screen that moved differs from today's in its import, and in nothing else", () => {
  const [today, moved] = ["videos-screen.tsx", "videos-screen-moved.tsx"].map((file) =>
    readFileSync(join(folder, file), "utf8").split("\n"),
  );
  const changed = today?.flatMap((line, at) => (line === moved?.[at] ? [] : [[line, moved?.[at]]]));
  const what = "import { useVideoGeneration, type VideoGenerationStatus } from";
  expect(today).toHaveLength(moved?.length ?? 0);
  expect(changed).toEqual([
    [`${what} "../hooks/use-video-generation.ts";`, `${what} "@video-engine/video-sdk/react/compat";`],
  ]);
});

type Given = Omit<Parameters<typeof VideosScreen>[0], "alert">;

function open(options: TestEngineOptions = {}, given: Given = {}) {
  const world = createReactWorld(options);
  return { world, ...show(world, world.engine, given) };
}

function show(world: Pick<ReactWorld, "tap">, engine: VideoEngine, given: Given = {}) {
  const alert = vi.fn<(title: string, text: string) => void>();
  const { unmount } = render(createElement(VideosScreen, { ...given, alert }), { wrapper: providerOf({ engine }) });
  const press = (name: string) => world.tap(() => fireEvent.click(screen.getByRole("button", { name })));
  const write = (prompt: string): void =>
    void fireEvent.change(screen.getByLabelText("Prompt"), { target: { value: prompt } });
  const generate = async (prompt = "a corgi surfing"): Promise<void> => {
    write(prompt);
    await press("Generate");
  };
  return { alert, press, write, generate, unmount };
}

/** What the user reads of the generation. */
const status = (): string | null => screen.getByRole("status").textContent;
const progress = (): number => Number(screen.getByRole("progressbar").getAttribute("value"));
const textOf = (label: string): string => screen.getByLabelText(label).textContent ?? "";

describe("a video", () => {
  test("goes through today's statuses and stands on the screen, with its session and its row", async () => {
    const { world, generate, alert } = open();
    const seen: string[] = [];
    const observer = new MutationObserver(() => seen.push(`${status()} ${progress()}`));
    observer.observe(screen.getByRole("status"), { childList: true, characterData: true, subtree: true });
    onTestFinished(() => observer.disconnect());
    await generate();
    expect(textOf("Session")).toBe("session-1");
    expect(screen.getByRole("button", { name: "Cancel" })).toBeDefined();
    await world.pass(5 * MINUTES_MS);
    expect([status(), progress()]).toEqual(["Done", 100]);
    expect(screen.getByLabelText("Video").getAttribute("src")).toBe("https://videos.test/job-1.mp4");
    expect(textOf("Row")).toBe("row-1");
    expect(world.ledger.books.rows).toMatchObject([{ id: "row-1", sessionId: "session-1", isLoading: false }]);
    expect(seen).toEqual(expect.arrayContaining(["Rendering 30", "Done 100"]));
    expect(alert).not.toHaveBeenCalled();
    world.ledger.assertBalanced();
  });

  test("goes to the session of the route, and one after another to the session of the first", async () => {
    const of = open({}, { sessionId: "session-7" });
    await of.generate();
    await of.world.pass(5 * MINUTES_MS);
    expect(of.world.ledger.books).toMatchObject({ sessions: [], rows: [{ sessionId: "session-7" }] });
    of.unmount();
    const fresh = open();
    await fresh.generate("one");
    await fresh.generate("two");
    await fresh.world.pass(5 * MINUTES_MS);
    expect(fresh.world.ledger.books.sessions).toHaveLength(1);
  });

  test("on a screen without a session gets one of its own, whatever another screen shows", async () => {
    const { world, generate, unmount } = open();
    await generate("one");
    await world.pass(5 * MINUTES_MS);
    unmount();
    const next = show(world, world.engine);
    await next.generate("two");
    await world.pass(5 * MINUTES_MS);
    expect(textOf("Session")).toBe("session-2");
    expect(world.ledger.books.rows.map(({ sessionId }) => sessionId)).toEqual(["session-1", "session-2"]);
  });
});

describe("what the screen sends", () => {
  test.each([
    ["one image", "vid-veo-3.1", ["a"], { attachmentImageUrl: "https://cdn.test/a.png" }],
    [
      "two frames of a model that has a transition",
      "vid-veo-3.1",
      ["a", "b"],
      {
        model: "veo3.1-transition",
        startFrameImageUrl: "https://cdn.test/a.png",
        endFrameImageUrl: "https://cdn.test/b.png",
      },
    ],
    [
      "images of Kling O1",
      "kling-o1",
      ["a", "b"],
      { klingO1Images: ["https://cdn.test/a.png", "https://cdn.test/b.png"] },
    ],
  ] as const)("%s", async (_, model, names, sent) => {
    const { world, generate } = open({}, { images: names.map((name) => `https://cdn.test/${name}.png`) });
    await world.tap(() => fireEvent.change(screen.getByLabelText("Model"), { target: { value: model } }));
    await generate();
    expect(world.engine.list()).toMatchObject([{ status: "running", request: { model, ...sent } }]);
    await world.pass(10 * MINUTES_MS);
    world.ledger.assertBalanced();
  });
});

describe("a generation that ends without a video", () => {
  test.each([
    ["too few credits", { credits: 10 }, "There are not enough credits for this video."],
    ["no free slot", { slots: 0 }, "Too many videos are being generated at once. Wait for one to finish."],
  ])("for %s says so in the status and in the answer, and holds nothing", async (_, options, sentence) => {
    const { world, generate, alert } = open(options);
    await generate();
    await world.pass(MINUTES_MS);
    expect([status(), progress()]).toEqual([sentence, 0]);
    expect(alert.mock.calls).toEqual([["Generation failed", sentence]]);
    world.ledger.assertBalanced();
  });

  test("because the provider refuses it gives the credits back", async () => {
    const { world, generate, alert } = open();
    world.api.playNext({ fail: "content-rejected" });
    await generate();
    await world.pass(5 * MINUTES_MS);
    expect(alert).toHaveBeenCalledTimes(1);
    expect(status()).toBe(alert.mock.calls[0]?.[1]);
    expect(world.ledger.books).toMatchObject({ reserved: 0, captured: 0 });
    world.ledger.assertBalanced();
  });

  test("canceled: is idle at once, says today's word, and leaves neither credits nor the slot taken", async () => {
    const { world, generate, press, alert } = open();
    await generate();
    await world.pass(5_000);
    await press("Cancel");
    expect([status(), progress()]).toEqual(["Cancelled", 0]);
    expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
    await world.pass(5 * MINUTES_MS);
    expect(status()).toBe("Cancelled");
    expect(alert.mock.calls).toEqual([["Generation failed", "Cancelled"]]);
    expect(world.ledger.books).toMatchObject({ reserved: 0, captured: 0, slots: [{ status: "failed" }] });
    await press("Clear");
    expect(status()).toBe("");
    world.ledger.assertBalanced();
  });
});

describe("what the user has set", () => {
  test("stays while a video is generated: the settings are the same object all the time", async () => {
    const { world, generate, press } = open();
    await press("9:16");
    await generate();
    for (let step = 0; step < 30; step++) {
      await world.pass(5_000);
      expect(screen.getByRole("button", { name: "9:16" }).getAttribute("aria-pressed")).toBe("true");
    }
    expect(status()).toBe("Done");
    expect(world.engine.list()).toMatchObject([{ request: { aspectRatio: "9:16", duration: 4 } }]);
  });

  test("begins with what the app before has stored, and a chosen model brings its own", async () => {
    const stored = { "@video_gen_model_id": "kie-wan-2.5", "@video_gen_duration": "10", "@video_gen_audio": "false" };
    const storage = createMemoryStorage();
    for (const [key, value] of Object.entries(stored)) await storage.setItem(key, value);
    const { world } = open({ settings: { storage, user: "user-1" } });
    await world.tap(() => undefined);
    expect(screen.getByLabelText<HTMLSelectElement>("Model").value).toBe("kie-wan-2.5");
    expect(textOf("Length")).toBe("10 s");
    await world.tap(() => fireEvent.change(screen.getByLabelText("Model"), { target: { value: "vid-veo-3.1" } }));
    expect(textOf("Length")).toBe("4 s");
  });
});

test("an app that is closed while the provider works: the next start delivers, charges once, and the new screen is free", async () => {
  const storage = createMemoryStorage();
  const persistence = { storage, user: "user-1", locks: createLocalLocks(), onUnreadable: vi.fn() };
  const { world, generate, unmount } = open({ persistence });
  await generate();
  await world.pass(20_000);
  unmount();
  world.engine.dispose();
  const { api, ledger, uploads, clock } = world;
  const platform = { clock, random: () => 0.5, createId: () => "generation-9" };
  const next = composeEngine({ api, ledger, uploader: uploads, platform, polling: defaultPollingPolicy, persistence });
  show(world, next);
  await act(async () => void (await next.resume()));
  await world.pass(5 * MINUTES_MS);
  expect(status()).toBe("");
  expect(next.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
  expect(ledger.books.rows).toMatchObject([{ isLoading: false, videos: ["https://videos.test/job-1.mp4"] }]);
  expect(api.calls.submit).toBe(1);
  ledger.assertBalanced();
});
