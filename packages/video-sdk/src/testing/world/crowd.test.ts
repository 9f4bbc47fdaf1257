// Many generations of one user at once. 500 of them:  node --conditions=@video-engine/source packages/video-sdk/scripts/run-crowd.ts
import { expect, test } from "vitest";
import { runCrowd } from "./crowd.ts";

const GUARANTEES = ["exactly-once", "reconciled", "at-most-once"] as const;

test.each(GUARANTEES)("sixty at once, with twenty faults and deaths, %s: the books balance", async (guarantee) => {
  const { wrong, crashes, ends, mostQuestions } = await runCrowd({ guarantee, count: 60, seed: 1, faults: 20 });
  expect(wrong).toEqual([]);
  expect(crashes).toBeGreaterThan(0);
  expect(Object.values(ends).reduce((sum, times) => sum + times, 0)).toBeGreaterThan(20);
  expect(mostQuestions).toBeLessThanOrEqual(150);
});
