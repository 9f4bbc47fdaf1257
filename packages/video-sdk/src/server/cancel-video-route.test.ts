// POST cancel-video: whose job it may be, and what the provider made of it.
import { describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD, MODEL } from "./__fixtures__/routes-world.ts";
import { falProvider } from "./providers/fal-provider.ts";
import type { VideoProvider } from "./providers/provider.ts";

async function withJob(body: object = GOOD) {
  const world = createRoutesWorld();
  const { requestId } = (await world.generate(body)).body;
  return { ...world, requestId: String(requestId) };
}

describe("a cancel", () => {
  test.each([
    [50, "removed"],
    [500, "requested"],
    [1000, "too-late"],
  ])("after %i ms says %s", async (at, canceled) => {
    const { cancel, requestId, clock } = await withJob();
    clock.jump(at);
    expect(await cancel({ requestId, modelId: MODEL })).toMatchObject({ status: 200, body: { canceled } });
  });

  test("says unsupported at kie", async () => {
    const job = { model: "kie-wan-2.5", prompt: "a corgi", duration: 5, resolution: "720p" };
    const { cancel, requestId } = await withJob(job);
    expect((await cancel({ requestId })).body).toEqual({ canceled: "unsupported" });
  });

  test("of another user's job is refused, and the provider is not asked", async () => {
    const { cancel, requestId, fal } = await withJob();
    const calls = [...fal.calls];
    expect(await cancel({ requestId, modelId: MODEL }, { user: "u2" })).toMatchObject({ status: 401 });
    expect(fal.calls).toEqual(calls);
  });

  test.each([[null], [[]], ["text"], [{}], [{ requestId: 12345678, modelId: MODEL }], [{ requestId: [""] }]])(
    "with the body %j names what is missing",
    async (body) => {
      const { cancel } = createRoutesWorld();
      const details = { issues: [{ path: "requestId" }] };
      expect(await cancel(JSON.stringify(body))).toMatchObject({ status: 400, body: { error: { details } } });
    },
  );

  test("may hold 4 KB", async () => {
    expect(await createRoutesWorld().cancel({ requestId: "x".repeat(5000) })).toMatchObject({ status: 413 });
  });

  test("takes at most 15 s, and is then not known to have happened", async () => {
    const hang = vi.fn<VideoProvider["cancel"]>(async () => await new Promise<never>(() => undefined));
    const provider: VideoProvider = {
      ...falProvider({ credentials: "" }),
      submit: () => Promise.resolve({ kind: "accepted", requestId: "job-0001" }),
      cancel: hang,
    };
    const { generate, cancel, clock } = createRoutesWorld({ providers: [provider] });
    const { requestId } = (await generate(GOOD)).body;
    const answer = cancel({ requestId });
    await vi.waitFor(() => expect(hang).toHaveBeenCalledOnce());
    await clock.advance(15_000);
    expect(await answer).toMatchObject({ status: 503, body: { error: { code: "provider-unavailable" } } });
    expect(clock.pending).toBe(0);
  });
});
