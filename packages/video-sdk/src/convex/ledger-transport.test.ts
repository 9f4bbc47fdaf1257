// What the transport makes of a call: over HTTP an answer that does not come is unknown, over a socket it is waited for.
import { ConvexHttpClient } from "convex/browser";
import { ConvexError } from "convex/values";
import { describe, expect, test, vi } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { generatedApi, NEVER, openLedger } from "./__fixtures__/ledger-world.ts";
import { createConvexLedger } from "./create-convex-ledger.ts";
import { functionsByName } from "./function-names.ts";

const DEADLINE_MS = 60_000;

describe("over HTTP", () => {
  test("a call passes by the client's queue, in which a hung one would hold up all later ones", async () => {
    const { ledger, mutation } = openLedger(() => true);
    await ledger.reserveCredits({ credits: 5, key: "k" });
    expect(mutation.mock.calls[0]?.[2]).toEqual({ skipQueue: true });
  });

  test("a hung mutation is unknown after 60 s, and is not sent again", async () => {
    const { ledger, clock, mutation } = openLedger(() => NEVER);
    const answered = vi.fn<(attempt: unknown) => void>();
    void ledger.captureCredits({ credits: 5, key: "k" }).then(answered);
    await clock.advance(DEADLINE_MS - 1);
    expect(answered).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(answered).toHaveBeenCalledWith({
      ok: false,
      certainty: "unknown",
      error: expect.objectContaining({ code: "unreachable" }),
    });
    expect(mutation).toHaveBeenCalledOnce();
    expect(clock.pending).toBe(0);
  });

  test("a change of a row waits for the one before it, so that a note of the job cannot land after its video", async () => {
    const answers: (() => void)[] = [];
    const answer = () => new Promise((resolve) => answers.push(() => resolve(null)));
    const { ledger, clock, mutation } = openLedger(answer, { fields: ["externalRequestId"] });
    void ledger.updateRow({ rowId: "row-1", change: { kind: "attached", requestId: "job-1" } });
    const saved = ledger.updateRow({ rowId: "row-1", change: { kind: "finished", videos: ["v"], completedAt: 1 } });
    void ledger.updateRow({ rowId: "row-2", change: { kind: "attached", requestId: "job-2" } });
    await clock.flush();
    expect(mutation.mock.calls.map(([, args]) => args["generationId"])).toEqual(["row-1", "row-2"]);
    answers[0]?.();
    await clock.flush();
    expect(mutation.mock.calls[2]?.[1]).toMatchObject({ generationId: "row-1", isLoading: false });
    answers[2]?.();
    expect(await saved).toEqual({ ok: true, value: undefined });
  });

  test("an answer or a rejection after that is ignored", async () => {
    for (const late of [() => true, () => Promise.reject(new Error("too late"))]) {
      let settle: () => void = () => undefined;
      const { ledger, clock } = openLedger(() => new Promise((resolve) => (settle = () => resolve(late()))));
      const attempt = ledger.reserveCredits({ credits: 5, key: "k" });
      await clock.advance(DEADLINE_MS);
      settle();
      expect(await attempt).toMatchObject({ ok: false, certainty: "unknown" });
    }
  });

  test.each([
    ["an answer", () => true],
    ["a rejection", () => Promise.reject(new Error("fetch failed"))],
  ])("no timer stays behind after %s", async (_, answer) => {
    const { ledger, clock } = openLedger(answer);
    await ledger.reserveCredits({ credits: 5, key: "k" });
    expect(clock.pending).toBe(0);
  });

  test("a plain error is unknown, a ConvexError is certain", async () => {
    const failing = (thrown: Error) =>
      openLedger(() => Promise.reject(thrown)).ledger.captureCredits({ credits: 5, key: "k" });
    expect(await failing(new Error("fetch failed"))).toMatchObject({ certainty: "unknown" });
    expect(await failing(new ConvexError("no"))).toMatchObject({ certainty: "not-done" });
  });
});

describe("over a socket", () => {
  test("a call brings no options: such a client has no queue to pass by", async () => {
    const { ledger, mutation } = openLedger(() => true, { isSocket: true });
    await ledger.reserveCredits({ credits: 5, key: "k" });
    expect(mutation.mock.calls[0]).toHaveLength(2);
  });

  test("a hung mutation stays pending for hours, and its late answer is the truth", async () => {
    let settle: (answer: unknown) => void = () => undefined;
    const { ledger, clock } = openLedger(() => new Promise((resolve) => (settle = resolve)), { isSocket: true });
    const answered = vi.fn<(attempt: unknown) => void>();
    void ledger.captureCredits({ credits: 5, key: "k" }).then(answered);
    await clock.advance(24 * 3_600_000);
    expect(answered).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
    settle(null);
    await clock.flush();
    expect(answered).toHaveBeenCalledWith({ ok: true, value: undefined });
  });

  test("a rejection certainly changed nothing, also one that is thrown at once", async () => {
    const rejecting = openLedger(() => Promise.reject(new Error("[Request ID: 1] Server Error")), { isSocket: true });
    expect(await rejecting.ledger.reserveCredits({ credits: 5, key: "k" })).toMatchObject({
      ok: false,
      certainty: "not-done",
    });
    const throwing = openLedger(() => null, { isSocket: true });
    throwing.mutation.mockImplementation(() => {
      throw new Error("ConvexClient is disabled");
    });
    expect(await throwing.ledger.reserveCredits({ credits: 5, key: "k" })).toMatchObject({
      ok: false,
      certainty: "not-done",
    });
  });
});

describe("the real ConvexHttpClient", () => {
  function real(...answers: readonly (() => Response | Promise<Response>)[]) {
    const bodies: unknown[] = [];
    const waiting = [...answers];
    const fetch = vi.fn<typeof globalThis.fetch>(async (_url, init) => {
      bodies.push(await new Response(init?.body ?? null).json());
      return (waiting.shift() ?? (() => Response.error()))();
    });
    const clock = createTestClock();
    const client = new ConvexHttpClient("https://happy-otter-123.convex.cloud", { fetch, logger: false });
    return { fetch, bodies, clock, ledger: createConvexLedger({ client, clock }) };
  }
  const success = (value: unknown) => () => Response.json({ status: "success", value, logLines: [] });
  const reserve = ({ ledger }: ReturnType<typeof real>) => ledger.reserveCredits({ credits: 208, key: "key-1" });

  test("is sent the function's name and its arguments", async () => {
    const target = real(success({ success: true }));
    expect(await reserve(target)).toEqual({ ok: true, value: undefined });
    expect(target.fetch.mock.calls[0]?.[0]).toBe("https://happy-otter-123.convex.cloud/api/mutation");
    expect(target.bodies).toEqual([
      { path: "users:reserveCredits", format: "convex_encoded_json", args: [{ amount: 208 }] },
    ]);
  });

  test("goes on with the next call while one hangs", async () => {
    const target = real(() => NEVER, success(true));
    const hung = reserve(target);
    expect(await reserve(target)).toEqual({ ok: true, value: undefined });
    await target.clock.advance(DEADLINE_MS);
    expect(await hung).toMatchObject({ ok: false, certainty: "unknown" });
  });

  const FUNCTION_FAILED = 560;
  test.each([
    [
      "a ConvexError",
      () =>
        Response.json(
          { status: "error", errorMessage: "x", errorData: { code: "insufficient-credits" } },
          { status: FUNCTION_FAILED },
        ),
      { certainty: "not-done", code: "insufficient-credits" },
    ],
    [
      "an error of the function",
      () =>
        Response.json({ status: "error", errorMessage: "[Request ID: 1] Server Error" }, { status: FUNCTION_FAILED }),
      { certainty: "not-done", code: "settlement-failed" },
    ],
    [
      "a refused token",
      () => Response.json({ code: "Unauthenticated", message: "Could not verify token lock" }, { status: 401 }),
      { certainty: "not-done", code: "not-signed-in" },
    ],
    [
      "a conflict",
      () => Response.json({ code: "OptimisticConcurrencyControlFailure", message: "x" }, { status: 503 }),
      { certainty: "not-done", code: "unreachable" },
    ],
    [
      "an internal error",
      () => Response.json({ code: "InternalServerError", message: "x" }, { status: 500 }),
      { certainty: "unknown", code: "unreachable" },
    ],
    ["a gateway's page", () => new Response("<html>", { status: 502 }), { certainty: "unknown", code: "unreachable" }],
    ["a page instead of an answer", () => new Response("<html>"), { certainty: "unknown", code: "unreachable" }],
    [
      "a lost connection",
      () => Promise.reject(new TypeError("fetch failed")),
      { certainty: "unknown", code: "unreachable" },
    ],
  ])("answered with %s is as certain as that is", async (_, answer, { certainty, code }) => {
    const target = real(answer);
    expect(await reserve(target)).toMatchObject({ ok: false, certainty, error: { code } });
    expect(target.fetch).toHaveBeenCalledOnce();
    expect(target.clock.pending).toBe(0);
  });

  test("takes the names of the functions and generated references alike", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () =>
      Response.json({ status: "success", value: "slot-1", logLines: [] }),
    );
    const client = new ConvexHttpClient("https://happy-otter-123.convex.cloud", { fetch, logger: false });
    for (const functions of [functionsByName(), generatedApi]) {
      const ledger = createConvexLedger({ client, clock: createTestClock(), functions });
      expect(await ledger.acquireSlot({ prompt: "x", key: "k" })).toEqual({ ok: true, value: "slot-1" });
    }
    const [first, second] = fetch.mock.calls.map(([, init]) => init?.body);
    expect(first).toBe(second);
  });
});
