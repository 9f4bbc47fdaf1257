// Why Clerk's tokens are refused: the log says it, the user is told 401 and nothing else.
import type { SignInRefusal } from "@video-engine/video-sdk/server";
import { expect, test } from "vitest";
import { FOREIGN_KEY, ISSUER, mintToken, nowSeconds, signWithPublicKey } from "./support/session-tokens.ts";
import { setUp, type SettingName } from "./support/set-up.ts";

type Settings = { readonly [name in SettingName]?: string };

const REFUSED: readonly {
  readonly reason: SignInRefusal;
  readonly mint: () => Promise<string> | string;
  readonly settings?: Settings;
}[] = [
  { reason: "expired", mint: () => mintToken({ claims: { exp: nowSeconds() - 60 } }) },
  { reason: "expired", mint: () => mintToken({ claims: { exp: nowSeconds() - 1 } }) },
  { reason: "not-before", mint: () => mintToken({ claims: { nbf: nowSeconds() + 60 } }) },
  { reason: "clock-skew", mint: () => mintToken({ claims: { iat: nowSeconds() + 60 } }) },
  { reason: "issuer", mint: () => mintToken({ claims: { iss: `${ISSUER}.evil` } }) },
  { reason: "issuer", mint: () => mintToken(), settings: { CLERK_ISSUER: `${ISSUER}/` } },
  { reason: "party", mint: () => mintToken({ claims: { azp: "https://evil.example" } }) },
  { reason: "party", mint: () => mintToken(), settings: { CLERK_AUTHORIZED_PARTIES: "https://app.example/" } },
  { reason: "signature", mint: () => mintToken({ key: FOREIGN_KEY }) },
  { reason: "unknown-key", mint: () => signWithPublicKey() },
  { reason: "kind", mint: () => mintToken({ claims: { sid: undefined } }) },
  { reason: "malformed", mint: () => "gar.ba.ge" },
  { reason: "no-token", mint: () => "" },
];

test.each(REFUSED)("$reason", async ({ reason, mint, settings = {} }) => {
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
