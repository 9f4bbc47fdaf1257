// kill -9 of a real generation at each phase and at a share of twelve moments (all: ONE_OF=1), then `resume`: against an embedded backend, routes and a provider that live on.
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, textOf, untilSaid, type Served } from "./support/serve.ts";

const PRICE = 208;
let served: Served;

beforeAll(async () => {
  served = await serve();
});

afterAll(() => served.stop());

/** Runs a generation and kills it as soon as it says that it is in this phase, and `delayMs` later. */
async function killAt(phase: string, { delayMs, folder }: { delayMs: number; folder: string }): Promise<void> {
  const child = served.command(
    ["generate", "a corgi surfing", "--operation-ids", "--model", "vid-veo-3.1-fast"],
    folder,
  );
  const closed = once(child, "close");
  await Promise.race([untilSaid(child, phase).then(() => delay(delayMs)), closed]);
  child.kill("SIGKILL");
  await closed;
}

const ONE_OF = Number(process.env["ONE_OF"] ?? 3);
const MOMENTS: readonly (readonly [string, number])[] = [
  ...[2, 5, 10, 15, 20, 30, 50].map((delayMs) => ["credits before", delayMs] as const),
  ...[100, 500, 1_000, 1_500, 2_000].map((delayMs) => ["polling", delayMs] as const),
];
const POINTS: readonly (readonly [string, number])[] = [
  ...(
    [
      "credits before",
      "acquiring-slot",
      "reserving-credits",
      "creating-session",
      "recording",
      "submitting",
      "polling",
      "saving",
    ] as const
  ).map((phase) => [phase, 0] as const),
  ...MOMENTS.filter((_, at) => at % ONE_OF === 0),
];

describe("kill -9 of a generation, then resume: the video is there, the credits are right, the slot is closed", () => {
  test.each(POINTS)("killed at %s and %i ms", async (phase, delayMs) => {
    const folder = mkdtempSync(join(tmpdir(), "video-engine-kill-"));
    const before = await served.books();
    await killAt(phase, { delayMs, folder });
    const hasBegun =
      existsSync(join(folder, ".video-engine")) &&
      readdirSync(join(folder, ".video-engine")).some((name) => name.endsWith(".json"));
    await textOf(served.command(["resume", "--operation-ids", "--json"], folder));
    const after = await served.books();

    // Killed before the first record was stored, there never was a generation; from then on there is a video.
    const rows = after.rows.length - before.rows.length;
    expect(rows).toBe(hasBegun ? 1 : rows);
    expect(after).toMatchObject({ openSlots: 0, credits: { reserved: 0, total: before.credits.total - rows * PRICE } });
    expect(after.rows.map(({ isLoading, videos }) => ({ isLoading, count: videos?.length }))).toEqual(
      after.rows.map(() => ({ isLoading: false, count: 1 })),
    );
  });
});
