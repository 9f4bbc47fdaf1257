// Re-hosting as the routes do it: a finished job stays finished, whatever becomes of the copy.
import { describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD, MODEL } from "../__fixtures__/routes-world.ts";
import type { Rehost } from "./create-rehost.ts";
import { falProvider } from "../providers/fal-provider.ts";

const LASTING = "https://cdn.example/v/1.mp4";
const JOB_URL = "https://v3.fal.media/files/00000000-0000-4000-8000-000000000001.mp4";

describe("with a rehost, the status of a finished job", () => {
  test("names the lasting URL", async () => {
    const rehost = vi.fn<Rehost>(async () => LASTING);
    const { generate, status, clock } = createRoutesWorld({ rehost });
    const { requestId } = (await generate(GOOD)).body;
    expect((await status({ requestId })).body).toMatchObject({ queued: true });
    expect(rehost).not.toHaveBeenCalled();
    await clock.advance(1000);
    expect((await status({ requestId })).body).toMatchObject({ success: true, videos: [{ url: LASTING }] });
    expect(rehost).toHaveBeenCalledExactlyOnceWith(JOB_URL, { userId: "u1", modelId: MODEL });
  });

  test.each([
    ["rejects", () => Promise.reject(new Error("storage is full"))],
    [
      "throws",
      () => {
        throw new Error("storage is full");
      },
    ],
  ])("names the provider's URL where it %s, and tells the log why", async (_, rehost) => {
    const { generate, status, clock, events } = createRoutesWorld({ rehost });
    const { requestId } = (await generate(GOOD)).body;
    await clock.advance(1000);
    const answer = await status({ requestId });
    expect(answer).toMatchObject({ status: 200, body: { success: true, videos: [{ url: JOB_URL }] } });
    expect(JSON.stringify(answer.body)).not.toContain("full");
    const cause = { name: "Error", message: "storage is full", stack: expect.stringContaining("rehost-videos.test") };
    const names = { userId: "u1", modelId: MODEL, provider: "fal", handle: requestId };
    expect(events.slice(-2)).toMatchObject([
      { type: "rehost-failed", ...names, cause },
      { type: "job-finished", ...names, videos: 1 },
    ]);
  });

  test("is not copied when it failed", async () => {
    const rehost = vi.fn<Rehost>(async () => LASTING);
    const { generate, status, clock, fal } = createRoutesWorld({ rehost });
    fal.playNext("runner-error");
    const { requestId } = (await generate(GOOD)).body;
    await clock.advance(1000);
    expect((await status({ requestId })).body).toMatchObject({ success: false });
    expect(rehost).not.toHaveBeenCalled();
  });
});

test("videos that a submit is answered with at once are re-hosted one by one, in order", async () => {
  const videos = ["https://x.example/1.mp4", "https://x.example/2.mp4"];
  const provider = { ...falProvider({ credentials: "" }), submit: async () => ({ kind: "finished", videos }) as const };
  const rehost = async (url: string) => {
    if (url.endsWith("2.mp4")) throw new Error("gone");
    return LASTING;
  };
  const { generate } = createRoutesWorld({ providers: [provider], rehost });
  expect((await generate(GOOD)).body).toMatchObject({ videos: [{ url: LASTING }, { url: videos[1] }] });
});
