// The fault matrix, a share of it, on convex-test and on the embedded backend with the real clients. All of it:
// `node --conditions=@video-engine/source packages/video-convex/scripts/print-fault-matrix.ts`.
import { quoteVideo } from "@video-engine/video-models";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { convexTestHost } from "./matrix/convex-test-host.ts";
import { openEmbeddedHost } from "./matrix/embedded-host.ts";
import type { MatrixHost } from "./matrix/matrix-host.ts";
import { playMany } from "./matrix/play-many.ts";
import { playScenario } from "./matrix/play-scenario.ts";
import { nameOf, shareOf, type Scenario } from "./matrix/scenarios.ts";
import { REQUEST } from "./support/own-world.ts";

async function wrongIn(host: MatrixHost, scenarios: readonly Scenario[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const scenario of scenarios) {
    const { wrong } = await playScenario(host, scenario);
    if (wrong.length > 0) found.push(`${nameOf(scenario)}: ${wrong.join("; ")}`);
  }
  return found;
}

const TWO_OF_TWENTY = { completed: 2, withoutCredits: 18, jobs: 2, creditsLeft: 0, held: 0 };
const { credits } = quoteVideo(REQUEST);

describe("on convex-test", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const share = shareOf(12);

  test(`${share.length} runs with faults, cancels, webhooks and deploys: the books are exact in all`, async () => {
    expect(await wrongIn(convexTestHost, share)).toEqual([]);
  });

  test("twenty at once with credits for two: two videos, and eighteen that were told so", async () => {
    expect(await playMany(convexTestHost, credits)).toEqual(TWO_OF_TWENTY);
  });
});

describe("on the embedded backend, with the real clients", () => {
  let host: MatrixHost;
  beforeAll(async () => void (host = await openEmbeddedHost()));
  afterAll(async () => await host.close());

  const share = shareOf(60);

  test(`${share.length} runs with faults, cancels, webhooks and deploys: the books are exact in all`, async () => {
    expect(await wrongIn(host, share)).toEqual([]);
  });

  test("twenty at once with credits for two: two videos, and eighteen that were told so", async () => {
    expect(await playMany(host, credits)).toEqual(TWO_OF_TWENTY);
  });
});
