import { expect, test } from "vitest";
import { readToken, requireFresh, tokenFor } from "../server/tokens.ts";

const NOW_MS = 1_700_000_000_000;

test("a token says who its user is, until it expires", () => {
  const token = tokenFor({ subject: "alice", name: "Alice", email: "alice@example.com", lifetimeSeconds: 60 }, NOW_MS);
  const credential = readToken(token, NOW_MS + 59_999);
  expect(credential).toEqual({
    identity: { subject: "alice", issuer: "https://embedded.invalid", name: "Alice", email: "alice@example.com" },
    expiresAtMs: NOW_MS + 60_000,
  });
  expect(() => readToken(token, NOW_MS + 60_000)).toThrow(/hasn't expired/);
  expect(() => requireFresh(credential, NOW_MS + 60_000)).toThrow(/hasn't expired/);
});

test("no two tokens are equal: a client takes an equal one for a refresh that failed", () => {
  expect(tokenFor({ subject: "alice" }, NOW_MS)).not.toBe(tokenFor({ subject: "alice" }, NOW_MS));
});

test("a token with a signature is refused: it could not be checked", () => {
  const [, payload, signature] = tokenFor({ subject: "alice" }, NOW_MS).split(".");
  const header = Buffer.from(JSON.stringify({ alg: "RS256" })).toString("base64url");
  expect(() => readToken(`${header}.${payload}.${signature}`, NOW_MS)).toThrow(/tokenFor/);
});

test("a caller who is not signed in never expires", () => {
  expect(() => requireFresh(undefined, NOW_MS)).not.toThrow();
});
