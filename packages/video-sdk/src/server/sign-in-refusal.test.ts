// Why a caller was not let in: read from what jose really throws, and from the words of other checkers.
import { jwtVerify, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { createRoutesWorld, GOOD, type Caller } from "./__fixtures__/routes-world.ts";
import type { Authenticate } from "./protect-route.ts";
import { signInRefusalOf, type SignInRefusal } from "./sign-in-refusal.ts";

const KEY = new TextEncoder().encode("a shared secret of 32 characters");
const RULE = { issuer: "https://clerk.app.example", audience: "https://app.example", algorithms: ["HS256"] };

interface Spoilt {
  readonly iss?: string;
  readonly aud?: string;
  readonly exp?: string;
  readonly nbf?: string;
  readonly key?: Uint8Array;
  readonly alg?: string;
}

async function mint({
  iss = RULE.issuer,
  aud = RULE.audience,
  exp = "1m",
  nbf = "-1m",
  key = KEY,
  alg = "HS256",
}: Spoilt = {}) {
  const claims = new SignJWT({ sub: "user_1" }).setProtectedHeader({ alg }).setIssuer(iss).setAudience(aud);
  return await claims.setExpirationTime(exp).setNotBefore(nbf).sign(key);
}

const FOREIGN = new TextEncoder().encode("another secret of 32 characters!");

test.each([
  ["expired", { exp: "-1m" }],
  ["not-before", { nbf: "5m" }],
  ["issuer", { iss: "https://clerk.evil.example" }],
  ["party", { aud: "https://evil.example" }],
  ["signature", { key: FOREIGN }],
  ["unknown-key", { alg: "HS512", key: new Uint8Array(64) }],
] as const satisfies [string, Spoilt][])(
  "the log says %s; the caller gets 401 and no reason",
  async (reason, spoilt) => {
    const token = await mint(spoilt);
    const { generate, events, fal } = createRoutesWorld({
      authenticate: async ({ headers }) => {
        const { payload } = await jwtVerify(headers.get("authorization")?.slice(7) ?? "", KEY, RULE);
        return { userId: String(payload.sub) };
      },
    });
    const { status, body } = await generate(GOOD, { user: token });
    expect([status, body]).toEqual([
      401,
      { error: { code: "not-signed-in", message: expect.any(String), retryable: true } },
    ]);
    expect(JSON.stringify(body)).not.toContain(reason);
    expect(events[0]).toMatchObject({
      type: "sign-in-refused",
      route: "generate-video",
      reason,
      cause: { stack: expect.any(String) },
    });
    expect(JSON.stringify(events)).not.toContain(token.split(".")[1]);
    expect(fal.calls).toEqual([]);
  },
);

describe("without a thrown error", () => {
  const answers: readonly (readonly [SignInRefusal, Caller, Authenticate])[] = [
    ["no-token", { user: "" }, () => null],
    ["unknown", { user: "u1" }, () => null],
    ["kind", { user: "u1" }, () => ({ refused: "kind" })],
  ];
  test.each(answers)("the log says %s", async (reason, caller, authenticate) => {
    const { generate, events } = createRoutesWorld({ authenticate });
    expect((await generate(GOOD, caller)).status).toBe(401);
    expect(events).toMatchObject([{ type: "sign-in-refused", reason }, { type: "request-failed" }]);
  });
});

test.each([
  ["token-iat-in-the-future", "clock-skew"],
  ["token-invalid-issuer", "issuer"],
  ["jwk-local-missing", "no-key"],
  ["a word that is new", "unknown"],
])("Clerk's %s is %s", (reason, refusal) => {
  expect(signInRefusalOf(Object.assign(new Error(""), { reason }))).toBe(refusal);
});

const unreadable = new Proxy(new Error(""), {
  get(): never {
    throw new Error("no");
  },
});

test.each([undefined, null, "text", unreadable])("%# whatever is thrown is read", (thrown) => {
  expect(signInRefusalOf(thrown)).toBe("unknown");
});
