// The windows of the keyed strength, and where read-back ends: each is really there, and is gone without its condition.
import type { VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { checkOf } from "./checks.ts";
import { createWorld, WORLD_REQUEST, type WorldEnd } from "./create-world.ts";
import { fakeBackend } from "./fake-backend.ts";
import { KEYED_WINDOWS } from "./residual-windows.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const PRICE = 208;

describe("keyed: an app that dies during its submit", () => {
  const withBytes = { attachmentImageBytes: "YSBjb3JnaSBzdXJmaW5n" };
  const left = ["L4 job-1 runs for nobody"];

  async function diesInSubmit(request: Partial<VideoRequest>, awayMs: number): Promise<WorldEnd> {
    const aimed = [{ call: "api.submit", nth: 0, fault: "crash-after" }] as const;
    const world = createWorld({
      ...{ aimed, backend: fakeBackend({ guarantee: "keyed", jobMs: SECOND }) },
      // Nobody looks at the phone until then.
      onCall: ({ fault }) => fault !== undefined && world.clock.jump(awayMs),
    });
    world.engine().generate({ ...WORLD_REQUEST, ...request });
    return world.settle();
  }

  test("two windows are listed", () => {
    expect(KEYED_WINDOWS.map(({ call, residual }) => `${call}: ${residual}`)).toEqual([
      "api.submit: job runs for nobody",
      "api.submit: job runs for nobody",
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

describe("read-back: a reservation that was lost, and the same user on another device", () => {
  /** A reservation that never arrived is in doubt; two and more minutes later the balance is read. */
  async function readBackBeside(credits: number, heldMs: number): Promise<readonly string[]> {
    const elsewhere = [{ atMs: 0, heldMs, credits, end: "capture" }] as const;
    const world = createWorld({
      backend: fakeBackend({ guarantee: "read-back", elsewhere }),
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

  test("holds the same amount: it is taken for ours and released, which is why read-back is for one writer only", async () => {
    expect(await readBackBeside(PRICE, HOUR)).toEqual(["S2", "G15", "S2"]);
  });
});
