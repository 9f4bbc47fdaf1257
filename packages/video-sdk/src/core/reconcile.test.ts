import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reconcile } from "./reconcile.ts";

const doubts = (...credits: number[]) => credits.map((amount, index) => ({ id: `g${index}`, credits: amount }));

describe("reconcile", () => {
  test("nothing reserved: no doubt is held", () => {
    expect(reconcile(doubts(208, 100), 0)).toEqual([
      { id: "g0", isHeld: false },
      { id: "g1", isHeld: false },
    ]);
  });

  test("exactly the sum of one: that one is held", () => {
    expect(reconcile(doubts(208, 100), 100)).toEqual([
      { id: "g0", isHeld: false },
      { id: "g1", isHeld: true },
    ]);
  });

  test("two ways to make the sum: no answer, because either could be wrong", () => {
    expect(reconcile(doubts(100, 100), 100)).toBeUndefined();
  });

  test("a sum that the doubts cannot make belongs to another device: no answer", () => {
    expect(reconcile(doubts(208), 50)).toBeUndefined();
  });

  test("more doubts than can be told apart: no answer", () => {
    expect(reconcile(doubts(...Array.from({ length: 13 }, (_, index) => index + 1)), 0)).toBeUndefined();
  });

  test("an answer always explains the sum exactly", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 }), fc.nat(1_500), (credits, reserved) => {
        const findings = reconcile(doubts(...credits), reserved);
        if (findings === undefined) return;
        const held = findings.reduce((sum, { isHeld }, index) => sum + (isHeld ? (credits[index] ?? 0) : 0), 0);
        expect(held).toBe(reserved);
      }),
      { seed: 7 },
    );
  });
});
