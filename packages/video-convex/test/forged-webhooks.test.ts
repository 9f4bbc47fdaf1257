// Webhooks as a stranger sends them, to a provider's real check of signatures: forged, cut, replayed, for other jobs, and far too large.
import { createHmac } from "node:crypto";
import { wavespeedProvider } from "@video-engine/video-sdk/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { chooseProviders, providersUnderTest } from "./support/providers-under-test.ts";
import { createOwnWorld, REQUEST, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const SECRET = "a-secret-that-is-shared-with-the-provider";
const DAY = 24 * 60 * 60_000;

/** A world with a running job, whose providers check signatures as they do. */
async function submitted(): Promise<OwnWorld> {
  const world = createOwnWorld();
  chooseProviders([...providersUnderTest(), wavespeedProvider({ apiKey: "any-key", webhookSecret: SECRET })]);
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  while (world.fal.jobs.length === 0) await world.step();
  await world.t.finishInProgressScheduledFunctions();
  return world;
}

interface Sent {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A webhook as the provider signs it. */
function signed(body: string, { at = Date.now(), secret = SECRET } = {}): Sent {
  const [id, seconds] = ["msg-1", String(Math.floor(at / 1000))];
  const signature = createHmac("sha256", secret).update(`${id}.${seconds}.${body}`).digest("hex");
  return {
    path: "/webhook?provider=wavespeed",
    headers: { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": `v3,${signature}` },
    body,
  };
}

const send = async ({ t }: OwnWorld, { path, headers, body }: Sent): Promise<Response> =>
  await t.fetch(path, { method: "POST", headers, body });

const jobOf = (world: OwnWorld): string => JSON.stringify({ id: world.fal.jobs[0]?.id });
const questions = (world: OwnWorld): number => world.fal.calls.filter((made) => made.includes("/status")).length;

test("a genuine one is taken, whatever content type it says, and its repeats cost no more than a question each two seconds", async () => {
  const world = await submitted();
  const webhook = signed(jobOf(world));
  for (const type of ["application/json", "text/plain", "multipart/form-data", "nonsense", ""]) {
    const answer = await send(world, { ...webhook, headers: { ...webhook.headers, "content-type": type } });
    expect([answer.status, await answer.json()]).toEqual([200, { received: true }]);
  }
  await world.t.finishInProgressScheduledFunctions();
  expect(questions(world)).toBeLessThanOrEqual(1);
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
  await assertBooks(world, "alice", [ended]);
});

const FORGED: Record<string, (body: string) => Sent> = {
  "signed with another secret": (body) => signed(body, { secret: "guessed" }),
  "with the body of another": (body) => ({ ...signed('{"id":"other"}'), body }),
  "without a signature": (body) => ({ ...signed(body), headers: {} }),
  "with a signature of nothing": (body) => {
    const { headers, ...sent } = signed(body);
    return { ...sent, headers: { ...headers, "webhook-signature": "v3," } };
  },
  "replayed a day later": (body) => signed(body, { at: Date.now() - DAY }),
  "dated a day ahead": (body) => signed(body, { at: Date.now() + DAY }),
  "dated never": (body) => signed(body, { at: Number.NaN }),
  "whose body is no JSON": () => signed("<html>"),
  "whose body is empty": () => signed(""),
  "that names no job": () => signed('{"id":{"$ne":null}}'),
};

test.each(Object.entries(FORGED))("one %s is refused with 401, and asks nothing", async (_, forge) => {
  const world = await submitted();
  const before = await world.as("alice").query(video.get, { id: "g1" });
  const answer = await send(world, forge(jobOf(world)));
  expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: "not-signed-in" } }]);
  await world.t.finishInProgressScheduledFunctions();
  expect(questions(world)).toBe(0);
  expect(await world.as("alice").query(video.get, { id: "g1" })).toEqual(before);
});

test.each(["", "?provider=", "?provider=none", "?provider=__proto__", "?provider=kie"])(
  "one to an address with %j is not found",
  async (search) => {
    const world = await submitted();
    const answer = await send(world, { ...signed(jobOf(world)), path: `/webhook${search}` });
    expect(answer.status).toBe(404);
  },
);

test.each([true, false])("a body of 5 MB is refused, though it is signed (its length is said: %s)", async (isSaid) => {
  const world = await submitted();
  const webhook = signed(JSON.stringify({ id: world.fal.jobs[0]?.id, more: "x".repeat(5_000_000) }));
  const length = isSaid ? { "content-length": String(webhook.body.length) } : {};
  const answer = await send(world, { ...webhook, headers: { ...webhook.headers, ...length } });
  expect([answer.status, await answer.json()]).toMatchObject([413, { error: { code: "too-large" } }]);
});

test("one for a job of nobody, with a generation and a ticket that are guessed, brings nothing", async () => {
  const world = await submitted();
  const before = await world.as("alice").query(video.get, { id: "g1" });
  for (const generation of ["g1", "none", "1;generations", "x".repeat(10_000)]) {
    const path = `/webhook?provider=wavespeed&generation=${encodeURIComponent(generation)}&ticket=guessed`;
    expect((await send(world, { ...signed('{"id":"unknown-job"}'), path })).status).toBe(200);
  }
  expect(await world.as("alice").query(video.get, { id: "g1" })).toEqual(before);
});

test("what fails on our side is an error to the provider, which sends it again, and is in the log", async () => {
  const world = await submitted();
  chooseProviders([
    {
      ...providersUnderTest().filter(({ id }) => id === "wavespeed")[0],
      verifyWebhook: () => Promise.reject(new Error("out of memory")),
    } as never,
  ]);
  const answer = await send(world, signed(jobOf(world)));
  expect([answer.status, JSON.stringify(await answer.json())]).toEqual([500, expect.not.stringContaining("memory")]);
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining("webhook"), expect.any(Error));
});
