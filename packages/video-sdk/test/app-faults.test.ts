// The whole engine in an app where things go wrong: refusals, lost answers, several generations at once. The books are checked after each.
import { HttpResponse } from "msw";
import { describe, expect, test, vi } from "vitest";
import { BACKEND_KINDS } from "./support/app-backend.ts";
import {
  CREDITS,
  expectSettled,
  MINUTE,
  appOn,
  outcomeOf,
  request,
  SECOND,
  fakeNetworkAndTime,
  video,
  withCancel,
} from "./support/open-app.ts";

fakeNetworkAndTime();

describe.each(BACKEND_KINDS)("on a backend %s", (kind) => {
  const openApp = appOn(kind);

  describe("a generation that is refused", () => {
    test("for want of credits holds nothing and submits nothing", async () => {
      const app = openApp({ backend: { credits: CREDITS - 1 } });
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({
        status: "failed",
        settlement: "none",
        error: { code: "insufficient-credits", message: "You have too few credits." },
      });
      expect(app.routes.requests).toEqual([]);
      expectSettled(app);
    });

    test("for want of a slot touches no credits, or gives back what was asked for beside it under a key", async () => {
      const isKeyed = kind === "with-operation-ids";
      const app = openApp({ backend: { slots: 0 } });
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({
        error: { code: "slot-limit-reached", details: { limit: 0, active: 0 } },
        settlement: isKeyed ? "released" : "none",
      });
      expect(app.backend.calls).toHaveLength(isKeyed ? 3 : 1);
      expectSettled(app);
    });

    test("by the route releases the credits, in the route's words", async () => {
      const app = openApp();
      app.routes.answerNext("generate", () =>
        HttpResponse.json({ error: { code: "content-rejected", message: "No weapons." } }, { status: 422 }),
      );
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({
        status: "failed",
        settlement: "released",
        error: { code: "content-rejected", message: "No weapons.", phase: "submitting" },
      });
      expectSettled(app);
    });

    test("by a busy route is sent again when the route said so", async () => {
      const app = openApp();
      app.routes.answerNext("generate", () =>
        HttpResponse.json({ error: "Busy." }, { status: 429, headers: { "retry-after": "30" } }),
      );
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({ status: "completed" });
      const submits = app.routes.requests.filter(({ route }) => route === "generate");
      expect(submits).toHaveLength(2);
      expect((submits[1]?.at ?? 0) - (submits[0]?.at ?? 0)).toBeGreaterThanOrEqual(30 * SECOND);
      expectSettled(app);
    });
  });

  describe("an answer that is lost", () => {
    test.each([
      ["a gateway's page", () => HttpResponse.html("<h1>504</h1>", { status: 504 })],
      [
        "a gateway's JSON",
        () => HttpResponse.json({ error: { code: "FUNCTION_INVOCATION_TIMEOUT", message: "x" } }, { status: 504 }),
      ],
      ["a text of the route's own with 500", () => HttpResponse.json({ error: "Something broke." }, { status: 500 })],
      ["a broken network", () => HttpResponse.error()],
    ])("of the paid submit, by %s: it is sent once, and the outcome is unknown", async (_, answer) => {
      const app = openApp();
      app.routes.answerNext("generate", answer);
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({
        status: "failed",
        settlement: "released",
        error: { code: "submission-unknown" },
      });
      expect(app.routes.requests).toHaveLength(1);
      expectSettled(app);
    });

    // With operation ids it is asked for again, under its id.
    const [settlement, captures] = kind === "with-operation-ids" ? ["captured", 2] : ["unknown", 1];

    test(`of the capture leaves the video, and the settlement is ${settlement}`, async () => {
      const app = openApp();
      app.backend.breakNext("users:captureReservedCredits", {
        isRun: true,
        answer: () => HttpResponse.html("<h1>502</h1>", { status: 502 }),
      });
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({
        status: "completed",
        videos: [video],
        settlement,
      });
      expect(app.backend.calls.filter(({ name }) => name === "users:captureReservedCredits")).toHaveLength(captures);
      expect(app.backend.books.captured).toBe(CREDITS);
      expectSettled(app);
    });

    test("of a capture that certainly did not happen is asked for again", async () => {
      const app = openApp();
      const conflict = { code: "OptimisticConcurrencyControlFailure", message: "Try again." };
      app.backend.breakNext("users:captureReservedCredits", {
        isRun: false,
        answer: () => HttpResponse.json(conflict, { status: 503 }),
      });
      expect(await outcomeOf(app.engine.generate(request))).toMatchObject({
        status: "completed",
        settlement: "captured",
      });
      expectSettled(app);
    });

    test("of the finished row is written again before anything is captured", async () => {
      const app = openApp();
      const generation = app.engine.generate(request);
      await vi.advanceTimersByTimeAsync(30 * SECOND);
      for (let times = 0; times < 3; times++) {
        app.backend.breakNext("sessions:updateGeneration", { isRun: false, answer: () => HttpResponse.error() });
      }
      expect(await outcomeOf(generation)).toMatchObject({ status: "completed", settlement: "captured" });
      const names = app.backend.calls.map(({ name }) => name);
      expect(names.lastIndexOf("sessions:updateGeneration")).toBeLessThan(
        names.indexOf("users:captureReservedCredits"),
      );
      expectSettled(app);
    });

    test("of every clean-up step but one does not keep that one from being done", async () => {
      const app = openApp();
      app.routes.answerNext("status", () => HttpResponse.json({ success: false, error: "The model crashed." }));
      const generation = app.engine.generate(request);
      await vi.advanceTimersByTimeAsync(10 * SECOND);
      for (let times = 0; times < 16; times++) {
        app.backend.breakNext("sessions:updateGeneration", { isRun: false, answer: () => HttpResponse.error() });
        app.backend.breakNext("generations:updateGenerationStatus", {
          isRun: false,
          answer: () => HttpResponse.error(),
        });
      }
      expect(await outcomeOf(generation, 30 * MINUTE)).toMatchObject({ status: "failed", settlement: "released" });
      expect(app.backend.imbalances()).toEqual(["slot slot-1 is still active", "row row-1 is still loading"]);
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  test("three generations side by side keep apart, and their books balance together", async () => {
    const app = openApp({ backend: { credits: 3 * CREDITS }, ...withCancel });
    const generations = ["one", "two", "three"].map((prompt) => app.engine.generate({ ...request, prompt }));
    await vi.advanceTimersByTimeAsync(20 * SECOND);
    void generations[1]?.cancel();
    const outcomes = await Promise.all(generations.map((generation) => outcomeOf(generation)));
    expect(outcomes.map(({ status }) => status)).toEqual(["completed", "canceled", "completed"]);
    expect(app.backend.books).toMatchObject({ credits: CREDITS, captured: 2 * CREDITS, released: CREDITS });
    expect(new Set(app.routes.requests.filter(({ route }) => route === "generate").map(({ key }) => key)).size).toBe(3);
    expectSettled(app);
  });
});
