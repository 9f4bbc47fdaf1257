// The deployed routes say "failed" by 400, 403 and 422 with a JSON error. With a map that says so, such a job ends within seconds.
import { describe, expect, test } from "vitest";
import {
  answering,
  engineOverRoutes,
  HOUR,
  MINUTE,
  request,
  SECOND,
  VIDEO,
  type Answer,
} from "./__fixtures__/engine-over-routes.ts";

const DEPLOYED = { verdictStatuses: [400, 403, 422] };
const flagged = (status: number) => answering({ error: "The content was flagged." }, status);

/** A job that has been accepted, and whose status is answered so from now on. */
async function accepted(answer: () => Answer, options: Parameters<typeof engineOverRoutes>[0] = DEPLOYED) {
  const world = engineOverRoutes(options);
  const generation = world.engine.generate(request);
  await world.clock.advance(5 * SECOND);
  world.answerStatus(answer);
  const ended = () => world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  return { ...world, generation, ended };
}

describe("a job that the routes refuse", () => {
  test.each([
    [400, 10 * SECOND],
    [422, 10 * SECOND],
    [403, MINUTE],
  ])("with %i fails after two equal answers, %i ms apart, the second to a fresh token", async (status, apartMs) => {
    const { generation, questions, ended, ledger } = await accepted(flagged(status));
    await ended();
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code: "provider-failed", details: { status, text: "The content was flagged." } },
    });
    const [first, second] = questions;
    expect(questions).toHaveLength(2);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(apartMs);
    expect(second?.token).not.toBe(first?.token);
    ledger.assertBalanced();
  });

  test("stays watched, and a late video is delivered to its row, uncharged", async () => {
    const { generation, ledger, clock, answerStatus, ended } = await accepted(flagged(422));
    await ended();
    answerStatus(undefined);
    await clock.advance(HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "failed", settlement: "released", videos: [VIDEO] });
    expect(ledger.books).toMatchObject({ captured: 0, rows: [{ videos: [VIDEO] }] });
    ledger.assertBalanced();
  });

  test.each([401, 408, 425, 429, 500, 503])("with %i is asked about on, however long it lasts", async (status) => {
    const { generation, clock, answerStatus, ended } = await accepted(flagged(status));
    await clock.advance(3 * HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    answerStatus(undefined);
    await ended();
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
  });

  test("in ever other words is given up past the hard limit, and not asked about for a week", async () => {
    let count = 0;
    const { generation, clock } = await accepted(() => answering({ error: `Request ${(count += 1)} failed.` }, 422)());
    await clock.advance(2 * HOUR);
    expect(generation.getSnapshot()).toMatchObject({ error: { code: "timed-out" }, settlement: "released" });
  });

  test("is not given up without a map that says so", async () => {
    const { generation, clock, answerStatus, ended } = await accepted(flagged(422), {});
    await clock.advance(2 * HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "running" });
    answerStatus(undefined);
    await ended();
    expect(generation.getSnapshot()).toMatchObject({ status: "completed" });
  });
});
