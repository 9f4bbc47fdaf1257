// Calls by their numbers, over Convex's own client against the embedded deployment: what runs, what is answered from what was kept, and what is not sent.
import { mutationGeneric } from "convex/server";
import { v } from "convex/values";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createTestClock } from "../../src/testing/test-clock.ts";
import { callOf, openDeployment, openSessions } from "./support.ts";

const RESERVE = 2_000;
const SETTLE = 6_000;
const DAY_MS = 24 * 60 * 60_000;

afterEach(() => void vi.useRealTimers());

const reserve = { key: "g:reserve", credits: 40 };
const settle = { key: "g:settle", credits: 40 };
const done = { ok: true, value: undefined };

describe("a call whose answer is lost", () => {
  test("is answered to the next process under its number, and has run once", async () => {
    const deployment = await openDeployment();
    const first = openSessions(deployment);
    const lost = first.network.loseAnswer("lost");
    const unheard = first.ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, { isFirst: true }) });
    await lost;
    first.ledger.close?.();
    expect(await unheard).toMatchObject({ ok: false, certainty: "unknown" });

    const { ledger } = openSessions(deployment);
    expect(await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) })).toEqual(done);
    expect(await deployment.credits()).toMatchObject({ reserved: 40 });
  });

  test("is sent again when the connection is cut, under the same number, and has run once", async () => {
    const deployment = await openDeployment();
    const { ledger, network } = openSessions(deployment);
    void network.loseAnswer("cut");
    expect(await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, { isFirst: true }) })).toEqual(done);
    expect(network.mutations()).toEqual(["users:reserveCredits 2000", "users:reserveCredits 2000"]);
    expect(await deployment.credits()).toMatchObject({ reserved: 40 });
  });

  test("the control: under the next number it runs again", async () => {
    const deployment = await openDeployment();
    const { ledger } = openSessions(deployment);
    await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) });
    await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE + 1) });
    expect(await deployment.credits()).toMatchObject({ reserved: 80 });
  });
});

test.each(["", "{", "null", "[]", "{}", '{"type":"Transition"}', '{"type":"MutationResponse","requestId":2000}'])(
  "an answer that cannot be read (%s) leaves the call in doubt, throws nowhere else, and its repeat is answered",
  async (instead) => {
    const deployment = await openDeployment();
    const { ledger, network } = openSessions(deployment);
    const isGarbled = network.loseAnswer({ instead });
    const doubtful = ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, { isFirst: true }) });
    await isGarbled;
    expect(await doubtful).toMatchObject({ ok: false, certainty: "unknown" });
    expect(await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) })).toEqual(done);
    expect(await deployment.credits()).toMatchObject({ reserved: 40 });
  },
);

test("capture against release: the second of the two under their number does nothing", async () => {
  const deployment = await openDeployment();
  const [one, other] = [openSessions(deployment), openSessions(deployment)];
  await one.ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) });
  await one.ledger.captureCredits({ ...settle, call: callOf(SETTLE) });
  await other.ledger.releaseCredits({ ...settle, call: callOf(SETTLE) });
  expect(await deployment.credits()).toMatchObject({ total: 960, reserved: 0 });
});

test("a slot that was refused is answered as refused for ever under its number, and asked for anew under the next", async () => {
  const deployment = await openDeployment();
  const { ledger } = openSessions(deployment);
  const slots = [1, 2, 3].map((nth) => callOf(1_000, { session: `6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a0${nth}` }));
  const ids: string[] = [];
  for (const call of slots) {
    const slot = await ledger.acquireSlot({ key: "g:slot", prompt: "a corgi", call });
    if (slot.ok) ids.push(slot.value);
  }
  const ask = (number: number) => ledger.acquireSlot({ key: "g:slot", prompt: "a corgi", call: callOf(number) });
  const full = { ok: false, certainty: "not-done", isFinal: true, error: { code: "slot-limit-reached" } };
  expect(await ask(1_000)).toMatchObject(full);
  await ledger.closeSlot({
    key: "g:slot-close",
    call: callOf(7_000),
    slotId: ids[0] ?? "",
    result: { status: "failed", error: "No." },
  });
  expect(await ask(1_000)).toMatchObject(full);
  expect(await ask(1_001)).toMatchObject({ ok: true });
});

describe("a throw answers its own attempt only", () => {
  test("two connections with the same pair, the first one late and the second thrown: the late one counts, and counts once", async () => {
    const deployment = await openDeployment();
    const [first, second] = [openSessions(deployment), openSessions(deployment)];
    const onItsWay = new Promise<void>((resolve) =>
      first.network.on({ sending: ({ type }) => (type === "Mutation" ? (resolve(), "late") : "passes") }),
    );
    const late = first.ledger.captureCredits({ ...settle, call: callOf(SETTLE, { isFirst: true }) });
    await onItsWay;
    const thrown = await second.ledger.captureCredits({ ...settle, call: callOf(SETTLE) });
    expect(thrown).toMatchObject({ ok: false, certainty: "not-done" });
    expect(thrown).not.toHaveProperty("isFinal", true);

    await second.ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) });
    first.network.arrive();
    expect(await late).toEqual(done);
    expect(await second.ledger.captureCredits({ ...settle, call: callOf(SETTLE) })).toEqual(done);
    expect(await deployment.credits()).toMatchObject({ total: 960, reserved: 0 });
  });

  test("one that was sent twice on one client is in doubt after a throw: the first may still be on its way", async () => {
    const deployment = await openDeployment();
    const { ledger, network } = openSessions(deployment);
    let times = 0;
    network.on({
      sending: ({ type }) => (type === "Mutation" && ++times === 1 ? "cut" : "passes"),
    });
    const refused = await ledger.captureCredits({ ...settle, call: callOf(SETTLE, { isFirst: true }) });
    expect(refused).toMatchObject({ ok: false, certainty: "unknown" });
    expect(times).toBe(2);
  });

  test("one that was sent once is certainly not done", async () => {
    const { ledger } = openSessions(await openDeployment());
    const refused = await ledger.captureCredits({ ...settle, call: callOf(SETTLE) });
    expect(refused).toMatchObject({ ok: false, certainty: "not-done", error: { code: "settlement-failed" } });
    expect(refused).not.toHaveProperty("isFinal", true);
  });
});

describe("the memory ends", () => {
  const forgotten = { ok: false, certainty: "unknown", isFinal: true, error: { retryable: false } };

  test.each([
    ["seven days after a step was first sent", 7 * DAY_MS, true],
    ["on day eight", 7 * DAY_MS + 1, false],
    ["with a clock that was set back before that moment", -1, false],
  ])("%s", async (_, sinceMs, isSent) => {
    const deployment = await openDeployment();
    const clock = createTestClock();
    const { ledger, network } = openSessions(deployment, { clock });
    const result = await ledger.reserveCredits({
      ...reserve,
      call: callOf(RESERVE, { firstAt: clock.now() - sinceMs }),
    });
    expect(result).toMatchObject(isSent ? done : forgotten);
    expect(network.mutations()).toHaveLength(isSent ? 1 : 0);
  });

  test("also for a call that has waited for its connection until then", async () => {
    const deployment = await openDeployment();
    const clock = createTestClock();
    const { ledger, network } = openSessions(deployment, { clock });
    const lost = network.loseAnswer("cut");
    const asked = ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, { firstAt: clock.now(), isFirst: true }) });
    await lost;
    await clock.advance(8 * DAY_MS);
    expect(await asked).toMatchObject(forgotten);
    expect(network.mutations()).toHaveLength(1);
  });
});

test("a step that was first asked for something else is not sent: the deployment would not notice", async () => {
  const deployment = await openDeployment();
  const { ledger, network } = openSessions(deployment);
  const other = await ledger.reserveCredits({
    key: "g:reserve",
    credits: 50,
    call: callOf(RESERVE, { isOther: true }),
  });
  expect(other).toMatchObject({ ok: false, certainty: "not-done", error: { code: "key-reused" } });
  expect(network.open()).toBe(0);
});

test("an answer that cannot be read is said to be final: it would come back for ever", async () => {
  const users = { reserveCredits: mutationGeneric({ args: { amount: v.number() }, handler: () => null }) };
  const deployment = await openDeployment();
  const odd = await openDeployment({ modules: { "./users.ts": async () => users } });
  const { ledger, network } = openSessions({ url: odd.url, tokenOf: deployment.tokenOf });
  const unreadable = await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, { isFirst: true }) });
  expect(unreadable).toMatchObject({
    ok: false,
    certainty: "unknown",
    isFinal: true,
    error: { code: "protocol-mismatch" },
  });
  expect(network.mutations()).toHaveLength(1);
});

describe("who is signed in", () => {
  test("a token that expires in between is replaced, and the call runs once", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const deployment = await openDeployment();
    const { ledger, network } = openSessions(deployment, {
      fetchToken: () => Promise.resolve(deployment.tokenFor({ subject: "alice", lifetimeSeconds: 3_600 })),
    });
    await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, { isFirst: true }) });
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    expect(await ledger.captureCredits({ ...settle, call: callOf(SETTLE, { isFirst: true }) })).toEqual(done);
    expect(network.mutations().at(-1)).toBe("users:captureReservedCredits 6000");
    vi.useRealTimers();
    expect(await deployment.credits()).toMatchObject({ total: 960, reserved: 0 });
  });

  test("another user who has signed in meanwhile is not charged: nothing is sent", async () => {
    const deployment = await openDeployment();
    let user = "alice";
    const { ledger, network } = openSessions(deployment, {
      fetchToken: () => Promise.resolve(deployment.tokenOf(user)),
    });
    await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) });
    user = "bob";
    network.cut();
    const other = callOf(SETTLE, { session: "6f0f9f6a-3c5e-4f5e-9d0e-2b6f7d1c8a99" });
    const refused = await ledger.captureCredits({ ...settle, call: other });
    expect(refused).toMatchObject({ ok: false, certainty: "not-done", error: { code: "not-signed-in" } });
    expect(network.mutations()).toHaveLength(1);
    expect(await deployment.credits(deployment.bob)).toMatchObject({ total: 1_000, reserved: 0 });
    expect(await deployment.credits()).toMatchObject({ total: 1_000, reserved: 40 });
  });

  test("a user who was wrong from the start is not charged where the right one is named", async () => {
    const deployment = await openDeployment();
    const tokens = { fetchToken: () => Promise.resolve(deployment.tokenOf("bob")), subject: "alice" };
    const { ledger, network } = openSessions(deployment, tokens);
    expect(await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) })).toMatchObject({
      ok: false,
      certainty: "not-done",
      error: { code: "not-signed-in" },
    });
    expect(network.mutations()).toEqual([]);
  });

  test.each([
    ["nobody", () => Promise.resolve(null), "not-signed-in"],
    ["a token that does not say who", () => Promise.resolve("opaque"), "not-signed-in"],
    ["a token that cannot be fetched", () => Promise.reject(new Error("offline")), "unreachable"],
  ])("%s: nothing is sent", async (_, fetchToken, code) => {
    const deployment = await openDeployment();
    const { ledger, network } = openSessions(deployment, { fetchToken });
    const refused = await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) });
    expect(refused).toMatchObject({ ok: false, certainty: "not-done", error: { code } });
    expect(network.mutations()).toEqual([]);
  });
});

describe("the connection", () => {
  test("is opened for the first call, kept for the next one, and closed some seconds after the last", async () => {
    const deployment = await openDeployment();
    const clock = createTestClock();
    const { ledger, network } = openSessions(deployment, { clock });
    expect(network.open()).toBe(0);
    const now = { firstAt: clock.now() };
    await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE, now) });
    await ledger.captureCredits({ ...settle, call: callOf(SETTLE, now) });
    expect([network.open(), network.sessions().length]).toEqual([1, 1]);
    await clock.advance(5_000);
    await vi.waitFor(() => expect(network.open()).toBe(0));
  });

  test("two calls of one number at the same time are one: the second waits for the first one's answer", async () => {
    const deployment = await openDeployment();
    const { ledger, network } = openSessions(deployment);
    const both = [1, 2].map(() => ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) }));
    expect(await Promise.all(both)).toEqual([done, done]);
    expect(network.mutations()).toHaveLength(1);
  });

  test("that cannot even be opened fails each call at once, and keeps none waiting", async () => {
    const deployment = await openDeployment();
    const broken = function broken() {
      throw new Error("No sockets here.");
    } as unknown as typeof WebSocket;
    const { ledger } = openSessions(deployment, { WebSocket: broken });
    for (let times = 0; times < 2; times++) {
      const failed = await ledger.reserveCredits({ ...reserve, call: callOf(RESERVE) });
      expect(failed).toMatchObject({ ok: false, certainty: "not-done" });
    }
  });

  test("is not opened for a session that Convex would not take: the message names the option", async () => {
    const { ledger, network } = openSessions(await openDeployment());
    const wrong = callOf(RESERVE, { session: "generation-1" });
    expect(await ledger.reserveCredits({ ...reserve, call: wrong })).toMatchObject({
      ok: false,
      certainty: "not-done",
      error: { code: "not-configured", message: expect.stringContaining("platform.createId") },
    });
    expect(network.open()).toBe(0);
  });
});
