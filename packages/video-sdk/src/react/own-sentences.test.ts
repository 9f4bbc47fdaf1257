// The sentences that an app has given its engine, where the hooks show one: in the form, in the shipped screen's form, and in the grid.
import { describe, expect, test } from "vitest";
import { createReactWorld, mountHook } from "./__fixtures__/react-world.ts";
import { useVideoGeneration as useOldForm } from "./compat/use-video-generation.ts";
import { useVideoGeneration } from "./use-video-generation.ts";
import { useVideoTiles } from "./use-video-sessions.ts";

const SENTENCES = { "insufficient-credits": "Das Guthaben reicht nicht.", canceled: "Abgebrochen" } as const;
const MINUTE_MS = 60_000;

const poorWorld = () => createReactWorld({ credits: 10, sentences: SENTENCES });

test("the form and its answer", async () => {
  const world = poorWorld();
  const hook = await mountHook(world, useVideoGeneration);
  const { gave: answer } = await world.tap(() => hook.current.generate({ prompt: "a corgi" }));
  await world.pass(MINUTE_MS);
  expect(hook.current.error).toBe(SENTENCES["insufficient-credits"]);
  expect(hook.current.snapshot?.error?.message).toBe("There are not enough credits for this video.");
  expect(await answer).toMatchObject({ success: false, error: SENTENCES["insufficient-credits"] });
});

test("the grid", async () => {
  const world = poorWorld();
  const tiles = await mountHook(world, useVideoTiles);
  await world.tap(() => world.engine.generate({ model: "vid-veo-3.1", prompt: "a corgi" }));
  await world.pass(MINUTE_MS);
  expect(tiles.current).toMatchObject([{ status: "failed", error: SENTENCES["insufficient-credits"] }]);
});

describe("the shipped screen's form", () => {
  test("says it, and its word for a cancel", async () => {
    const world = createReactWorld({ sentences: SENTENCES });
    const hook = await mountHook(world, useOldForm);
    const { gave: answer } = await world.tap(() =>
      hook.current.generate({ modelId: "vid-veo-3.1", prompt: "a corgi" }),
    );
    await world.tap(() => hook.current.cancel());
    await world.pass(MINUTE_MS);
    expect(hook.current.error).toBe("Abgebrochen");
    expect(await answer).toMatchObject({ success: false, error: "Abgebrochen" });
  });

  test("says Cancelled, as it always has, without one", async () => {
    const world = createReactWorld();
    const hook = await mountHook(world, useOldForm);
    const { gave: answer } = await world.tap(() =>
      hook.current.generate({ modelId: "vid-veo-3.1", prompt: "a corgi" }),
    );
    await world.tap(() => hook.current.cancel());
    await world.pass(MINUTE_MS);
    expect(hook.current.error).toBe("Cancelled");
    expect(await answer).toMatchObject({ success: false, error: "Cancelled" });
  });
});
