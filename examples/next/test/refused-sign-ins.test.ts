// Why Clerk's tokens are refused: the log says it, the user is told 401 and nothing else.
import { expect, test } from "vitest";
import { FOREIGN_KEY, ISSUER, mintToken, nowSeconds, signWithPublicKey } from "./support/session-tokens.ts";
import { setUp, type SettingName } from "./support/set-up.ts";

const REFUSED: readonly (readonly [
  string,
  () => Promise<string> | string,
  { readonly [name in SettingName]?: string }?,
])[] = [
  ["expired", () => mintToken({ claims: { exp: nowSeconds() - 60 } })],
  ["expired", () => mintToken({ claims: { exp: nowSeconds() - 1 } })],
  ["not-before", () => mintToken({ claims: { nbf: nowSeconds() + 60 } })],
  ["clock-skew", () => mintToken({ claims: { iat: nowSeconds() + 60 } })],
  ["issuer", () => mintToken({ claims: { iss: `${ISSUER}.evil` } })],
  ["issuer", () => mintToken(), { CLERK_ISSUER: `${ISSUER}/` }],
  ["party", () => mintToken({ claims: { azp: "https://evil.example" } })],
  ["party", () => mintToken(), { CLERK_AUTHORIZED_PARTIES: "https://app.example/" }],
  ["signature", () => mintToken({ key: FOREIGN_KEY })],
  ["unknown-key", () => signWithPublicKey()],
  ["kind", () => mintToken({ claims: { sid: undefined } })],
  ["malformed", () => "gar.ba.ge"],
  ["no-token", () => ""],
];

test.each(REFUSED)("%s", async (reason, mint, settings = {}) => {
  const { ask, log } = await setUp(settings);
  const token = await mint();
  const headers = token === "" ? {} : { authorization: `Bearer ${token}` };
  const { status, body } = await ask("generate-video", headers);
  expect([status, body]).toEqual([
    401,
    { error: { code: "not-signed-in", message: expect.any(String), retryable: true } },
  ]);
  expect(body.error.message).toBe("Sign in to generate videos.");
  expect(log()).toContain(`"type":"sign-in-refused","at":1800000000000,"route":"generate-video","reason":"${reason}"`);
  for (const part of token.split(".").filter(({ length }) => length > 8)) expect(log()).not.toContain(part);
});
