// The windows of the guarantee `exactly-once`, and where `reconciled` ends: each is really there, and is gone without its condition.
import type { VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { checkOf } from "./checks.ts";
import { createWorld, WORLD_REQUEST, type WorldEnd } from "./create-world.ts";
import { fakeBackend, type FakeBackendOptions } from "./fake-backend.ts";
import type { WorldFault } from "./fault-schedule.ts";
import { EXACTLY_ONCE_WINDOWS } from "./residual-windows.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PRICE = 208;

describe("exactly-once: an app that dies during its submit", () => {
  const withBytes = { attachmentImageBytes: "YSBjb3JnaSBzdXJmaW5n" };
  const left = ["L4 job-1 is orphaned"];

  async function diesInSubmit(request: Partial<VideoRequest>, awayMs: number): Promise<WorldEnd> {
    const aimed = [{ call: "api.submit", nth: 0, fault: "crash-after" }] as const;
    const world = createWorld({
      aimed,
      backend: fakeBackend({ guarantee: "exactly-once", jobMs: SECOND }),
      // The phone is not used until then.
      onCall: ({ fault }) => fault !== undefined && world.clock.jump(awayMs),
    });
    world.engine().generate({ ...WORLD_REQUEST, ...request });
    return world.settle();
  }

  test("three windows are listed, all of them here", () => {
    expect(EXACTLY_ONCE_WINDOWS.map(({ call, residual }) => `${call}: ${residual}`)).toEqual([
      "api.submit: job is orphaned",
      "api.submit: job is orphaned",
      "api.submit: job is orphaned",
    ]);
  });

  test.each([
    ["an image by URL, at once", { attachmentImageUrl: "https://images.test/a.png" }, 0, []],
    ["an image as bytes", withBytes, 0, left],
    ["found again after eleven hours", {}, 11 * HOUR, []],
    ["found again after thirteen hours", {}, 13 * HOUR, left],
  ])("%s", async (_, request, awayMs, expected) => {
    const { imbalances, violations, snapshots } = await diesInSubmit(request, awayMs);
    expect(violations).toEqual([]);
    expect(imbalances).toEqual(expected);
    if (expected.length > 0) expect(snapshots.map(({ settlement }) => settlement)).not.toContain("captured");
  });
});

describe("an outage that outlasts every retry limit", () => {
  async function throughOutageOf(
    calls: string,
    fault: WorldFault,
    {
      lastsMs = 2 * HOUR,
      guarantee = "exactly-once",
      scenario = "finish",
    }: Partial<FakeBackendOptions> & { lastsMs?: number } = {},
  ): Promise<WorldEnd> {
    const world = createWorld({
      backend: fakeBackend({ guarantee, scenario, jobMs: SECOND }),
      outages: [{ fromMs: 0, untilMs: lastsMs, calls, fault }],
    });
    world.engine().generate(WORLD_REQUEST);
    return world.settle();
  }

  test.each([
    ["a submit that is answered before the last attempt", 30 * SECOND, []],
    ["a submit without an answer for five minutes", 5 * MINUTE, ["L4 job-1 is orphaned"]],
  ])("exactly-once, %s", async (_, lastsMs, expected) => {
    const { imbalances, violations } = await throughOutageOf("api.submit", "answer-lost", { lastsMs });
    expect(violations).toEqual([]);
    expect(imbalances).toEqual(expected);
  });

  const FAULTS = ["request-lost", "answer-lost", "refused"] as const;
  const SCENARIOS = ["finish", { fail: "provider-failed" }, "never"] as const;
  const CALLS = ["", "acquireSlot", "reserveCredits", "createSession", "recordRow", "updateRow"] as const;
  const LAST_CALLS = ["captureCredits", "releaseCredits", "closeSlot"] as const;

  test.each([...CALLS, ...LAST_CALLS].flatMap((call) => FAULTS.map((fault) => [`ledger.${call}`, fault] as const)))(
    "exactly-once, %s out for two hours (%s): nothing is left once it is over",
    async (calls, fault) => {
      for (const scenario of SCENARIOS) {
        const { imbalances, violations } = await throughOutageOf(calls, fault, { scenario });
        expect([...violations, ...imbalances]).toEqual([]);
      }
    },
  );

  // Rows and slots are set, not added to; a refusal has certainly moved nothing.
  test.each([
    ...FAULTS.flatMap((fault) => ["ledger.updateRow", "ledger.closeSlot"].map((calls) => [calls, fault] as const)),
    ...["ledger.captureCredits", "ledger.releaseCredits", "ledger."].map((calls) => [calls, "refused"] as const),
  ])("at-most-once, %s out for two hours (%s): nothing is left once it is over", async (calls, fault) => {
    for (const scenario of SCENARIOS) {
      const { imbalances, violations } = await throughOutageOf(calls, fault, { scenario, guarantee: "at-most-once" });
      expect([...violations, ...imbalances]).toEqual([]);
    }
  });
});

describe("reconciled: a reservation that was lost, and the same user on another device", () => {
  /** A reservation that never arrived is in doubt; two and more minutes later the balance is read. */
  async function readBackBeside(credits: number, heldMs: number): Promise<readonly string[]> {
    const otherDevice = [{ atMs: 0, heldMs, credits, end: "capture" }] as const;
    const world = createWorld({
      backend: fakeBackend({ guarantee: "reconciled", otherDevice }),
      aimed: [{ call: "ledger.reserveCredits", nth: 0, fault: "request-lost" }],
    });
    world.engine().generate(WORLD_REQUEST);
    await world.clock.advance(MINUTE);
    await world.engine().reconcile();
    await world.clock.advance(3 * MINUTE);
    await world.engine().reconcile();
    const { violations } = await world.settle();
    return violations.map(checkOf);
  }

  test("has settled before: the doubt is told apart", async () => {
    expect(await readBackBeside(PRICE, MINUTE)).toEqual([]);
  });

  test("holds another amount: nothing is concluded from it", async () => {
    expect(await readBackBeside(PRICE + 1, HOUR)).toEqual([]);
  });

  test("holds the same amount: it is taken for ours and released, which is why reconciled is for one writer only", async () => {
    expect(await readBackBeside(PRICE, HOUR)).toEqual(["S2", "G15", "S2"]);
  });
});
