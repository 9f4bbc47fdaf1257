// One driver per generation within a process: who comes second is told so at once, and letting go lets go of nothing but one's own.
import { describe, expect, test } from "vitest";
import { createLocalClaims } from "./local-claims.ts";

describe("a claim", () => {
  test("is given to one, and everybody else is told at once", async () => {
    const claims = createLocalClaims();
    expect(await claims.tryClaim("g1")).toBeTypeOf("function");
    expect(await claims.tryClaim("g1")).toBeUndefined();
    expect(await claims.tryClaim("g1")).toBeUndefined();
  });

  test("is given to one of many who ask in the same moment", async () => {
    const claims = createLocalClaims();
    const asked = await Promise.all(Array.from({ length: 10 }, () => claims.tryClaim("g1")));
    expect(asked.filter((release) => release !== undefined)).toHaveLength(1);
    expect(asked[0]).toBeDefined();
  });

  test("on one generation says nothing of another, whatever they are called", async () => {
    const claims = createLocalClaims();
    for (const id of ["g1", "g2", "", "__proto__", "constructor"]) expect(await claims.tryClaim(id)).toBeDefined();
  });

  test("holds only among those who share it", async () => {
    const [ours, theirs] = [createLocalClaims(), createLocalClaims()];
    await ours.tryClaim("g1");
    expect(await theirs.tryClaim("g1")).toBeDefined();
  });
});

describe("letting go", () => {
  test("frees it for the next, at once and as often as it is claimed", async () => {
    const claims = createLocalClaims();
    for (let times = 0; times < 3; times++) {
      const release = await claims.tryClaim("g1");
      expect(release).toBeDefined();
      release?.();
    }
  });

  test("frees no other generation", async () => {
    const claims = createLocalClaims();
    await claims.tryClaim("g1");
    (await claims.tryClaim("g2"))?.();
    expect(await claims.tryClaim("g1")).toBeUndefined();
  });

  test("a second time does not let go of a claim that is another's by now", async () => {
    const claims = createLocalClaims();
    const release = await claims.tryClaim("g1");
    release?.();
    expect(await claims.tryClaim("g1")).toBeDefined();
    release?.();
    expect(await claims.tryClaim("g1")).toBeUndefined();
  });
});
