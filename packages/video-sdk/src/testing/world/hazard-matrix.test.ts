// A sample of the hazard matrix. The whole is run by scripts/print-hazard-matrix.ts.
import { describe, expect, test } from "vitest";
import { HAZARDS } from "./hazards.ts";
import { runHazardMatrix, wrongUnderHazard } from "./hazard-matrix.ts";

/** A prime, so that the sample is spread over all calls and faults. */
const ONE_OF = 37;
const TIMEOUT_MS = 300_000;

describe.each(["exactly-once", "reconciled", "at-most-once"] as const)("%s", (guarantee) => {
  test(
    "with something wrong around the engine, and a fault or a crash at a call: nothing happens that must not",
    async () => {
      const kinds: string[] = [];
      for await (const { kind, runs, findings } of runHazardMatrix(guarantee, ONE_OF)) {
        kinds.push(kind);
        expect([kind, findings.filter((finding) => wrongUnderHazard(guarantee, finding).length > 0)]).toEqual([
          kind,
          [],
        ]);
        expect(runs).toBeGreaterThan(20);
      }
      expect(kinds).toEqual([...HAZARDS]);
    },
    TIMEOUT_MS,
  );
});
