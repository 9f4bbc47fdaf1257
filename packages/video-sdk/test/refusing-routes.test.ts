// The deployed routes say "failed" by 400, 403 and 422 with a JSON error. With a map that says so, such a job ends within seconds.
import { HttpResponse } from "msw";
import { describe, expect, test, vi } from "vitest";
import { expectSettled, fakeNetworkAndTime, MINUTE, openApp, request, SECOND, video } from "./support/open-app.ts";

fakeNetworkAndTime();

const HOUR = 60 * MINUTE;
const engine = { routes: { verdictStatuses: [400, 403, 422] } };
const flagged = (status: number) => () => HttpResponse.json({ error: "The content was flagged." }, { status });
const often = (answer: () => Response) => Array.from({ length: 5_000 }, () => answer);

/** A job that has been accepted, and whose status is answered so from now on. */
async function accepted(answer: () => Response, options: Parameters<typeof openApp>[0] = { engine }) {
  const app = openApp(options);
  const generation = app.engine.generate(request);
  await vi.advanceTimersByTimeAsync(5 * SECOND);
  expect(app.routes.jobs).toHaveLength(1);
  app.routes.answerNext("status", ...often(answer));
  return { ...app, app, generation };
}

const questions = ({ requests }: Awaited<ReturnType<typeof accepted>>["routes"]) =>
  requests.filter(({ route }) => route === "status");

describe("a job that the routes refuse", () => {
  test.each([
    [400, 10 * SECOND],
    [422, 10 * SECOND],
    [403, MINUTE],
  ])("with %i fails after two equal answers, %i ms apart, the second to a fresh token", async (status, apartMs) => {
    const { routes, generation } = await accepted(flagged(status));
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "released",
      error: { code: "provider-failed", details: { status, text: "The content was flagged." } },
    });
    const [first, second] = questions(routes);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(apartMs);
    expect(second?.token).not.toBe(first?.token);
  });

  test("stays watched, and a late video is delivered to its row, uncharged", async () => {
    const { app, routes, generation } = await accepted(flagged(422));
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "failed" });
    routes.clearFaults("status");
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(await generation.outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(generation.getSnapshot()).toMatchObject({ videos: [video], settlement: "released" });
    expect(app.backend.books.captured).toBe(0);
    expectSettled(app);
  });

  test.each([401, 408, 425, 429, 500, 503])("with %i is asked about on, however long it lasts", async (status) => {
    const { generation, routes, app } = await accepted(flagged(status));
    await vi.advanceTimersByTimeAsync(3 * HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    routes.clearFaults("status");
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expectSettled(app);
  });

  test("in ever other words is given up past the hard limit, and not asked about for a week", async () => {
    let count = 0;
    const { generation } = await accepted(() =>
      HttpResponse.json({ error: `Request ${(count += 1)} failed.` }, { status: 422 }),
    );
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(await generation.outcome).toMatchObject({ error: { code: "timed-out" }, settlement: "released" });
  });

  test("is not given up without a map that says so", async () => {
    const { generation, routes } = await accepted(flagged(422), {});
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(generation.getSnapshot()).toMatchObject({ status: "running" });
    routes.clearFaults("status");
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(await generation.outcome).toMatchObject({ status: "completed" });
  });
});
