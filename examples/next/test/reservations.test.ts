// Submits against the example's Convex backend: a job is paid for only by a reservation of the generation's own, and each pays for one.
import { api } from "@video-engine/example-convex/api";
import { startEmbeddedBackend, tokenFor } from "@video-engine/example-convex";
import { ConvexHttpClient } from "convex/browser";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { mintToken } from "./support/session-tokens.ts";
import { GOOD, setUp } from "./support/set-up.ts";

const SECRET = "server-secret".repeat(3);
const { reserveCredits, releaseReservedCredits } = api.withOperationIds.users;

/** The app over a backend of its own, with a user who has a slot, and what the user can do with either. */
async function openApp() {
  const backend = await startEmbeddedBackend();
  onTestFinished(() => backend.close());
  const app = await setUp({ CONVEX_URL: backend.url, VIDEO_SERVER_SECRET: SECRET });
  // Of the deployment; here both have the environment of this process.
  vi.stubEnv("ALLOW_EXTRAS", "1");
  const user = new ConvexHttpClient(backend.url, { auth: tokenFor({ subject: "user_1" }), logger: false });
  await user.mutation(api.extras.seedUser, { credits: 100_000, subscriptionPlan: "pro" });
  await user.mutation(api.generations.acquireGenerationSlot, { type: "video", prompt: GOOD.prompt });
  const submit = async (key: string) => {
    const headers = { authorization: `Bearer ${await mintToken()}`, "idempotency-key": key };
    return await app.ask("generate-video", headers);
  };
  const reserve = async (key: string, amount: number) =>
    await user.mutation(reserveCredits, { amount, operationId: `${key}:reserve` });
  const release = async (key: string, amount: number) =>
    await user.mutation(releaseReservedCredits, { amount, operationId: `${key}:settle` });
  return { ...app, user, submit, reserve, release };
}

const [ONE, TWO] = ["generation-0001", "generation-0002"];

describe("a submit", () => {
  test("with a reservation of the price is paid for, once: a repeat gets the same job", async () => {
    const { submit, reserve, fal } = await openApp();
    await reserve(ONE, 10_000);
    const first = await submit(ONE);
    expect(first).toMatchObject({ status: 200, body: { queued: true } });
    expect(await submit(ONE)).toEqual(first);
    expect(fal.jobs).toHaveLength(1);
  });

  test.each([
    ["none at all", async () => undefined],
    ["one of another generation", async ({ reserve }) => void (await reserve(TWO, 10_000))],
    ["one below the server's price", async ({ reserve }) => void (await reserve(ONE, 1))],
    [
      "one that was released before",
      async ({ reserve, release }) => {
        await reserve(ONE, 10_000);
        await release(ONE, 10_000);
      },
    ],
    [
      "credits that are reserved under no key",
      async ({ user }) => void (await user.mutation(api.users.reserveCredits, { amount: 10_000 })),
    ],
  ] satisfies [string, (app: Awaited<ReturnType<typeof openApp>>) => Promise<void>][])(
    "with %s is refused, and no provider is called",
    async (_, prepare) => {
      const app = await openApp();
      await prepare(app);
      expect(await app.submit(ONE)).toMatchObject({ status: 402, body: { error: { code: "insufficient-credits" } } });
      expect(app.fal.calls).toEqual([]);
    },
  );

  test("with a reservation that was used yesterday is refused", async () => {
    const { submit, reserve, fal } = await openApp();
    await reserve(ONE, 10_000);
    await submit(ONE);
    // The answers are kept in memory, for a day.
    vi.setSystemTime(Date.now() + 25 * 60 * 60 * 1000);
    expect((await submit(ONE)).status).toBe(402);
    expect(fal.jobs).toHaveLength(1);
  });

  test("while the backend cannot be reached is refused as not done", async () => {
    const { ask, fal } = await setUp({ CONVEX_URL: "http://127.0.0.1:9" });
    const answer = await ask("generate-video", { authorization: `Bearer ${await mintToken()}` });
    expect(answer).toMatchObject({ status: 503, body: { error: { code: "provider-unavailable", retryable: true } } });
    expect(fal.calls).toEqual([]);
  });
});

test("without the server's secret no reservation is used up, and the log names the setting", async () => {
  const { ask, fal, log } = await setUp({ CONVEX_URL: "http://127.0.0.1:9", VIDEO_SERVER_SECRET: undefined });
  const answer = await ask("generate-video", { authorization: `Bearer ${await mintToken()}` });
  expect(answer).toMatchObject({ status: 500, body: { error: { code: "not-configured" } } });
  expect([JSON.stringify(answer.body), log()]).toEqual([
    expect.not.stringContaining("VIDEO_SERVER_SECRET"),
    expect.stringContaining('"setting":"VIDEO_SERVER_SECRET"'),
  ]);
  expect(fal.calls).toEqual([]);
});

describe("without a backend", () => {
  test("a submit needs a key all the same", async () => {
    const { handlers, fal } = await setUp();
    const headers = { authorization: `Bearer ${await mintToken()}` };
    const request = new Request("https://app.example/", { method: "POST", headers, body: JSON.stringify(GOOD) });
    const response = await handlers["generate-video"](request);
    expect([response.status, await response.json()]).toMatchObject([400, { error: { code: "invalid-request" } }]);
    expect(fal.calls).toEqual([]);
  });

  test("an upload needs its length", async () => {
    const { ask } = await setUp();
    const headers = { authorization: `Bearer ${await mintToken()}` };
    expect(await ask("r2-presign", headers, { contentType: "image/png" })).toMatchObject({
      status: 400,
      body: { error: { details: { issues: [{ path: "contentLength" }] } } },
    });
  });
});
