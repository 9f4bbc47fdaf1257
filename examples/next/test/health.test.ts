// What the app says of its settings at the start, and who learns what of it.
import { expect, test, vi } from "vitest";
import { mintToken, PUBLIC_PEM } from "./support/session-tokens.ts";
import { setUp, type SettingName } from "./support/set-up.ts";

/** The app's start under these settings, and what `health` answers strangers afterwards. */
async function startWith(settings: { readonly [name in SettingName]?: string | undefined }) {
  const { ask, handlers, log } = await setUp(settings);
  vi.stubEnv("NEXT_RUNTIME", "nodejs");
  const said = vi.spyOn(console, "error").mockReturnValue();
  const { register } = await import("../instrumentation.ts");
  await register();
  const lines = said.mock.calls.flat().join("\n");
  const { status, body } = await readHealth(handlers.health, {});
  return { ask, handlers, log, lines, status, body };
}

async function readHealth(health: (request: Request) => Promise<Response>, headers: Record<string, string>) {
  const response = await health(new Request("https://app.example/api/mobile/health", { headers }));
  return { status: response.status, body: await response.json() };
}

test("good settings are not talked about", async () => {
  expect(await startWith({})).toMatchObject({ lines: "", status: 200, body: { ok: true } });
});

test.each<[SettingName, string]>([
  ["FAL_KEY", "‘fal:secret’"],
  ["VIDEO_SIGNING_SECRET", " ".repeat(40)],
  ["CLERK_JWT_KEY", PUBLIC_PEM.slice(0, 120)],
  ["CLERK_ISSUER", "https://clerk.app.example/"],
  ["CLERK_AUTHORIZED_PARTIES", "https://app.example/"],
  ["R2_PUBLIC_URL", "cdn.app.example"],
  ["R2_ACCOUNT_ID", ""],
  ["VIDEO_WEBHOOK_URL", "http://app.example/api/mobile/webhook"],
])(
  "%s, malformed, is named at the start, and strangers learn no more than that something is wrong",
  async (name, value) => {
    const { lines, status, body, handlers } = await startWith({ [name]: value });
    expect(lines).toContain(name);
    expect([status, body]).toEqual([503, { ok: false }]);
    const owner = await readHealth(handlers.health, { authorization: "Bearer cron:secret-of-the-test" });
    expect(JSON.stringify(owner.body)).toContain(name);
    for (const secret of ["fal:secret", PUBLIC_PEM.slice(60, 100)])
      expect(lines + JSON.stringify(owner.body)).not.toContain(secret);
  },
);

test("a key with a typographic quote pays for nothing, and leaves nothing open", async () => {
  const { ask } = await startWith({ FAL_KEY: "‘fal:secret’" });
  const { status, body } = await ask("generate-video", { authorization: `Bearer ${await mintToken()}` });
  expect([status, body.error.code]).toEqual([500, "not-configured"]);
});
