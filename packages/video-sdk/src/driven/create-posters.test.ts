import type { ConvexClientLike } from "../convex/convex-client-like.ts";
import { expect, test, vi } from "vitest";
import type { DrivenEngineOptions } from "../create-video-engine.ts";
import { createTestClock } from "../testing/test-clock.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createPosters } from "./create-posters.ts";

const POSTER = "https://posters.example/1.jpg";

function open({ isRefused = false, http }: { isRefused?: boolean; http?: DrivenEngineOptions["http"] }) {
  const written: unknown[] = [];
  const convex = {
    mutation: async (_: unknown, args: unknown) => {
      written.push(args);
      if (isRefused) throw new Error("Server Error");
      return await Promise.resolve(null);
    },
  } as unknown as ConvexClientLike;
  const clock = createTestClock();
  const posters = createPosters({ convex, http, driver: () => undefined as never }, clock);
  return { posters, written, clock };
}

const http = {
  baseUrl: "https://app.example",
  getToken: () => "token",
  fetch: () => Promise.resolve(Response.json({ success: true, url: POSTER })),
};

const done = (rowId: string): GenerationSnapshot =>
  ({ id: "g1", status: "completed", videos: ["https://videos.example/1.mp4"], rowId }) as unknown as GenerationSnapshot;

test.each([
  ["a row of the app's", "row-1", [{ generationId: "row-1", isLoading: false, previewImage: POSTER }]],
  ["no row", "none:1", []],
])("with %s, the poster is shown, and written where it can be", async (_, rowId, expected) => {
  const { posters, written, clock } = open({ http });
  const shown: string[] = [];
  posters?.run(done(rowId), (poster) => shown.push(poster));
  await vi.waitFor(() => expect(shown).toEqual([POSTER]));
  await clock.flush();
  expect(written).toEqual(expected);
});

test("a row that refuses it is no error", async () => {
  const { posters, written, clock } = open({ http, isRefused: true });
  posters?.run(done("row-1"), () => undefined);
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(0));
  await clock.advance(60_000);
});

test("without the app's routes there are none", () => {
  expect(open({}).posters).toBeUndefined();
});
