// The faults of the client this replaces: seven of facts/app-contract.md and thirteen of design/peers.md, each by name.
// 8 and 10 of the thirteen are about tokens and re-hosting: test/peers-faults.test.ts.
import { calculateVideoCost, createCatalogue, mergeCatalogue, type VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createTestEngine, type TestEngine } from "../testing/create-test-engine.ts";
import type { Generation, GenerationOutcome } from "./generation-handle.ts";

const request: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };
const MINUTE = 60_000;

async function outcomeIn({ clock }: TestEngine, generation: Generation): Promise<GenerationOutcome> {
  let outcome: GenerationOutcome | undefined;
  void generation.outcome.then((decided) => (outcome = decided));
  await clock.advanceUntil(() => outcome !== undefined);
  return generation.outcome;
}

describe("the seven faults of the app's client", () => {
  test.each([
    "rate-limited",
    "unreachable",
    "provider-unavailable",
    "not-signed-in",
    "internal",
    "protocol-mismatch",
  ] as const)("1. a passing %s on a status poll does not end a paid job", async (code) => {
    const world = createTestEngine();
    for (let miss = 0; miss < 5; miss++) world.api.failNext("status", { refused: code });
    const outcome = await outcomeIn(world, world.engine.generate(request));
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    world.ledger.assertBalanced();
  });

  test("2. the row knows the job's id as soon as the provider has accepted it, so another process can resume it", async () => {
    const world = createTestEngine();
    world.engine.generate(request);
    await world.clock.advance(1_000);
    expect(world.ledger.books.rows[0]).toMatchObject({ isLoading: true, externalRequestId: "job-1" });
  });

  test("3. a failing capture never runs the failure path: the video stays, nothing is released", async () => {
    const world = createTestEngine();
    for (let times = 0; times < 8; times++) world.ledger.failNext("captureCredits", { refused: "settlement-failed" });
    const outcome = await outcomeIn(world, world.engine.generate(request));
    expect(outcome).toMatchObject({ status: "completed", settlement: "held" });
    expect(world.ledger.books).toMatchObject({ released: 0, captured: 0 });
    expect(world.ledger.books.rows[0]).toMatchObject({ videos: ["https://videos.test/job-1.mp4"], isLoading: false });
    expect(world.ledger.books.rows[0]?.error).toBeUndefined();
  });

  test("4. cancel settles the credits, frees the slot and reaches the provider", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    await world.clock.advance(10_000);
    void generation.cancel();
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "canceled", settlement: "released" });
    expect(world.api.jobs[0]).toMatchObject({ isCanceled: true });
    world.ledger.assertBalanced();
  });

  test.each(["updateRow", "releaseCredits", "closeSlot"] as const)(
    "5. in the failure path a failing %s does not stop the other two",
    async (method) => {
      const world = createTestEngine();
      world.api.playNext({ fail: "provider-failed" });
      const generation = world.engine.generate(request);
      await world.clock.advance(1_000);
      world.ledger.failNext(method, { refused: "internal" });
      expect(await outcomeIn(world, generation)).toMatchObject({ status: "failed", settlement: "released" });
      world.ledger.assertBalanced();
    },
  );

  test("6. generations run side by side, each with its own state and its own cancel", async () => {
    const world = createTestEngine();
    const first = world.engine.generate(request);
    const second = world.engine.generate({ ...request, prompt: "a cat" });
    await world.clock.advance(5_000);
    void first.cancel();
    expect(await outcomeIn(world, second)).toMatchObject({ status: "completed" });
    expect(await first.outcome).toMatchObject({ status: "canceled" });
    world.ledger.assertBalanced();
  });

  test("7. an unknown model has no price: it is refused before anything is called", async () => {
    const world = createTestEngine();
    const unknown = JSON.parse('{"model":"vid-unknown","prompt":"x"}') as VideoRequest;
    const generation = world.engine.generate(unknown);
    expect(await generation.outcome).toMatchObject({
      status: "failed",
      error: { code: "unknown-model" },
      settlement: "none",
    });
    expect(world.ledger.calls).toEqual([]);
    expect(() => calculateVideoCost(unknown.model)).toThrow(/vid-unknown/);
  });
});

describe("a model that cannot be sold is refused before anything is called", () => {
  test.each([
    ["a retired one, with its replacement", "kie-sora-2", "model-retired", 'Use Veo 3.1 ("vid-veo-3.1") instead.'],
    ["one without a price, by its name", "vid-kling-3-pro", "not-configured", 'Kling 3 Pro ("vid-kling-3-pro") has no'],
  ] as const)("%s", async (_, model, code, message) => {
    const world = createTestEngine();
    const generation = world.engine.generate({ model, prompt: "a corgi surfing" });
    expect(await generation.outcome).toMatchObject({
      status: "failed",
      settlement: "none",
      error: { code, message: expect.stringContaining(message) },
    });
    expect([world.ledger.calls, world.api.calls.submit]).toEqual([[], 0]);
  });
});

describe("with the catalogue of a newer server", () => {
  const { models } = createCatalogue();
  const veo = models["vid-veo-3.1-fast"];
  const lifecycle = { stage: "retired", date: "2027-01", replacement: "vid-veo-3.1" } as const;
  const newer = {
    ...createCatalogue(),
    models: { ...models, "vid-veo-3.1-fast": { ...veo, lifecycle }, "vid-veo-9": { ...veo, label: "Veo 9" } },
  };
  const world = (more: object = {}) =>
    createTestEngine({ registry: mergeCatalogue(JSON.parse(JSON.stringify({ ...newer, ...more }))) });

  test("a model that was retired since is refused with its replacement, before anything is called", async () => {
    const { engine, ledger } = world();
    expect(await engine.generate(request).outcome).toMatchObject({
      status: "failed",
      settlement: "none",
      error: { code: "model-retired", message: expect.stringContaining('Use Veo 3.1 ("vid-veo-3.1") instead.') },
    });
    expect(ledger.calls).toEqual([]);
  });

  test("other models are generated as before", async () => {
    const one = world();
    const outcome = await outcomeIn(
      one,
      one.engine.generate({ model: "vid-veo-3.1", prompt: "a corgi surfing", duration: 8 }),
    );
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
  });

  const unknown = JSON.parse('{"model":"vid-veo-9","prompt":"x"}') as VideoRequest;

  test("a model that only the server knows is refused by its name where the server has no price for it", async () => {
    const { engine, ledger } = world();
    expect(await engine.generate(unknown).outcome).toMatchObject({
      error: { code: "not-configured", message: expect.stringContaining('Veo 9 ("vid-veo-9") has no price.') },
      settlement: "none",
    });
    expect(ledger.calls).toEqual([]);
  });

  test("a model that only the server knows is generated at the server's price", async () => {
    const { prices } = createCatalogue();
    const one = world({ prices: { ...prices, baseCredits: { ...prices.baseCredits, "vid-veo-9": 300 } } });
    const generation = one.engine.generate(unknown);
    expect(await outcomeIn(one, generation)).toMatchObject({ status: "completed", settlement: "captured" });
    expect(generation.getSnapshot()).toMatchObject({ credits: 576, modelFacts: { label: "Veo 9" } });
  });
});

describe("the thirteen faults of the peers' list", () => {
  test("1. credits that were never reserved are never released", async () => {
    const world = createTestEngine({ credits: 1 });
    await outcomeIn(world, world.engine.generate(request));
    expect(world.ledger.calls).not.toContain("releaseCredits");
  });

  test("2. nothing is refunded after a capture, even when the slot cannot be closed", async () => {
    const world = createTestEngine();
    for (let times = 0; times < 8; times++) world.ledger.failNext("closeSlot", { refused: "internal" });
    const outcome = await outcomeIn(world, world.engine.generate(request));
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(world.ledger.calls).not.toContain("releaseCredits");
  });

  test("3. one failing clean-up never leaks the credits or the slot", async () => {
    const world = createTestEngine();
    world.api.playNext({ fail: "provider-failed" });
    const generation = world.engine.generate(request);
    await world.clock.advance(1_000);
    for (let times = 0; times < 8; times++) world.ledger.failNext("updateRow", { refused: "internal" });
    expect(await outcomeIn(world, generation)).toMatchObject({ status: "failed", settlement: "released" });
    expect(world.ledger.books).toMatchObject({ reserved: 0, slots: [{ status: "failed" }] });
  });

  test("4. cancel always lets the promise settle", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    await world.clock.advance(20_000);
    const canceled = generation.cancel();
    await outcomeIn(world, generation);
    await expect(canceled).resolves.toMatchObject({ status: "canceled" });
    await expect(generation.result).rejects.toMatchObject({ code: "canceled", settlement: "released" });
  });

  test("5. a dropped connection while asking is a missed question, not a failed job", async () => {
    const world = createTestEngine();
    for (let miss = 0; miss < 10; miss++) world.api.failNext("status", "request-lost");
    expect(await outcomeIn(world, world.engine.generate(request))).toMatchObject({ status: "completed" });
    world.ledger.assertBalanced();
  });

  test("6. the deadline is a deadline: a job that never ends is given up after the model's hard limit, not after a count of polls", async () => {
    const world = createTestEngine();
    world.api.playNext("never");
    const generation = world.engine.generate(request);
    await outcomeIn(world, generation);
    const lastedMs = world.clock.now() - generation.getSnapshot().createdAt;
    expect(lastedMs).toBeGreaterThanOrEqual(30 * MINUTE);
    expect(lastedMs).toBeLessThan(32 * MINUTE);
  });

  test("7. the job's id is in the row and in the snapshot before the first question", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(request);
    await world.clock.flush();
    expect(generation.getSnapshot()).toMatchObject({ requestId: "job-1" });
    expect(world.ledger.books.rows[0]?.externalRequestId).toBe("job-1");
    expect(world.api.calls.status).toBe(0);
  });

  test("9. success without a video is a failure, never captured", async () => {
    const world = createTestEngine();
    world.api.playNext("empty");
    expect(await outcomeIn(world, world.engine.generate(request))).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code: "result-missing" },
    });
    world.ledger.assertBalanced();
  });

  test("11. one generation's signal does not cancel another's", async () => {
    const world = createTestEngine();
    const controller = new AbortController();
    const first = world.engine.generate(request, { signal: controller.signal });
    const second = world.engine.generate(request);
    await world.clock.advance(5_000);
    controller.abort();
    expect(await outcomeIn(world, second)).toMatchObject({ status: "completed" });
    expect(await first.outcome).toMatchObject({ status: "canceled" });
  });

  test("12. a timeout asks the provider to cancel before it releases the credits", async () => {
    const world = createTestEngine();
    world.api.playNext("never");
    const generation = world.engine.generate(request);
    await outcomeIn(world, generation);
    const types = world.events.map(({ type }) => type);
    expect(world.api.jobs[0]).toMatchObject({ isCanceled: true });
    expect(types.lastIndexOf("cancel-answered")).toBeLessThan(types.indexOf("step-settled"));
  });

  test("13. no event carries a prompt, a URL or a token", async () => {
    const world = createTestEngine();
    await outcomeIn(world, world.engine.generate({ ...request, prompt: "SECRET-PROMPT" }));
    expect(JSON.stringify(world.events)).not.toMatch(/SECRET-PROMPT|https:/);
  });
});
