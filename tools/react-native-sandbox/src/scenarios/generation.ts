// One generation after the other through the published engine, each to a different end, with the books checked after it.
import { isVideoError } from "@video-engine/video-sdk";
import { sandbox } from "../device/sandbox.ts";
import { expectEqual, expectThat } from "./expect.ts";
import type { Books } from "./fake-backend.ts";
import { createWorld, generateWith, REQUEST, wait } from "./world.ts";

const MINUTE = 60_000;

/** The scenarios by name. */
export const GENERATION_SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  async "a generation completes, and is charged once"() {
    const { generation, books, routes } = generateWith("done");
    const result = await generation.result;
    expectEqual(result.videos, ["https://videos.test/1.mp4"], "videos");
    expectEqual(result.settlement, "captured", "settlement");
    expectBooks(books, { captured: result.credits, released: 0, slot: "completed" });
    const [submit] = routes.requests;
    expectEqual(submit?.headers["authorization"], "Bearer token-1", "authorization");
    expectEqual(submit?.headers["idempotency-key"], generation.id, "the key of the submit");
    expectThat(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(generation.id),
      "the id is a UUID without crypto",
    );
  },

  async "a failing job is released, and awaiting it throws a VideoError"() {
    const { generation, books } = generateWith("failed");
    const thrown: unknown = await generation.result.then(
      () => undefined,
      (error: unknown) => error,
    );
    expectThat(
      isVideoError(thrown) && thrown.code === "provider-failed",
      "the error is a VideoError with the provider's code",
    );
    expectBooks(books, { captured: 0, slot: "failed" });
  },

  async "an aborted signal cancels the job at the provider"() {
    const controller = new AbortController();
    const { generation, books, routes } = generateWith("never", { signal: controller.signal });
    await wait(5_000);
    controller.abort();
    const outcome = await generation.outcome;
    expectEqual(outcome.status, "canceled", "status");
    expectEqual(routes.count("/cancel-video"), 1, "calls of the cancel route");
    expectBooks(books, { captured: 0, slot: "failed" });
  },

  async "a cancel before the submit calls no route"() {
    const { generation, routes } = generateWith("done");
    const outcome = await generation.cancel();
    expectEqual([outcome.status, outcome.settlement, routes.requests.length], ["canceled", "none", 0], "outcome");
  },

  async "a question without an answer is aborted by its deadline, and the next one is asked"() {
    const before = sandbox.aborts;
    const { generation, books } = generateWith("deaf");
    const outcome = await generation.outcome;
    expectEqual(outcome.status, "completed", "status");
    expectEqual(sandbox.aborts - before, 3, "aborted requests");
    expectThat(books.reserved === 0, "nothing is held");
  },

  async "a job that never ends times out after its hard limit"() {
    const start = Date.now();
    const { generation, books } = generateWith("never");
    const outcome = await generation.outcome;
    expectEqual(outcome.status === "failed" && outcome.error.code, "timed-out", "code");
    expectThat(Date.now() - start >= 15 * MINUTE, "it was given at least 15 minutes");
    expectBooks(books, { captured: 0, slot: "failed" });
  },

  async "the next start of the app takes a generation up, without a second job"() {
    const { openEngine, books, routes } = createWorld("done");
    const before = openEngine();
    const { id } = before.generate(REQUEST);
    await wait(10_000);
    before.dispose();
    const [resumed] = await openEngine().resume();
    const outcome = await resumed?.outcome;
    expectEqual([outcome?.id, outcome?.status], [id, "completed"], "outcome");
    expectEqual(routes.count("/generate-video"), 1, "submits");
    expectThat(books.captured > 0, "it is charged");
    expectBooks(books, { captured: books.captured, released: 0, slot: "completed" });
  },

  async "a handle can be iterated"() {
    const { generation } = generateWith("done");
    const phases = new Set<string>();
    for await (const { phase } of generation) phases.add(phase);
    expectThat(phases.has("polling") && phases.has("completed"), `the phases are seen: ${[...phases].join(" ")}`);
  },
};

function expectBooks(books: Books, expected: { captured: number; released?: number; slot: string }): void {
  const { reserved, captured, released } = books;
  expectEqual([reserved, captured], [0, expected.captured], "credits reserved and captured");
  if (expected.released !== undefined) expectEqual(released, expected.released, "credits released");
  expectEqual([...books.slots.values()], [expected.slot], "slots");
  for (const row of books.rows.values()) expectEqual(row["isLoading"], false, "isLoading of the row");
}
