// Malformed settings, each with its sentence: what is wrong and what to do, and never the value of a secret.
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { createTestClock } from "../../testing/test-clock.ts";
import { createVideoRoutes, type VideoRoutesOptions } from "../create-video-routes.ts";
import { falProvider } from "../providers/fal-provider.ts";
import { kieProvider } from "../providers/kie-provider.ts";
import { openrouterProvider } from "../providers/openrouter-provider.ts";
import { wavespeedProvider } from "../providers/wavespeed-provider.ts";
import { createRehost } from "../rehost/create-rehost.ts";
import { s3Storage } from "../uploads/s3-storage.ts";
import { checkSignIn } from "./check-sign-in.ts";

const ours = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = ours.publicKey.export({ type: "spki", format: "pem" }).toString();
const PRIVATE_PEM = ours.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const OLD_PEM = ours.publicKey.export({ type: "pkcs1", format: "pem" }).toString();

const GOOD = {
  FAL_KEY: "4f2a0c11-key-id:SESAME8b1d",
  FAL_WEBHOOK_USER_ID: "user_1",
  KIE_API_KEY: "kie-SESAME-4f2a0c11",
  KIE_WEBHOOK_HMAC_KEY: "hmac-SESAME-4f2a0c11",
  WAVESPEED_API_KEY: "wave-SESAME-4f2a0c11",
  WAVESPEED_WEBHOOK_SECRET: "whsec_SESAME4f2a0c118b1d",
  OPENROUTER_API_KEY: "sk-or-SESAME-4f2a0c11",
  VIDEO_SIGNING_SECRET: "SESAME-4f2a0c11-8b1d-4f2a-0c11-8b1d4f2a0c11",
  CRON_SECRET: "cron-SESAME-4f2a0c11",
  VIDEO_WEBHOOK_URL: "https://app.example/api/mobile/webhook",
  R2_ENDPOINT: "https://4f2a0c11.r2.cloudflarestorage.com",
  R2_BUCKET: "videos",
  R2_REGION: "auto",
  R2_ACCESS_KEY_ID: "access-SESAME-4f2a0c11",
  R2_SECRET_ACCESS_KEY: "bucket-SESAME-4f2a0c11",
  R2_PUBLIC_URL: "https://cdn.app.example",
  CLERK_JWT_KEY: PEM,
  CLERK_ISSUER: "https://clerk.app.example",
  CLERK_AUTHORIZED_PARTIES: "https://app.example,native",
};
type Settings = Partial<Record<keyof typeof GOOD, string | undefined>>;

function routesWith(changed: Settings, options: Partial<VideoRoutesOptions> = {}) {
  const set: Settings = { ...GOOD, ...changed };
  const storage = s3Storage({
    endpoint: set.R2_ENDPOINT,
    bucket: set.R2_BUCKET,
    region: set.R2_REGION ?? "",
    accessKeyId: () => set.R2_ACCESS_KEY_ID,
    secretAccessKey: () => set.R2_SECRET_ACCESS_KEY,
    publicBaseUrl: set.R2_PUBLIC_URL,
  });
  const { CLERK_JWT_KEY: jwtKey, CLERK_ISSUER: issuer, CLERK_AUTHORIZED_PARTIES: parties } = set;
  return createVideoRoutes({
    authenticate: () => null,
    providers: [
      falProvider({ credentials: () => set.FAL_KEY, webhookUserId: set.FAL_WEBHOOK_USER_ID }),
      kieProvider({ apiKey: set.KIE_API_KEY, webhookHmacKey: set.KIE_WEBHOOK_HMAC_KEY }),
      wavespeedProvider({ apiKey: set.WAVESPEED_API_KEY, webhookSecret: set.WAVESPEED_WEBHOOK_SECRET }),
      openrouterProvider({ apiKey: set.OPENROUTER_API_KEY }),
    ],
    signingSecret: () => set.VIDEO_SIGNING_SECRET,
    cronSecret: () => set.CRON_SECRET,
    uploads: { storage },
    webhooks: { url: set.VIDEO_WEBHOOK_URL, onJobEnded: () => undefined },
    checks: [
      async () => await checkSignIn({ jwtKey, issuer, parties: parties?.split(",").map((party) => party.trim()) }),
    ],
    clock: createTestClock(),
    ...options,
  });
}

test("good settings are good", async () => {
  expect(await routesWith({}).check()).toEqual({ isUsable: true, findings: [] });
});

test("settings that may be missing are not missed", async () => {
  const optional = [
    "FAL_WEBHOOK_USER_ID",
    "KIE_WEBHOOK_HMAC_KEY",
    "WAVESPEED_WEBHOOK_SECRET",
    "CRON_SECRET",
    "VIDEO_WEBHOOK_URL",
  ];
  for (const value of [undefined, "", " "]) {
    // A secret of spaces was meant to be one.
    const changed = Object.fromEntries(
      optional.map((name) => [name, name === "CRON_SECRET" && value === " " ? "" : value]),
    );
    expect(await routesWith(changed).check()).toMatchObject({ isUsable: true, findings: [] });
  }
});

const MALFORMED: readonly (readonly [keyof typeof GOOD, string, string | undefined, RegExp])[] = [
  ["FAL_KEY", "in typographic quotes", `“${GOOD.FAL_KEY}”`, /in quotation marks\. Set it without them\./],
  ["FAL_KEY", "with a typographic quote in it", GOOD.FAL_KEY.replace("-", "’"), /character at place 9.*Copy it again/],
  ["FAL_KEY", "in straight quotes", `"${GOOD.FAL_KEY}"`, /in quotation marks/],
  ["FAL_KEY", "with half a pair of quotes", `'${GOOD.FAL_KEY}`, /in quotation marks/],
  ["FAL_KEY", "with a space before it", ` ${GOOD.FAL_KEY}`, /begins or ends with a space\. Remove it\./],
  ["FAL_KEY", "with a line break after it", `${GOOD.FAL_KEY}\n`, /begins or ends with a line break/],
  ["FAL_KEY", "with a line break in it", GOOD.FAL_KEY.replace(":", ":\n"), /has a line break in it/],
  ["FAL_KEY", "with a written line break in it", `${GOOD.FAL_KEY}\\n`, /has a line break in it/],
  ["FAL_KEY", "after the word Key", `Key ${GOOD.FAL_KEY}`, /has a space in it.*without a word such as Bearer or Key/],
  ["FAL_KEY", "that is undefined", "undefined", /is the word "undefined"/],
  ["FAL_KEY", "of one half", "SESAME8b1d4f2a0c11", /not of the form KEY_ID:KEY_SECRET/],
  ["FAL_KEY", "with a space that cannot be seen", `\u200b${GOOD.FAL_KEY}`, /character at place 1/],
  ["FAL_WEBHOOK_USER_ID", "with a space", "user 1", /has a space in it/],
  ["KIE_API_KEY", "after the word Bearer", `Bearer ${GOOD.KIE_API_KEY}`, /has a space in it/],
  ["KIE_API_KEY", "that is null", "null", /is the word "null"/],
  ["KIE_API_KEY", "that is a placeholder", "your-api-key", /is a placeholder/],
  ["KIE_API_KEY", "that is a template", "<your key>", /space|placeholder/],
  ["KIE_WEBHOOK_HMAC_KEY", "that is too short", "SESAME", /too short for a key: it has 6 characters/],
  ["WAVESPEED_API_KEY", "with a tab", "SESAME\tSESAME", /has a space in it/],
  ["WAVESPEED_WEBHOOK_SECRET", "without its beginning", "SESAME4f2a0c118b1d4f2a", /does not begin with whsec_/],
  ["WAVESPEED_WEBHOOK_SECRET", "cut off", "whsec_SESAME", /does not begin with whsec_/],
  ["OPENROUTER_API_KEY", "with a dash of a word processor", "sk–or–SESAME", /character at place 3/],
  ["VIDEO_SIGNING_SECRET", "missing", undefined, /is missing\. Set at least 32 random/],
  ["VIDEO_SIGNING_SECRET", "of spaces", " ".repeat(40), /is made of spaces/],
  ["VIDEO_SIGNING_SECRET", "too short", "SESAME", /is too short: it has 6 characters/],
  ["VIDEO_SIGNING_SECRET", "with a line break", `${GOOD.VIDEO_SIGNING_SECRET}\r\n`, /line break/],
  ["VIDEO_SIGNING_SECRET", "that is undefined", "undefined", /is the word "undefined"/],
  ["CRON_SECRET", "too short", "SESAME", /is too short: it has 6 characters.*at least 16/],
  ["CRON_SECRET", "of spaces", " ".repeat(20), /is made of spaces/],
  ["VIDEO_WEBHOOK_URL", "over http", "http://app.example/hook", /is not https: http:\/\/app\.example\/hook/],
  ["VIDEO_WEBHOOK_URL", "without a scheme", "app.example/hook", /has no scheme\. Begin it with https/],
  ["VIDEO_WEBHOOK_URL", "that is a path", "/api/webhook", /has no scheme/],
  ["VIDEO_WEBHOOK_URL", "with a password", "https://me:SESAME@app.example/", /names a user: https:\/\/app\.example/],
  ["VIDEO_WEBHOOK_URL", "with a query", "https://app.example/?token=SESAME", /has a query or a fragment/],
  ["R2_PUBLIC_URL", "without a scheme", "cdn.app.example", /has no scheme/],
  ["R2_PUBLIC_URL", "over http", "http://cdn.app.example", /is not https/],
  ["R2_PUBLIC_URL", "missing", undefined, /is not set/],
  ["R2_ENDPOINT", "with the bucket", "https://4f2a0c11.r2.cloudflarestorage.com/videos", /has a path/],
  ["R2_BUCKET", "that is an address", "https://videos.example", /no name of a bucket/],
  ["R2_ACCESS_KEY_ID", "missing", "", /is not set/],
  ["R2_SECRET_ACCESS_KEY", "with a line break", `${GOOD.R2_SECRET_ACCESS_KEY}\n`, /line break/],
  ["CLERK_JWT_KEY", "empty", "", /is empty\. Set it\./],
  ["CLERK_ISSUER", "of spaces", "  ", /is empty\. Set it\./],
  ["CLERK_JWT_KEY", "cut off at its end", PEM.slice(0, 200), /is a PEM that is cut off/],
  [
    "CLERK_JWT_KEY",
    "without a line of its middle",
    PEM.split("\n").toSpliced(3, 1).join("\n"),
    /whose content is no key/,
  ],
  ["CLERK_JWT_KEY", "that is private", PRIVATE_PEM, /is a private key.*Replace that key pair/],
  ["CLERK_JWT_KEY", "cut off and private", PRIVATE_PEM.slice(0, 300), /is a private key/],
  ["CLERK_JWT_KEY", "of another form", OLD_PEM, /holds rsa public key/],
  ["CLERK_JWT_KEY", "that is no PEM", "pk_live_SESAME", /is no PEM/],
  ["CLERK_JWT_KEY", "that is undefined", "undefined", /is the word "undefined"/],
  [
    "CLERK_ISSUER",
    "with a slash at its end",
    "https://clerk.app.example/",
    /ends with a slash.*https:\/\/clerk\.app\.example, letter by letter/,
  ],
  ["CLERK_ISSUER", "without a scheme", "clerk.app.example", /has no scheme/],
  ["CLERK_ISSUER", "over http", "http://clerk.app.example", /is not https/],
  ["CLERK_ISSUER", "with a path", "https://clerk.app.example/v1", /has a path/],
  [
    "CLERK_AUTHORIZED_PARTIES",
    "with a slash at its end",
    "https://app.example/,native",
    /entry 1, which ends with a slash/,
  ],
  ["CLERK_AUTHORIZED_PARTIES", "without a scheme", "native,app.example", /entry 2, which has no scheme/],
  ["CLERK_AUTHORIZED_PARTIES", "that names no origin", " , ", /names no origin/],
];

test("there are more than enough of them", () => {
  expect(MALFORMED.length).toBeGreaterThanOrEqual(32);
});

/** What two of the settings are called in findings, which name the option only. */
const OPTION_OF: Readonly<Record<string, string>> = { R2_ENDPOINT: "s3Storage.endpoint" };

test.each(MALFORMED)("%s %s has a sentence", async (setting, _, value, sentence) => {
  const { isUsable, findings } = await routesWith({ [setting]: value }).check();
  expect(findings.map(({ message }) => message)).toEqual([expect.stringMatching(sentence)]);
  expect([isUsable, findings[0]?.level]).toEqual([false, "unusable"]);
  expect(findings[0]?.message).toMatch(new RegExp(`^${OPTION_OF[setting] ?? `${setting} \\(`}`));
  expect(findings[0]?.message).toMatch(/\. [A-Z][^.]*.*\.$/);
  expect(JSON.stringify(findings)).not.toContain("SESAME");
  if (value !== undefined && value.length > 60) expect(JSON.stringify(findings)).not.toContain(value.slice(30, 60));
});

describe("doubtful, but usable, is", () => {
  test.each<[string, Settings, RegExp]>([
    ["a provider without a key", { KIE_API_KEY: undefined }, /KIE_API_KEY.*is not set/],
    ["a secret of one word, repeated", { VIDEO_SIGNING_SECRET: "secret".repeat(6) }, /only 5 different characters/],
    [
      "a webhook address of this machine",
      { VIDEO_WEBHOOK_URL: "https://localhost:3000/hook" },
      /which no provider calls/,
    ],
  ])("%s", async (_, changed, sentence) => {
    const { isUsable, findings } = await routesWith(changed).check();
    expect([isUsable, findings.map(({ level }) => level)]).toEqual([true, ["doubtful"]]);
    expect(findings[0]?.message).toMatch(sentence);
  });

  test("a provider that is passed twice", async () => {
    const fal = falProvider({ credentials: GOOD.FAL_KEY });
    const { isUsable, findings } = await routesWith({}, { providers: [fal, fal] }).check();
    expect([isUsable, findings.map(({ message }) => message)]).toEqual([true, [expect.stringContaining("fal twice")]]);
  });
});

describe("unusable is", () => {
  test("a server without any key", async () => {
    const none = { FAL_KEY: "", KIE_API_KEY: "", WAVESPEED_API_KEY: "", OPENROUTER_API_KEY: "" };
    const { isUsable, findings } = await routesWith(none).check();
    expect([isUsable, findings[0]?.message]).toEqual([false, expect.stringContaining("none whose key can be used")]);
  });

  test("a server without a provider", async () => {
    expect(await routesWith({}, { providers: [] }).check()).toMatchObject({
      isUsable: false,
      findings: [{ option: "providers" }],
    });
  });

  test("one of several secrets", async () => {
    const signingSecret = [GOOD.VIDEO_SIGNING_SECRET, "short"];
    expect(await routesWith({}, { signingSecret }).check()).toMatchObject({
      isUsable: false,
      findings: [{ option: "signingSecret" }],
    });
  });

  test("a setting whose function throws, without its text", async () => {
    const signingSecret = (): never => {
      throw new Error("vault SESAME is sealed");
    };
    const { findings } = await routesWith({}, { signingSecret }).check();
    expect(findings).toMatchObject([{ option: "signingSecret", message: expect.stringContaining("cannot be read") }]);
    expect(JSON.stringify(findings)).not.toContain("SESAME");
  });

  test.each(["https://cdn.example", "*.fal.media", "", "cdn.example/path", "127.0.0.1"])(
    "the host to copy from %j",
    async (host) => {
      const rehost = createRehost({ storage: { presign: vi.fn<never>() }, fetch, allowedHosts: [".fal.media", host] });
      expect(await routesWith({}, { rehost }).check()).toMatchObject({
        isUsable: false,
        findings: [{ option: "createRehost.allowedHosts" }],
      });
    },
  );

  test("a check of the app's that throws, and one that never answers", async () => {
    const clock = createTestClock();
    const checks = [
      () => Promise.reject(new Error("redis://SESAME")),
      async () => await new Promise<never>(() => undefined),
    ];
    const checking = routesWith({}, { clock, checks }).check();
    await clock.advance(10_000);
    const { isUsable, findings } = await checking;
    expect([isUsable, findings.map(({ option }) => option)]).toEqual([false, ["checks[0]", "checks[1]"]]);
    expect(JSON.stringify(findings)).not.toContain("SESAME");
  });
});
