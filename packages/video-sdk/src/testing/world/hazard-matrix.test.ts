// A sample of the hazard matrix. The whole is run by scripts/print-hazard-matrix.ts.
import { describe, expect, test } from "vitest";
import { HAZARDS } from "./hazards.ts";
import { runHazardMatrix, wrongUnderHazard } from "./hazard-matrix.ts";

/** A prime, so that the sample is spread over all calls and faults. */
const ONE_OF = 37;

const BACKENDS = [
  { guarantee: "exactly-once" },
  { guarantee: "exactly-once", numbersCalls: true },
  { guarantee: "reconciled" },
  { guarantee: "at-most-once" },
] as const;

describe.each(BACKENDS)("%o", (backend) => {
  const { guarantee } = backend;
  test("with something wrong around the engine, and a fault or a crash at a call: nothing happens that must not", async () => {
    const kinds: string[] = [];
    for await (const { kind, runs, findings } of runHazardMatrix(backend, ONE_OF)) {
      kinds.push(kind);
      expect([kind, findings.filter((finding) => wrongUnderHazard(guarantee, finding).length > 0)]).toEqual([kind, []]);
      expect(runs).toBeGreaterThan(20);
    }
    expect(kinds).toEqual([...HAZARDS]);
  });
});
