// Tokens that are asked for ahead of the paid submit, and for how long they are used.
import { describe, expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { createTokenSource } from "./token-source.ts";

/** A source whose app gives a new token each time, or what is given here. */
function open(give: (nth: number) => Promise<string | null> | string | null = (nth) => `token-${nth}`) {
  const clock = createTestClock();
  const asked: boolean[] = [];
  const getToken = ({ isForced }: { isForced: boolean }) => give(asked.push(isForced));
  const tokens = createTokenSource({ getToken }, clock);
  const get = (mayBeEarly: boolean, isForced = false) => tokens.get({ isForced, mayBeEarly, signal: undefined });
  return { clock, asked, tokens, get };
}

describe("a token that was asked for ahead", () => {
  test("is used by every submit of the next ten seconds, and asked for once", async () => {
    const { clock, asked, tokens, get } = open();
    tokens.askAhead();
    tokens.askAhead();
    expect([await get(true), await get(true)]).toEqual(["token-1", "token-1"]);
    await clock.advance(9_999);
    expect(await get(true)).toBe("token-1");
    await clock.advance(1);
    expect(await get(true)).toBe("token-2");
    expect(asked).toEqual([false, false]);
  });

  test("is no token for a question, nor after a refusal: those get a fresh one", async () => {
    const { asked, tokens, get } = open();
    tokens.askAhead();
    expect([await get(false), await get(true, true)]).toEqual(["token-2", "token-3"]);
    expect(asked).toEqual([false, false, true]);
  });

  test("is asked for again where the clock was set back", async () => {
    const { clock, tokens, get } = open();
    tokens.askAhead();
    clock.jump(-60_000);
    expect(await get(true)).toBe("token-2");
  });

  test.each([
    ["is refused", (): Promise<string | null> => Promise.reject(new Error("no network"))],
    ["is none", (): string | null => null],
  ] as const)("and %s: the submit asks for itself", async (_, first) => {
    const { tokens, get } = open((nth) => (nth === 1 ? first() : `token-${nth}`));
    tokens.askAhead();
    expect(await get(true)).toBe("token-2");
  });

  test("starts no timer, and a submit that is left while it waits for it leaves none", async () => {
    const { clock, tokens, asked } = open(() => new Promise<string>(() => undefined));
    tokens.askAhead();
    expect(clock.pending).toBe(0);
    const left = new AbortController();
    const token = tokens.get({ isForced: false, mayBeEarly: true, signal: left.signal });
    left.abort();
    expect(await token).toEqual({ kind: "none", cause: "not-sent" });
    expect([clock.pending, asked.length]).toEqual([0, 1]);
  });

  test("and does not come: the submit waits ten seconds, and asks for itself", async () => {
    const { clock, tokens, get } = open((nth) => (nth === 1 ? new Promise<string>(() => undefined) : `token-${nth}`));
    tokens.askAhead();
    const token = get(true);
    await clock.advance(10_000);
    expect(await token).toBe("token-2");
    expect(clock.pending).toBe(0);
  });
});
