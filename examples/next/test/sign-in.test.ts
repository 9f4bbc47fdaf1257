// Who is let in, through the route files, with real RS256 tokens.
import { describe, expect, test } from "vitest";
import {
  FOREIGN_KEY,
  forgeToken,
  ISSUER,
  mintToken,
  mintTokenWithClerk,
  nowSeconds,
  ORIGIN,
  PUBLIC_PEM,
  signWithPublicKey,
} from "./support/session-tokens.ts";
import { GOOD, NO_JOB, ROUTE_NAMES, setUp, type App, type Sender } from "./support/set-up.ts";

const bearer = (token: string): Sender => ({ authorization: `Bearer ${token}` });

/** Every route's answer to someone, and which hosts were called meanwhile. */
async function resultOf({ ask, hosts }: App, headers: Sender): Promise<unknown> {
  const answers = await Promise.all(ROUTE_NAMES.map((route) => ask(route, headers)));
  return { answers: answers.map(({ status, body }) => [status, body.error?.code]), calledHosts: hosts() };
}

const SIGNED_OUT = { answers: ROUTE_NAMES.map(() => [401, "not-signed-in"]), calledHosts: [] };

describe("a session token is accepted", () => {
  const accepted: readonly (readonly [string, () => Promise<string>])[] = [
    ["of the web app", () => mintToken()],
    ["that Clerk's own helper has signed", mintTokenWithClerk],
    ["of a native app, which has no azp", () => mintToken({ claims: { azp: undefined } })],
    ["in its last second", () => mintToken({ claims: { exp: nowSeconds() + 1 } })],
    ["from a clock four seconds ahead", () => mintToken({ claims: { iat: nowSeconds() + 4, nbf: nowSeconds() + 4 } })],
  ];
  test.each(accepted)("%s", async (_, mint) => {
    const { ask, fal, hosts } = await setUp();
    const headers = bearer(await mint());
    const job = { requestId: (await ask("generate-video", headers)).body.requestId };
    expect((await ask("video-status", headers, job)).body).toMatchObject({ queued: true });
    expect((await ask("cancel-video", headers, job)).body).toEqual({ canceled: "removed" });
    expect((await ask("r2-presign", headers)).status).toBe(200);
    expect(fal.jobs).toHaveLength(1);
    // Neither Clerk nor a captcha service is called.
    expect(hosts()).toEqual(["queue.fal.run"]);
  });

  test("whatever the case of the scheme", async () => {
    const { ask } = await setUp();
    expect((await ask("generate-video", { authorization: `bearer ${await mintToken()}` })).status).toBe(200);
  });

  test("and the job is its user's alone", async () => {
    const { ask, log } = await setUp();
    const { requestId } = (await ask("generate-video", bearer(await mintToken()))).body;
    const other = bearer(await mintToken({ claims: { sub: "user_2" } }));
    expect(await ask("video-status", other, { requestId })).toMatchObject({
      status: 401,
      body: { error: { code: "not-signed-in", details: { reason: "another-user" } } },
    });
    expect(log()).toContain('"userId":"user_1"');
  });
});

describe("every route refuses a request", () => {
  const headers: readonly (readonly [string, Sender])[] = [
    ["without a header", {}],
    ["with an empty header", { authorization: "" }],
    ["with the word only", { authorization: "Bearer" }],
    ["with an empty token", { authorization: "Bearer " }],
    ["with garbage", bearer("garbage")],
    ["with three parts of garbage", bearer("gar.ba.ge")],
    ["with dots", bearer("..")],
    ["with parts that are JSON but no claims", bearer(`${btoa("null")}.${btoa("[]")}.AA`)],
    ["with 15 KB", bearer("a".repeat(15_000))],
    ["with a password", { authorization: `Basic ${btoa("user_1:secret")}` }],
  ];
  test.each(headers)("%s", async (_, sent) => {
    expect(await resultOf(await setUp(), sent)).toEqual(SIGNED_OUT);
  });

  const tokens: readonly (readonly [string, () => Promise<string>])[] = [
    ["expired by a second", () => mintToken({ claims: { exp: nowSeconds() - 1 } })],
    ["that expires now", () => mintToken({ claims: { exp: nowSeconds() } })],
    ["that never expires", () => mintToken({ claims: { exp: undefined } })],
    ["of the next minute", () => mintToken({ claims: { nbf: nowSeconds() + 60 } })],
    ["of another issuer", () => mintToken({ claims: { iss: "https://clerk.other.example" } })],
    ["of an issuer that begins like ours", () => mintToken({ claims: { iss: `${ISSUER}.evil` } })],
    ["of no issuer", () => mintToken({ claims: { iss: undefined } })],
    ["made for another origin", () => mintToken({ claims: { azp: "https://evil.app.example" } })],
    ["made for an origin that begins like ours", () => mintToken({ claims: { azp: `${ORIGIN}.evil` } })],
    ["made for an empty origin", () => mintToken({ claims: { azp: "" } })],
    ["of no user", () => mintToken({ claims: { sub: undefined } })],
    ["of an empty user", () => mintToken({ claims: { sub: "" } })],
    ["made from a template, for another service", () => mintToken({ claims: { sid: undefined, aud: "convex" } })],
    ["of a session with sign-in steps left", () => mintToken({ claims: { sts: "pending" } })],
    ["for machines", () => mintToken({ header: { cat: "cl_B7d4PD333AAA" } })],
    ["signed with another key", () => mintToken({ key: FOREIGN_KEY })],
    ["with alg none and no signature", () => forgeToken({ alg: "none" }, {}, false)],
    ["with alg none and a good signature", () => forgeToken({ alg: "none" }, {}, true)],
    ["with alg RS256 and no signature", () => forgeToken({ alg: "RS256" }, {}, false)],
    ["with another user under a good signature", () => forgeToken({ alg: "RS256" }, { sub: "user_2" }, true)],
    ["with alg HS256, signed with the public key", () => signWithPublicKey()],
  ];
  test.each(tokens)("with a token %s", async (_, mint) => {
    const app = await setUp();
    expect(await resultOf(app, bearer(await mint()))).toEqual(SIGNED_OUT);
  });

  test("with a good token and something behind it", async () => {
    const app = await setUp();
    expect(await resultOf(app, { authorization: `Bearer ${await mintToken()} x` })).toEqual(SIGNED_OUT);
  });

  test("with a good token in a cookie", async () => {
    const app = await setUp();
    expect(await resultOf(app, { cookie: `__session=${await mintToken()}` })).toEqual(SIGNED_OUT);
  });

  test.each(["token", "access_token", "__session", "authorization"])(
    "with a good token as %s in the query or the body",
    async (name) => {
      const { handlers, hosts } = await setUp();
      const token = await mintToken();
      const url = `https://app.example/api/mobile/generate-video?${name}=${token}`;
      const body = JSON.stringify({ ...GOOD, [name]: token });
      expect((await handlers["generate-video"](new Request(url, { method: "POST", body }))).status).toBe(401);
      const query = new URLSearchParams({ ...NO_JOB, [name]: token }).toString();
      const status = new Request(`https://app.example/api/mobile/video-status?${query}`);
      expect((await handlers["video-status"](status)).status).toBe(401);
      expect(hosts()).toEqual([]);
    },
  );

  test("and what they sent is neither read nor logged", async () => {
    const { handlers, log } = await setUp();
    const token = await mintToken({ key: FOREIGN_KEY });
    const request = new Request("https://app.example/api/mobile/generate-video", {
      method: "POST",
      headers: bearer(token),
      body: "not even JSON",
    });
    expect((await handlers["generate-video"](request)).status).toBe(401);
    expect(request.bodyUsed).toBe(false);
    expect(log()).toContain("not-signed-in");
    expect(log()).not.toContain(token);
  });
});

describe("the settings decide", () => {
  test.each(["CLERK_JWT_KEY", "CLERK_ISSUER", "CLERK_AUTHORIZED_PARTIES"] as const)(
    "without %s every request is refused, and the log names it",
    async (name) => {
      const app = await setUp({ [name]: undefined });
      const { status, body } = await app.ask("generate-video", bearer(await mintToken()));
      expect([status, body.error.code, body.error.details]).toEqual([500, "not-configured", undefined]);
      expect(app.log()).toContain(`${name} is not set`);
      expect(await resultOf(app, {})).toEqual(SIGNED_OUT);
    },
  );

  test("whether native apps are let in", async () => {
    const app = await setUp({ CLERK_AUTHORIZED_PARTIES: ORIGIN });
    expect(await resultOf(app, bearer(await mintToken({ claims: { azp: undefined } })))).toEqual(SIGNED_OUT);
    expect((await app.ask("generate-video", bearer(await mintToken()))).status).toBe(200);
  });

  test("and a key may hold its line breaks as text, as hosting dashboards keep it", async () => {
    const { ask } = await setUp({ CLERK_JWT_KEY: PUBLIC_PEM.replaceAll("\n", "\\n") });
    expect((await ask("generate-video", bearer(await mintToken()))).status).toBe(200);
  });
});

describe("a cron job", () => {
  const asUser = { authorization: "Bearer cron:secret-of-the-test", "x-act-for-user": "user_7" };

  test("with CRON_SECRET acts for the user it names", async () => {
    const { ask, log } = await setUp();
    expect((await ask("generate-video", asUser)).status).toBe(200);
    expect(log()).toContain('"userId":"user_7"');
  });

  test.each<[string, Sender]>([
    ["without naming a user", { authorization: asUser.authorization }],
    ["with a secret that is one letter off", { ...asUser, authorization: "Bearer cron:secret-of-the-tesu" }],
    ["without a secret", { "x-act-for-user": "user_7" }],
  ])("%s is not signed in", async (_, headers) => {
    expect(await resultOf(await setUp(), headers)).toEqual(SIGNED_OUT);
  });

  test.each(["", undefined])("is not signed in when CRON_SECRET is %j", async (CRON_SECRET) => {
    expect(await resultOf(await setUp({ CRON_SECRET }), { ...asUser, authorization: "Bearer " })).toEqual(SIGNED_OUT);
    expect(await resultOf(await setUp({ CRON_SECRET }), asUser)).toEqual(SIGNED_OUT);
  });

  test("cannot be played by a user", async () => {
    const { ask, log } = await setUp();
    await ask("generate-video", { ...bearer(await mintToken()), "x-act-for-user": "user_7" });
    expect(log()).toContain('"userId":"user_1"');
    expect(log()).not.toContain("user_7");
  });
});
